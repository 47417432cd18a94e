"""Workflows meet the roles that they become, by id or by the name that a template gives them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.link import link
from nhilint.model.fact import known_records, value_of
from nhilint.pipeline import gather
from nhilint.settings import Settings
from nhilint.testing import rendered
from nhilint.tree import MemoryTree

ACCOUNT = "111122223333"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/ci/deployer"
ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"


def workflow(*roles):
    steps = [
        {
            "uses": "aws-actions/configure-aws-credentials@v4",
            "with": {"role-to-assume": role, "aws-region": "eu-west-1"},
        }
        for role in roles
    ]
    return json.dumps({"on": "push", "jobs": {"site": {"runs-on": "ubuntu-24.04", "steps": steps}}})


def terraform(name='name = "deployer"', label="ci", trust=""):
    policy = '{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}'
    return (
        f'resource "aws_iam_role" "{label}" {{\n  {name}\n  assume_role_policy = jsonencode({{Statement = [{trust}]}})\n}}\n'
        f'resource "aws_iam_role_policy" "{label}" {{\n  role = aws_iam_role.{label}.id\n  policy = <<P\n{policy}\nP\n}}\n'
    )


def template(account=None, **properties):
    provider = f"arn:aws:iam::{account}:oidc-provider/token.actions.githubusercontent.com"
    entry = {"Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity", "Principal": {"Federated": provider}}
    trust = {"Statement": [entry] if account else []}
    role = {"AssumeRolePolicyDocument": trust, "ManagedPolicyArns": [ADMIN], **properties}
    return json.dumps({"Resources": {"deployer": {"Type": "AWS::IAM::Role", "Properties": role}}})


def linked(*roles, at=".github/workflows/ci.yml", **files):
    named = {
        path.replace("__", "/").replace("_json", ".json").replace("_tf", ".tf"): text for path, text in files.items()
    }
    tree = MemoryTree({path: text.encode() for path, text in {at: workflow(*(roles or (ROLE,))), **named}.items()})
    found = link(gather(tree, Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))).resources)
    (pipeline,) = (one.facts for one in found if one.kind == "workflow")
    logins = [step.login for step in known_records(pipeline.steps) if step.login is not None]
    return logins, [one.facts for one in found if one.kind == "identity"]


@pytest.mark.parametrize("files", [{"infra__main_tf": terraform()}, {"stack_json": template(RoleName="deployer")}])
def test_a_stated_name_is_joined_with_the_arn_that_ends_with_it(files):
    (login,), (role,) = linked(**files)
    assert value_of(login.power) == "administers"
    assert value_of(role.admits_ci) == ("ci.yml",)


def test_the_place_of_the_power_is_the_statement_that_gives_it():
    (login,), _ = linked(infra__main_tf=terraform())
    assert rendered(login.power.at) == "infra/main.tf#/resource/aws_iam_role_policy/ci/0/policy"
    assert login.power.at.within is not None  # its action alone
    (login,), _ = linked(stack_json=template(RoleName="deployer"))
    assert rendered(login.power.at).endswith("/ManagedPolicyArns/0")


@pytest.mark.parametrize(
    "files",
    [
        {"main_tf": terraform(name="", label="deployer")},  # Terraform makes a name up
        {"main_tf": terraform(name='name = "deployer-${var.stage}"')},
        {"stack_json": template()},  # CloudFormation completes the logical id
        {"stack_json": template(RoleName={"Fn::Sub": "${Stage}-deployer"})},
        {"main_tf": terraform(name='name = "reader"')},
        {"prod__main_tf": terraform(), "stage__main_tf": terraform()},
        {"main_tf": terraform(), "stack_json": template(RoleName="deployer")},
        {"tests__main_tf": terraform()},
        {"stack_json": template(account="444455556666", RoleName="deployer")},
    ],
)
def test_what_is_not_surely_the_same_role_is_not_joined(files):
    (login,), roles = linked(**files)
    assert login.power is None
    assert all(role.admits_ci is None for role in roles)


def test_an_identity_provider_of_the_same_account_agrees():
    (login,), _ = linked(stack_json=template(account=ACCOUNT, RoleName="deployer"))
    assert value_of(login.power) == "administers"


def test_the_same_name_declared_by_id_elsewhere_leaves_the_name_open():
    other = {"RoleName": "deployer", "Arn": "arn:aws:iam::444455556666:role/deployer"}
    other |= {"AssumeRolePolicyDocument": {"Statement": []}, "RolePolicyList": []}
    (login,), _ = linked(main_tf=terraform(), iam__role_json=json.dumps(other))
    assert login.power is None


def test_later_steps_with_the_same_role_repeat_the_first():
    logins, _ = linked(ROLE, ROLE, main_tf=terraform())
    assert [value_of(login.repeated) for login in logins] == [False, True]


@pytest.mark.parametrize(
    "identity", ["deployer", f"arn:aws:iam::{ACCOUNT}:user/deployer", "arn:aws:iam:::role/deployer"]
)
def test_only_the_arn_of_a_role_means_one(identity):
    (login,), _ = linked(identity, main_tf=terraform())
    assert login.power is None


SOME_ACCOUNT = "arn:aws:iam::${{ secrets.ACCOUNT }}:role/deployer"


def test_the_account_may_be_filled_in_by_the_run_where_the_role_lets_pipelines_in():
    (login,), (role,) = linked(SOME_ACCOUNT, stack_json=template(account=ACCOUNT, RoleName="deployer"))
    assert value_of(login.power) == "administers"
    assert value_of(login.identity) == SOME_ACCOUNT
    assert value_of(role.admits_ci) == ("ci.yml",)


@pytest.mark.parametrize(
    ("identity", "files"),
    [
        (SOME_ACCOUNT, {"stack_json": template(RoleName="deployer")}),
        (SOME_ACCOUNT, {"a_json": template(ACCOUNT, RoleName="deployer"), "b_json": template(RoleName="deployer")}),
        (SOME_ACCOUNT, {"stack_json": template(account=ACCOUNT, RoleName="reader")}),
        ("${{ secrets.ROLE }}", {"stack_json": template(account=ACCOUNT, RoleName="deployer")}),
    ],
)
def test_a_name_alone_needs_one_role_that_pipelines_enter(identity, files):
    (login,), _ = linked(identity, **files)
    assert login.power is None


def _ci(job):
    return json.dumps({"on": "push", "jobs": {"site": job}})


def _signs_in(role):
    uses = "aws-actions/configure-aws-credentials@v4"
    return [{"uses": uses, "with": {"role-to-assume": role, "aws-region": "eu-west-1"}}]


def _all(files):
    return [(value_of(login.identity), value_of(login.power)) for login in _logins(files)]


def _keys(files):
    return [value_of(login.by) for login in _logins(files)]


def _logins(files):
    tree = MemoryTree({path: text.encode() for path, text in files.items()})
    found = link(gather(tree, Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))).resources)
    steps = [s for one in found if one.kind == "workflow" for s in known_records(one.facts.steps)]
    return [s.login for s in steps if s.login is not None]


def test_a_row_of_the_matrix_names_the_role():
    matrix = {"role": ["arn:aws:iam::111122223333:role/reader"], "include": [{"role": ROLE}]}
    job = {"strategy": {"matrix": matrix}, "steps": _signs_in("${{ matrix.role }}")}
    assert _all({".github/workflows/ci.yml": _ci(job), "main.tf": terraform()}) == [(ROLE, "administers")]


def test_a_caller_names_the_role_of_a_called_workflow():
    called = {"on": {"workflow_call": {"inputs": {"role": {"type": "string"}}}}}
    called["jobs"] = {"site": {"steps": _signs_in("${{ inputs.role }}")}}
    files = {
        ".github/workflows/ci.yml": _ci({"uses": "./.github/workflows/called.yml", "with": {"role": ROLE}}),
        ".github/workflows/called.yml": json.dumps(called),
        "main.tf": terraform(),
    }
    assert _all(files) == [(ROLE, "administers")]


def test_a_caller_names_the_role_of_an_action():
    action = {"inputs": {"role": {}}, "runs": {"using": "composite", "steps": _signs_in("${{ inputs.role }}")}}
    files = {
        ".github/workflows/ci.yml": _ci({"steps": [{"uses": "./.github/actions/enter", "with": {"role": ROLE}}]}),
        ".github/actions/enter/action.yml": json.dumps(action),
        "main.tf": terraform(),
    }
    assert _all(files) == [(ROLE, "administers")]


def test_a_stored_key_of_an_action_is_its_callers():
    keys = {"aws-access-key-id": "${{ inputs.key }}", "aws-secret-access-key": "${{ inputs.secret }}"}
    step = {"uses": "aws-actions/configure-aws-credentials@v4", "with": keys}
    action = {"runs": {"using": "composite", "steps": [step]}}
    action["inputs"] = {"key": {}, "secret": {}}
    given = {"key": "${{ secrets.KEY }}", "secret": "${{ secrets.KEY_SECRET }}"}
    caller = _ci({"steps": [{"uses": "./.github/actions/enter", "with": given}]})
    files = {".github/actions/enter/action.yml": json.dumps(action)}
    assert _keys(files) == [None]
    assert _keys({**files, ".github/workflows/ci.yml": caller}) == ["static"]


def test_the_project_of_an_address_may_be_filled_in_by_the_run():
    uses = "google-github-actions/auth@v3"
    inputs = {"workload_identity_provider": "projects/1/locations/global/workloadIdentityPools/ci/providers/gh"}
    inputs["service_account"] = "ci@${{ vars.PROJECT }}.iam.gserviceaccount.com"
    account = """
resource "google_service_account" "ci" {
  project    = "acme-prod"
  account_id = "ci"
}
resource "google_project_iam_member" "ci" {
  project = "acme-prod"
  role    = "roles/owner"
  member  = "serviceAccount:${google_service_account.ci.email}"
}
"""
    job = {"steps": [{"uses": uses, "with": inputs}]}
    ((identity, power),) = _all({".github/workflows/ci.yml": _ci(job), "main.tf": account})
    assert (identity, power) == (inputs["service_account"], "administers")
