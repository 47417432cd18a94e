"""Claims other than the subject tell by their values how wide a trust is."""

from __future__ import annotations

import pytest

from nhilint.formats.aws.trust import trust
from nhilint.formats.node import Node

_GITHUB = "token.actions.githubusercontent.com"


def _scope(condition, issuer=_GITHUB):
    told = {
        "Effect": "Allow",
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Principal": {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{issuer}"},
        "Condition": condition,
    }
    return trust(Node(told, "trust.json"), "statement 1", None)


@pytest.mark.parametrize(
    ("condition", "scope"),
    [
        ({"StringEquals": {f"{_GITHUB}:repository": "acme/site"}}, "repository"),
        ({"StringLike": {f"{_GITHUB}:repository": "acme/*"}}, "organization"),
        ({"StringLike": {f"{_GITHUB}:repository": "*"}}, "any"),
        ({"StringEquals": {f"{_GITHUB}:repository": "acme/site", f"{_GITHUB}:environment": "prod"}},
         "branch_or_environment"),
        ({"StringEquals": {f"{_GITHUB}:environment": "prod"}}, "any"),
        ({"StringNotEquals": {f"{_GITHUB}:repository_owner": "acme"}}, "any"),
        ({"StringEquals": {f"{_GITHUB}:repository_owner": "acme"}}, "organization"),
        ({"Null": {f"{_GITHUB}:sub": "false"}}, "any"),
    ],
)  # fmt: skip
def test_github(condition, scope):
    assert _scope(condition).subject_scope.value == scope


def test_the_claims_are_named_as_subjects_are():
    told = _scope({"StringEquals": {f"{_GITHUB}:repository_owner": "acme"}})
    assert told.subjects.value == ("repository_owner:acme",)


def test_a_pool_of_cognito_is_one_customers():
    pool = {"StringEquals": {"cognito-identity.amazonaws.com:aud": "eu-west-1:1"}}
    assert _scope(pool, "cognito-identity.amazonaws.com").subject_scope.value == "organization"
    assert _scope({}, "cognito-identity.amazonaws.com").subject_scope.value == "any"


def test_a_value_that_is_filled_in_later_leaves_it_unknown():
    told = _scope({"StringEquals": {f"{_GITHUB}:repository": "${repository}"}})
    assert not hasattr(told.subject_scope, "value")


@pytest.mark.parametrize(
    ("claim", "value", "scope"),
    [
        (f"{_GITHUB}:job_workflow_ref", "acme/w/.github/workflows/d.yml@refs/heads/main", "workload"),
        (f"{_GITHUB}:ref", "refs/heads/main", "branch_or_environment"),
        (f"{_GITHUB}:actor", "renovate[bot]", "repository"),
        (f"{_GITHUB}:job_workflow_ref", "${workflow}", None),
        ("${key}", "refs/heads/main", None),
    ],
)
def test_what_is_asked_for_beside_the_subject_narrows_it(claim, value, scope):
    """A key that is filled in may ask for any claim: then nobody can tell, and the subject alone is too much."""
    beside = {"StringLike": {f"{_GITHUB}:sub": "repo:acme/site:*"}, "StringEquals": {claim: value}}
    assert getattr(_scope(beside).subject_scope, "value", None) == scope


def test_a_key_that_is_filled_in_leaves_a_branch_what_it_is():
    beside = {"StringEquals": {f"{_GITHUB}:sub": "repo:acme/site:ref:refs/heads/main", "${key}": "x"}}
    assert _scope(beside).subject_scope.value == "branch_or_environment"
