"""Whose pull requests a webhook of AWS CodeBuild builds, what they run and as which role."""

from __future__ import annotations

import json

import pytest

from nhilint.model.fact import known_records
from tests.formats.cloud_builds.reading import only, pipelines, said, subjects

OPEN = "PULL_REQUEST_CREATED, PULL_REQUEST_UPDATED"


def webhook(*filters, policy='requires_comment_approval = "DISABLED"', more=""):
    """A webhook with one group of filters, each a type, a pattern and whether it excludes."""
    written = "\n".join(
        f'filter {{\n type = "{kind}"\n pattern = "{pattern}"\n exclude_matched_pattern = {str(bool(rest)).lower()}\n}}'
        for kind, pattern, *rest in filters
    )
    group = f"filter_group {{\n{written}\n}}" if filters else ""
    asked = f"pull_request_build_policy {{\n{policy}\n}}" if policy else ""
    return f'resource "aws_codebuild_webhook" "w" {{\n project_name = "site"\n{asked}\n{group}\n{more}\n}}'


@pytest.mark.parametrize(
    ("filters", "open_to"),
    [
        ([("EVENT", OPEN)], "anyone"),
        ([("EVENT", "PUSH,PULL_REQUEST_REOPENED")], "anyone"),
        ([("EVENT", OPEN), ("BASE_REF", "^refs/heads/main$")], "anyone"),
        ([("EVENT", OPEN), ("HEAD_REF", "^refs/heads/safe$")], "anyone"),
        ([("EVENT", OPEN), ("COMMIT_MESSAGE", "please")], "anyone"),
        ([("EVENT", OPEN), ("ACTOR_ACCOUNT_ID", "^1234567$", True)], "anyone"),
        ([("EVENT", OPEN), ("ACTOR_ACCOUNT_ID", "^1234567$")], "writers"),
        ([("EVENT", OPEN), ("ACTOR_ACCOUNT_ID", "^.*$")], "unknown"),
        ([("EVENT", OPEN), ("ACTOR_ACCOUNT_ID", "1234567")], "unknown"),
        ([("EVENT", OPEN), ("ACTOR_ACCOUNT_ID", "${var.accounts}")], "unknown"),
        ([("EVENT", OPEN), ("FILE_PATH", "^buildspec.yml$", True)], "unknown"),
        ([("EVENT", OPEN), ("FILE_PATH", "^src/")], "anyone"),
        ([("EVENT", "${var.events}")], "unknown"),
        ([("EVENT", "PUSH", True)], "unknown"),
        ([], "anyone"),
    ],
)
def test_filters_that_keep_strangers_out(filters, open_to):
    found = only(main__tf=webhook(*filters))
    assert said(found.open_to) == open_to
    assert said(known_records(found.triggers)[0].event) == "pull_request"


@pytest.mark.parametrize("events", ["PUSH", "PULL_REQUEST_MERGED, PULL_REQUEST_CLOSED", "WORKFLOW_JOB_QUEUED"])
def test_what_builds_no_open_pull_request_is_no_pipeline_of_one(events):
    assert pipelines(main__tf=webhook(("EVENT", events))) == []


@pytest.mark.parametrize(
    ("policy", "open_to"),
    [
        ("", "unknown"),
        ('requires_comment_approval = "DISABLED"', "anyone"),
        ('requires_comment_approval = "ALL_PULL_REQUESTS"', "writers"),
        ('requires_comment_approval = "FORK_PULL_REQUESTS"\napprover_roles = ["GITHUB_ADMIN"]', "writers"),
        ('requires_comment_approval = "FORK_PULL_REQUESTS"\napprover_roles = ["GITHUB_READ"]', "unknown"),
        ("requires_comment_approval = var.approval", "unknown"),
        ('requires_comment_approval = "SOMETIMES"', "unknown"),
        ('approver_roles = ["GITHUB_ADMIN"]', "unknown"),
    ],
)
def test_approval(policy, open_to):
    assert said(only(main__tf=webhook(("EVENT", OPEN), policy=policy)).open_to) == open_to


