"""Denials that turn strangers away from a resource, and those that only say how somebody has to come."""

from __future__ import annotations

import json

import pytest

from nhilint.formats.aws.identity import resource_policy
from nhilint.formats.node import Node
from nhilint.model.fact import value_of
from nhilint.source.document import Syntax, read

QUEUE = "arn:aws:sqs:eu-west-1:111122223333:q"
OTHERS = {"StringNotEquals": {"aws:PrincipalOrgID": "o-1"}}


def keeps_out(*statements):
    document = Node.root(read("p.json", json.dumps({"Statement": list(statements)}).encode(), Syntax.JSON))
    return value_of(resource_policy(document, "p", document.at, "sqs").keeps_strangers_out)


def allow(action, **more):
    return {"Effect": "Allow", "Action": action, "Resource": QUEUE, "Principal": "*", **more}


def deny(action, condition=None, **more):
    stated = {"Effect": "Deny", "Action": action, "Resource": QUEUE, "Principal": "*", **more}
    return stated if condition is None else {**stated, "Condition": condition}


@pytest.mark.parametrize(
    ("condition", "keeps"),
    [
        (OTHERS, True),
        ({"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}, True),
        ({"StringNotEquals": {"aws:SourceVpce": "vpce-1"}, "ArnNotLike": {"aws:PrincipalArn": QUEUE}}, True),
        ({"Bool": {"aws:SecureTransport": "false"}}, False),
        ({"StringNotEquals": {"s3:x-amz-server-side-encryption": "aws:kms"}}, False),
        ({**OTHERS, "Bool": {"aws:MultiFactorAuthPresent": "false"}}, False),
        ({"Null": {"aws:PrincipalOrgID": "true"}}, False),
        ({"StringNotEquals": {"aws:PrincipalType": "AssumedRole"}}, False),
        (None, False),
    ],
)
def test_what_a_denial_compares(condition, keeps):
    assert keeps_out(allow("sqs:SendMessage"), deny("sqs:*", condition)) is keeps


@pytest.mark.parametrize(
    ("denied", "keeps"),
    [
        ([deny("*", OTHERS)], True),
        ([deny("sqs:S*", OTHERS), deny("sqs:receivemessage", OTHERS)], True),
        ([deny("sqs:SendMessage", OTHERS)], False),
        ([{"Effect": "Deny", "NotAction": "sqs:Get*", "Resource": QUEUE, "Principal": "*", "Condition": OTHERS}], True),
        ([{"Effect": "Deny", "NotAction": "sqs:R*", "Resource": QUEUE, "Principal": "*", "Condition": OTHERS}], False),
    ],
)
def test_a_denial_has_to_cover_what_everybody_is_allowed(denied, keeps):
    assert keeps_out(allow(["sqs:SendMessage", "sqs:ReceiveMessage"]), *denied) is keeps


def test_everything_of_a_service_is_covered_by_a_denial_of_as_much_alone():
    assert keeps_out(allow("sqs:*"), deny("sqs:SendMessage", OTHERS)) is False
    assert keeps_out(allow("sqs:*"), deny("sqs:*", OTHERS)) is True


def test_a_denial_may_name_those_whom_it_leaves_out():
    others = {"NotPrincipal": {"AWS": "111122223333"}, "Condition": {"Bool": {"aws:PrincipalIsAWSService": "false"}}}
    stated = {"Effect": "Deny", "Action": "sqs:*", "Resource": QUEUE, **others}
    assert keeps_out(allow("sqs:SendMessage"), stated) is True


def test_one_account_denied_leaves_everybody_else():
    assert keeps_out(allow("sqs:SendMessage"), deny("sqs:*", OTHERS, Principal={"AWS": "444455556666"})) is False


def test_a_statement_with_a_condition_of_its_own_asks_for_no_denial():
    narrow = allow("sqs:DeleteMessage", Condition={"StringEquals": {"aws:PrincipalOrgID": "o-1"}})
    assert keeps_out(allow("sqs:SendMessage"), narrow, deny("sqs:SendMessage", OTHERS)) is True


def test_a_comparison_that_cannot_be_read_may_turn_away():
    assert keeps_out(allow("sqs:SendMessage"), deny("sqs:*", OTHERS | {"StringEquals": ["filled in"]})) is True
