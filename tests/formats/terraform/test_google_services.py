"""What is told of the service that a binding of Google Cloud stands on."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhilint.link import link
from nhilint.model.fact import value_of
from nhilint.pipeline import gather
from nhilint.settings import Settings
from nhilint.testing import WHEN, tree_of


def policy(kind, body, binding="name = {service}.name", **files):
    service = f"google_{kind}.default"
    text = (
        f'variable "name" {{}}\nresource "google_{kind}" "default" {{\n{body}\n}}\n'
        f'resource "google_{kind}_iam_member" "default" {{\n  {binding.format(service=service)}\n'
        '  role = "roles/run.invoker"\n  member = "allUsers"\n}\n'
    )
    named = {"modules/triage/main.tf": text, **files}
    gathered = gather(tree_of(tuple(named.items())), Settings(root=Path(), now=WHEN))
    return next(r.facts for r in link(gathered.resources) if r.kind == "resource_policy")


@pytest.mark.parametrize(
    ("kind", "body", "inside"),
    [
        ("cloud_run_v2_service", 'ingress = "INGRESS_TRAFFIC_INTERNAL_ONLY"', True),
        ("cloud_run_v2_service", 'ingress = "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"', False),
        ("cloud_run_v2_service", 'ingress = "INGRESS_TRAFFIC_ALL"', False),
        ("cloud_run_v2_service", "ingress = var.name", False),
        ("cloudfunctions_function", 'ingress_settings = "ALLOW_INTERNAL_ONLY"', True),
        ("cloudfunctions2_function", 'service_config {\n  ingress_settings = "ALLOW_INTERNAL_ONLY"\n}', True),
        ("cloud_run_service", 'metadata {\n annotations = { "run.googleapis.com/ingress" = "internal" }\n}', True),
        ("cloud_run_service", 'metadata {\n annotations = { "run.googleapis.com/ingress" = "all" }\n}', False),
    ],
)
def test_ingress_says_whether_only_its_own_networks_reach_it(kind, body, inside):
    assert value_of(policy(kind, body).inside_only) is inside


@pytest.mark.parametrize(
    ("kind", "body", "unreached"),
    [
        ("cloudfunctions_function", 'event_trigger {\n event_type = "google.pubsub.topic.publish"\n}', True),
        ("cloudfunctions_function", "event_trigger {\n}\n trigger_http = var.name", False),
        ("cloudfunctions_function", "trigger_http = true", False),
        ("cloudfunctions_function", "", False),
        ("cloudfunctions2_function", 'event_trigger {\n event_type = "google.pubsub.topic.publish"\n}', False),
    ],
)
def test_a_function_of_the_first_generation_that_events_start_has_no_address(kind, body, unreached):
    assert value_of(policy(kind, body).inside_only) is unreached


def test_a_service_that_is_named_without_a_reference_may_be_reached():
    told = policy("cloud_run_v2_service", 'ingress = "INGRESS_TRAFFIC_INTERNAL_ONLY"', 'name = "other"')
    assert value_of(told.inside_only) is False
    assert value_of(told.called_as) == "other triage"


def test_name_calls_and_folder_say_what_it_is():
    call = 'module "shop" {\n  source = "./modules/triage"\n  name = "acme-front"\n}\n'
    told = policy("cloud_run_v2_service", "name = var.name", **{"main.tf": call})
    assert value_of(told.called_as) == "acme-front shop triage"


def test_a_name_that_nobody_hands_over_is_left_out():
    assert value_of(policy("cloud_run_v2_service", "name = var.name").called_as) == "triage"
