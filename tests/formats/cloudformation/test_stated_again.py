"""A managed policy that says what a role of the same template is allowed, and that nobody has."""

from __future__ import annotations

import json

import pytest

from nhilint.formats.cloudformation.claims import CLAIMS
from nhilint.formats.cloudformation.template import extract
from nhilint.model.fact import known_records
from nhilint.source.document import Syntax, read

REWRITE = {"Effect": "Allow", "Action": ["states:UpdateStateMachine", "states:StartExecution"], "Resource": "*"}
LOOK = {"Effect": "Allow", "Action": "states:ListStateMachines", "Resource": "*"}
START = {"Effect": "Allow", "Action": "batch:SubmitJob", "Resource": "*"}


def places_of_ways(*statements, again):
    trust = {
        "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ec2.amazonaws.com"}}]
    }
    inline = [{"PolicyName": f"p{n}", "PolicyDocument": {"Statement": one}} for n, one in enumerate(statements)]
    template = {
        "Resources": {
            "Worker": {
                "Type": "AWS::IAM::Role",
                "Properties": {"AssumeRolePolicyDocument": trust, "Policies": inline},
            },
            "Again": {
                "Type": "AWS::IAM::ManagedPolicy",
                "Properties": {"PolicyDocument": {"Statement": again}},
            },
        }
    }
    document = read("stack.json", json.dumps(template).encode(), Syntax.JSON)
    found = extract(document, CLAIMS[0]).resources
    (policy,) = (one.facts for one in found if one.name == "Again")
    return {way.at.pointer[1] for way in known_records(policy.escalations)}


def test_it_is_told_at_the_role():
    assert places_of_ways(REWRITE, LOOK, again=[LOOK, REWRITE]) == {"Worker"}


@pytest.mark.parametrize(
    "again",
    [
        [REWRITE],
        [REWRITE, LOOK, START],
        [REWRITE, LOOK | {"Resource": "arn:aws:states:*:*:stateMachine:*"}],
        [REWRITE, LOOK | {"Condition": {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}}],
        [REWRITE, LOOK | {"Effect": "Deny"}],
    ],
)
def test_not_where_it_says_more_or_less(again):
    assert places_of_ways(REWRITE, LOOK, again=again) == {"Again"}
