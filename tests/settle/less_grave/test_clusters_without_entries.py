"""All of Amazon EKS on resources among which no access entries are makes nobody an administrator of a cluster."""

from __future__ import annotations

import json

import pytest

from nhilint.api import scan
from nhilint.model.finding import Severity

OF_CLUSTERS = ["arn:aws:eks:*:*:cluster/*", "arn:aws:eks:*:*:nodegroup/*/*/*"]


def allows(action, resources):
    return {"Effect": "Allow", "Action": action, "Resource": resources}


@pytest.mark.parametrize(
    ("statements", "severity"),
    [
        ([allows("eks:*", OF_CLUSTERS)], Severity.MEDIUM),
        ([allows("eks:*", "*"), {**allows("eks:*Access*", "*"), "Effect": "Deny"}], Severity.HIGH),
        ([allows(["eks:*", "kms:*"], "*")], Severity.HIGH),
        ([allows("kms:*", "*"), allows("eks:*", OF_CLUSTERS)], Severity.HIGH),
    ],
)
def test_all_of_a_service_on_clusters(tmp_path, statements, severity):
    (tmp_path / "crew.json").write_text(json.dumps({"Version": "2012-10-17", "Statement": statements}))
    (found,) = scan(tmp_path, select=["whole-service-wildcard"]).findings
    assert found.severity == severity
    assert ("access entries" in found.message) is (severity < Severity.HIGH)
