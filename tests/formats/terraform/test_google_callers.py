"""Which services of Google Cloud are given what their callers are checked with."""

from __future__ import annotations

import pytest

from nhilint.model.fact import value_of
from tests.formats.terraform.test_google_services import policy

MADE_UP = """
resource "random_password" "key" {
  length = 32
}
resource "google_secret_manager_secret" "key" {
  secret_id = "triage"
}
resource "google_secret_manager_secret_version" "key" {
  secret      = google_secret_manager_secret.key.id
  secret_data = %s
}
"""
RUN = """template {
  containers {
    env {
      name = "%s"
      value_source {
        secret_key_ref {
          secret = google_secret_manager_secret.key.secret_id
        }
      }
    }
  }
}"""

SECOND = """service_config {
  secret_environment_variables {
    key    = "API_KEY"
    secret = google_secret_manager_secret.key.secret_id
  }
}"""


@pytest.mark.parametrize(
    ("name", "value", "asks"),
    [
        ("API_SECRET_KEY", "random_password.key.result", True),
        ("API_SECRET_KEY", 'var.given != "" ? var.given : random_password.key[0].result', True),
        ("TRIAGE_ACCESS_TOKEN", "random_password.key.result", True),
        ("API_SECRET_KEY", "var.given", None),
        ("DB_PASSWORD", "random_password.key.result", None),
        ("SECRET_KEY", "random_password.key.result", None),
        ("WEBHOOK_SECRET", "var.given", True),
    ],
)
def test_a_key_of_the_interface_that_the_module_makes_up(name: str, value: str, asks: bool | None) -> None:
    told = policy("cloud_run_v2_service", RUN % name, **{"modules/triage/key.tf": MADE_UP % value})
    assert value_of(told.checks_callers) is asks


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("cloudfunctions_function", "environment_variables = {\n  TRIAGE_API_KEY = random_password.key.result\n}"),
        ("cloudfunctions2_function", SECOND),
    ],
)
def test_functions_are_given_it_otherwise(kind: str, body: str) -> None:
    made = {"modules/triage/key.tf": MADE_UP % "random_password.key.result"}
    assert value_of(policy(kind, body, "cloud_function = {service}.name", **made).checks_callers) is True
