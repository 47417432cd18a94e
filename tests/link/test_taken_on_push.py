"""Who takes a role that is made elsewhere, by the workflows that become it under its name."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.link import link
from nhilint.model.fact import value_of
from nhilint.pipeline import gather
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

ROLES = """
resource "aws_iam_role_policy_attachment" "admin" {
  role       = "gh_admin_role"
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
"""
ASSUMED = 'provider "aws" {\n  assume_role {\n    role_arn = "arn:aws:iam::1:role/gh_admin_role"\n  }\n}\n'
MAIN = {"push": {"branches": ["main"]}}


def workflow(on, role="gh_admin_role"):
    step = {
        "uses": "aws-actions/configure-aws-credentials@v4",
        "with": {"role-to-assume": f"arn:aws:iam::111122223333:role/{role}"},
    }
    return json.dumps({"on": on, "jobs": {"apply": {"runs-on": "ubuntu-latest", "steps": [step]}}})


def taker(*flows, roles=ROLES):
    files = {"roles.tf": roles, **{f".github/workflows/{i}.yml": flow for i, flow in enumerate(flows)}}
    tree = MemoryTree({path: text.encode() for path, text in files.items()})
    found = link(gather(tree, Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))).resources)
    (role,) = [one.facts for one in found if one.kind == "identity" and one.name == "gh_admin_role"]
    return value_of(role.taken_by)


@pytest.mark.parametrize(
    ("flows", "told"),
    [
        ([], "anything"),
        ([workflow(MAIN)], "deployment"),
        ([workflow(MAIN), workflow({"pull_request": {}}, role="gh_plan_role")], "deployment"),
        ([workflow(MAIN), workflow({"pull_request": {}})], "anything"),
        ([workflow(MAIN | {"workflow_dispatch": {}})], "anything"),
        ([workflow({"push": {"branches": ["main", "dev"]}})], "anything"),
        ([workflow({"push": {"branches": ["release/*"]}})], "anything"),
        ([workflow("push")], "anything"),
    ],
)
def test_a_role_that_one_branch_alone_takes_is_a_deployments(flows, told):
    assert taker(*flows) == told


def test_what_the_provider_assumes_is_no_deployments_where_a_pull_request_takes_it():
    assert taker(workflow(MAIN | {"workflow_dispatch": {}}), roles=ROLES + ASSUMED) == "deployment"
    assert taker(workflow({"pull_request": {}}), roles=ROLES + ASSUMED) == "anything"
