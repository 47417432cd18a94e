"""A comparison whose operator nobody can tell narrows by something unknown, and never by nothing."""

from __future__ import annotations

import json

import pytest

from nhilint.formats.aws import trust as read_trust
from nhilint.formats.aws.conditions import is_operator
from nhilint.formats.node import Node
from nhilint.model.fact import Known, Unknown, value_of
from nhilint.source.document import Syntax, read

HOST = "token.actions.githubusercontent.com"


def scope(operator: str, claim: str = "sub", value: str = "repo:acme/app:ref:refs/heads/main") -> object:
    statement = {
        "Effect": "Allow",
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Principal": {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{HOST}"},
        "Condition": {operator: {f"{HOST}:{claim}": value}},
    }
    document = read("trust.json", json.dumps(statement).encode(), Syntax.JSON)
    way = read_trust.trust(Node.root(document), "trust", None)
    assert way is not None
    return way.subject_scope


@pytest.mark.parametrize("operator", ["${var.test}", "{{ operator }}", "<OPERATOR>", "stringLikes", ""])
@pytest.mark.parametrize("claim", ["sub", "repository", "aud", "repository_owner"])
def test_an_operator_that_cannot_be_read_leaves_the_scope_unknown(operator: str, claim: str) -> None:
    assert isinstance(scope(operator, claim), Unknown)


def test_an_operator_that_is_known_says_the_scope() -> None:
    stated = scope("StringEquals")
    assert isinstance(stated, Known)
    assert value_of(stated) == "branch_or_environment"


@pytest.mark.parametrize("operator", ["StringLike", "ForAnyValue:StringEquals", "ArnLikeIfExists", "NotIpAddress"])
def test_operators_of_aws_are_read(operator: str) -> None:
    assert is_operator(operator)