def test_groups_that_a_run_makes_are_unknown():
    more = 'dynamic "filter_group" {\n for_each = var.groups\n content {}\n}'
    assert said(only(main__tf=webhook(more=more)).open_to) == "unknown"


def test_one_open_group_is_enough():
    more = f'filter_group {{\n filter {{\n type = "EVENT"\n pattern = "{OPEN}"\n }}\n}}'
    kept = webhook(("EVENT", OPEN), ("ACTOR_ACCOUNT_ID", "^1234567$"), more=more)
    assert said(only(main__tf=kept).open_to) == "anyone"


def project(source, *, name="site"):
    return f"""
resource "aws_iam_role" "build" {{
  inline_policy {{
    policy = jsonencode({{Statement = [{{Effect = "Allow", Action = "*", Resource = "*"}}]}})
  }}
}}
resource "aws_codebuild_project" "site" {{
  name         = "{name}"
  service_role = aws_iam_role.build.arn
  source {{
    type = "GITHUB"
    {source}
  }}
}}
"""


@pytest.mark.parametrize(
    ("source", "runs"),
    [
        ("", True),
        ('buildspec = "ci/build.yml"', True),
        ('buildspec = "arn:aws:s3:::acme/build.yml"', "unknown"),
        (r'buildspec = "phases: {build: {commands: [npm ci, npm test]}}"', True),
        (r'buildspec = "phases: {build: {commands: [aws s3 ls]}}"', "unknown"),
        ("buildspec = var.buildspec", "unknown"),
        (r'buildspec = "phases: {build"', "unknown"),
    ],
)
def test_whether_the_change_brings_the_commands(source, runs):
    found = only(main__tf=project(source) + webhook(("EVENT", OPEN)))
    assert said(found.runs_changed_code) == runs


def test_a_project_is_found_by_its_name_too():
    found = only(main__tf=project("", name="site") + webhook(("EVENT", OPEN)))
    assert said(found.runs_as.power) == "administers"
    other = only(main__tf=project("", name="other") + webhook(("EVENT", OPEN)))
    assert other.runs_as is None


def test_a_role_of_a_build_is_no_agents():
    (role,) = subjects("identity", main__tf=project("") + webhook(("EVENT", OPEN)))
    assert role.agent_principal is None


@pytest.mark.parametrize(
    ("triggers", "open_to"),
    [
        ({"Webhook": True}, "unknown"),
        ({"Webhook": False, "FilterGroups": [[{"Type": "EVENT", "Pattern": OPEN}]]}, None),
        ({"Webhook": True, "FilterGroups": [[{"Type": "EVENT", "Pattern": "PUSH"}]]}, None),
        ({"Webhook": True, "FilterGroups": {"Ref": "Groups"}}, "unknown"),
        ({"Webhook": True, "PullRequestBuildPolicy": {"RequiresCommentApproval": "DISABLED"}}, "anyone"),
        ({"PullRequestBuildPolicy": {"RequiresCommentApproval": {"Ref": "Approval"}}}, "unknown"),
    ],
)
def test_projects_of_a_template(triggers, open_to):
    properties = {"ServiceRole": "arn:aws:iam::111122223333:role/x", "Source": {"Type": "GITHUB"}, "Triggers": triggers}
    template = {"Resources": {"P": {"Type": "AWS::CodeBuild::Project", "Properties": properties}}}
    found = pipelines(template__json=json.dumps(template))
    assert [said(one.open_to) for one in found] == ([open_to] if open_to is not None else [])


def test_accounts_of_a_filter():
    found = only(main__tf=webhook(("EVENT", OPEN), ("ACTOR_ACCOUNT_ID", "12|34"), policy=""))
    (one,) = known_records(found.account_filters)
    assert (said(one.bound), said(one.instead), said(one.alone)) == (False, "^(12|34)$", True)
    approved = 'requires_comment_approval = "ALL_PULL_REQUESTS"'
    found = only(main__tf=webhook(("EVENT", OPEN), ("ACTOR_ACCOUNT_ID", "^12$"), policy=approved))
    (one,) = known_records(found.account_filters)
    assert (said(one.bound), said(one.instead), said(one.alone)) == (True, None, False)
