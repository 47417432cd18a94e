"""Whom Google's accounts let in decides whether a cluster's annotation leads anywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhilint.gather import gather
from nhilint.link import link
from nhilint.settings import Settings
from nhilint.testing import WHEN, tree_of

ACCOUNT = """apiVersion: v1
kind: ServiceAccount
metadata:
  name: web
  namespace: agents
  annotations: {iam.gke.io/gcp-service-account: web@acme-apps.iam.gserviceaccount.com}
"""
OWN = 'resource "google_service_account" "web" {\n  account_id = "web"\n  project = "acme-apps"\n}\n'
OTHER = OWN.replace("web", "job")


def let_in(account, member):
    return (
        f'resource "google_service_account_iam_member" "{account}" {{\n'
        f"  service_account_id = google_service_account.{account}.name\n"
        f'  role = "roles/iam.workloadIdentityUser"\n  member = "serviceAccount:{member}"\n}}\n'
    )


def answer(text):
    files = (("accounts.yaml", ACCOUNT), ("main.tf", text))
    resources = link(gather(tree_of(files), Settings(root=Path(), now=WHEN)).resources)
    (cloud,) = next(one.facts.cloud for one in resources if one.name == "agents/web")
    return cloud.lets_in and cloud.lets_in.value


JOB = let_in("job", "acme-apps.svc.id.goog[agents/job]")


@pytest.mark.parametrize(
    "text",
    [
        OWN + OTHER + JOB,
        OTHER + JOB,
        OWN + let_in("web", "acme-apps.svc.id.goog[agents/worker]"),
    ],
)
def test_others_alone_are_let_in(text):
    assert answer(text) is False


@pytest.mark.parametrize(
    "text",
    [
        "",
        OWN,
        OWN + OTHER + JOB + let_in("web", "acme-apps.svc.id.goog[agents/web]"),
        OWN + OTHER + JOB + let_in("web", "acme-apps.svc.id.goog[${var.namespace}/${var.account}]"),
        OTHER.replace("acme-apps", "acme-data") + let_in("job", "acme-data.svc.id.goog[agents/job]"),
    ],
)
def test_what_is_not_stated_or_may_mean_it_says_nothing(text):
    assert answer(text) is None


def test_an_account_that_is_refused_shares_nothing_with_those_that_are_let_in():
    members = ", ".join(f'"serviceAccount:acme-apps.svc.id.goog[agents/{name}]"' for name in ("first", "second"))
    binding = (
        let_in("web", "")
        .replace("iam_member", "iam_binding")
        .replace('member = "serviceAccount:"', f"members = [{members}]")
    )
    stated = "---\n".join(ACCOUNT.replace("name: web", f"name: {name}") for name in ("refused", "first", "second"))
    files = (("accounts.yaml", stated), ("main.tf", OWN + binding))
    resources = link(gather(tree_of(files), Settings(root=Path(), now=WHEN)).resources)
    clouds = {one.name: one.facts.cloud[0] for one in resources if one.name.startswith("agents/")}
    shared = {name: (cloud.shared_with.value, cloud.shared_first.value) for name, cloud in clouds.items()}
    assert shared == {
        "agents/refused": ((), True),
        "agents/first": (("agents/second",), True),
        "agents/second": (("agents/first",), False),
    }
