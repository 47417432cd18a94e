"""Who may hand a role that administers to a service, and start there what runs as it, administers as well."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.gather import gather
from nhilint.model.fact import known_records, value_of
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

PASS = {"Effect": "Allow", "Action": "iam:PassRole", "Resource": {"Fn::GetAtt": "Builder.Arn"}}
STACKS = {"Effect": "Allow", "Action": "cloudformation:*", "Resource": "*"}
ALL = {"Effect": "Allow", "Action": "*", "Resource": "*"}


def entered(service):
    return {"Statement": {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": service}}}


def written(*statements):
    return [{"PolicyName": "p", "PolicyDocument": {"Statement": list(statements)}}]


def ways(*statements, held=(ALL,), service="cloudformation.amazonaws.com", **more):
    """The ways of a user to more, by their ids."""
    builder = {"AssumeRolePolicyDocument": entered(service), "Policies": written(*held)}
    user = {"Policies": written(*statements), **more}
    template = {"Builder": {"Type": "AWS::IAM::Role", "Properties": builder}}
    template["Feeder"] = {"Type": "AWS::IAM::User", "Properties": user}
    tree = MemoryTree({"t.json": json.dumps({"Resources": template})})
    found = gather(tree, Settings(root=Path(), now=datetime(2026, 11, 23, tzinfo=UTC))).resources
    (facts,) = (one.facts for one in found if one.name == "Feeder")
    return {value_of(way.id) for way in known_records(facts.escalations)}


def test_a_role_that_administers_is_handed_to_what_its_holder_starts():
    assert "cloudformation-001" in ways(STACKS, PASS)


@pytest.mark.parametrize(
    "statements",
    [
        (STACKS,),
        (PASS,),
        (STACKS | {"Action": "cloudformation:Describe*"}, PASS),
        (STACKS | {"Resource": "arn:aws:cloudformation:eu-west-1:111122223333:stack/site"}, PASS),
        (STACKS, PASS | {"Resource": "arn:aws:iam::111122223333:role/other"}),
        (STACKS, PASS | {"Condition": {"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}}}),
        (STACKS, PASS, {"Effect": "Deny", "Action": "iam:Pass*", "Resource": "*"}),
        (STACKS, PASS, {"Effect": "Deny", "Action": "cloudformation:Create*", "Resource": "*"}),
    ],
)
def test_what_a_holder_lacks_keeps_it_from_the_role(statements):
    assert "cloudformation-001" not in ways(*statements)


def test_the_service_that_a_condition_names_is_enough():
    asked = {"Condition": {"StringEquals": {"iam:PassedToService": "cloudformation.amazonaws.com"}}}
    assert "cloudformation-001" in ways(STACKS, PASS | asked)


def test_a_role_that_does_little_or_that_another_service_takes_gains_nothing():
    reads = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme-ledger/*"}
    assert "cloudformation-001" not in ways(STACKS, PASS, held=(reads,))
    assert "cloudformation-001" not in ways(STACKS, PASS, service="lambda.amazonaws.com")


def test_a_boundary_may_stand_in_the_way():
    bounded = {"PermissionsBoundary": "arn:aws:iam::111122223333:policy/limits"}
    assert "cloudformation-001" not in ways(STACKS, PASS, **bounded)
