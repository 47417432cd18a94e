"""People who may act as every account, and start nothing that would run as one."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.gather import gather
from nhilint.link import link
from nhilint.model.fact import value_of
from nhilint.model.finding import Confidence, Finding, Severity, Subject
from nhilint.settings import Settings
from nhilint.settle.less_grave.people_who_start_nothing import BECAUSE, OF_PEOPLE, retold
from nhilint.tree import MemoryTree

ACT_AS = "roles/iam.serviceAccountUser"


def told(roles, *, other_folder=()):
    """The finding on the first role of the file, with those that the people are given beside it."""

    def members(given, start):
        each = {
            f"m{start + number}": {"project": "acme-prod", "role": role, "member": "group:dev@acme.io"}
            for number, role in enumerate(given)
        }
        return json.dumps({"resource": {"google_project_iam_member": each}})

    tree = MemoryTree({"a/main.tf.json": members((ACT_AS, *roles), 0), "b/main.tf.json": members(other_folder, 50)})
    resources = link(gather(tree, Settings(root=Path(), now=datetime(2026, 11, 23, tzinfo=UTC))).resources)
    (policy,) = (
        one for one in resources if one.kind == "resource_policy" and value_of(one.facts.grants[0].role) == ACT_AS
    )
    finding = Finding(
        check=OF_PEOPLE,
        severity=Severity.MEDIUM,
        confidence=Confidence.HIGH,
        message="m",
        place=policy.facts.grants[0].role.at,
        subject=Subject("resource_policy", policy.name),
        fingerprint="f",
    )
    (one,) = retold((finding,), resources, tree)
    assert (one.severity == Severity.LOW) is one.message.endswith(BECAUSE)
    return one.severity


@pytest.mark.parametrize(
    ("roles", "severity"),
    [
        (("roles/viewer", "roles/logging.viewer", "roles/iap.tunnelResourceAccessor"), Severity.LOW),
        (("roles/viewer", "roles/compute.instanceAdmin.v1"), Severity.MEDIUM),
        (("roles/viewer", "roles/run.developer"), Severity.MEDIUM),
        (("roles/viewer", "projects/acme-prod/roles/unknown"), Severity.MEDIUM),
        ((), Severity.MEDIUM),
    ],
)
def test_what_else_they_are_given_decides(roles, severity):
    assert told(roles) == severity


def test_what_another_folder_gives_does_not_count():
    assert told((), other_folder=("roles/viewer",)) == Severity.MEDIUM
