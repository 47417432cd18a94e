"""Which roles a principal may become, and what that leads to."""

from __future__ import annotations

import json

import pytest

from nhilint.formats.aws.claims import CLAIMS
from nhilint.formats.aws.policy import extract
from nhilint.model.fact import Unknown, known_records, value_of
from nhilint.source.document import Syntax, read

ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"
ACCOUNT = "111122223333"


def arn(name):
    return f"arn:aws:iam::{ACCOUNT}:role/{name}"


def role(name, trusted, *statements, managed=(), condition=None):
    way = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": trusted}}
    if condition:
        way["Condition"] = condition
    return {
        "RoleName": name,
        "Arn": arn(name),
        "AssumeRolePolicyDocument": {"Statement": [way]},
        "RolePolicyList": [{"PolicyName": "p", "PolicyDocument": {"Statement": list(statements)}}],
        "AttachedManagedPolicies": [{"PolicyArn": entry} for entry in managed],
    }


def chains(*roles):
    """Which ends each role reaches, by name."""
    document = read("roles.json", json.dumps(list(roles)).encode(), Syntax.JSON)
    found = {r.name: r.facts for r in extract(document, CLAIMS[0]).resources}
    return {
        name: [
            (value_of(c.end), value_of(c.power), len(known_records(c.links))) for c in known_records(facts.role_chains)
        ]
        for name, facts in found.items()
    }


def assume(resource, effect="Allow"):
    return {"Effect": effect, "Action": "sts:AssumeRole", "Resource": resource}


STRANGER = "arn:aws:iam::444455556666:root"
LOGS = {"Effect": "Allow", "Action": "logs:PutLogEvents", "Resource": "*"}


def test_a_trust_policy_that_names_the_principal_is_enough():
    found = chains(role("start", STRANGER, LOGS), role("end", arn("start"), LOGS, managed=[ADMIN]))
    assert found == {"start": [("end", "administers", 1)], "end": []}


def test_a_trust_in_the_account_needs_a_permission():
    root = f"arn:aws:iam::{ACCOUNT}:root"
    end = role("end", root, LOGS, managed=[ADMIN])
    assert chains(role("start", STRANGER, LOGS), end)["start"] == []
    assert chains(role("start", STRANGER, assume(arn("end"))), end)["start"] == [("end", "administers", 1)]
    assert chains(role("start", STRANGER, assume(arn("other"))), end)["start"] == []


def test_a_chain_over_a_role_between():
    found = chains(
        role("start", STRANGER, LOGS),
        role("middle", arn("start"), LOGS),
        role("end", arn("middle"), {"Effect": "Allow", "Action": "*", "Resource": "*"}),
    )
    assert found["start"] == [("end", "administers", 2)]
    assert found["middle"] == [("end", "administers", 1)]


def test_a_role_that_can_gain_more_is_an_end_too():
    way = {"Effect": "Allow", "Action": "iam:AttachUserPolicy", "Resource": "*"}
    assert chains(role("start", STRANGER, LOGS), role("end", arn("start"), way))["start"] == [("end", "escalates", 1)]


@pytest.mark.parametrize(
    "start",
    [
        role("start", STRANGER, assume("*", "Deny")),
        role("start", STRANGER, LOGS, managed=[ADMIN]),
    ],
    ids=["denied", "powerful already"],
)
def test_no_chain(start):
    assert chains(start, role("end", arn("start"), LOGS, managed=[ADMIN]))["start"] == []


def test_a_condition_is_left_out():
    asked = {"StringEquals": {"sts:ExternalId": "x"}}
    end = role("end", arn("start"), LOGS, managed=[ADMIN], condition=asked)
    assert chains(role("start", STRANGER, LOGS), end)["start"] == []


def test_roles_that_admit_each_other_end():
    assert chains(role("a", arn("b"), LOGS), role("b", arn("a"), LOGS)) == {"a": [], "b": []}


def escalations(*statements, name="p", **more):
    document = {"RoleName": name, "Arn": arn(name), "AssumeRolePolicyDocument": {"Statement": []},
                "RolePolicyList": [{"PolicyDocument": {"Statement": list(statements)}}], **more}  # fmt: skip
    read_in = read("role.json", json.dumps(document).encode(), Syntax.JSON)
    return extract(read_in, CLAIMS[0]).resources[0].facts


def test_a_template_that_could_complete_a_way_leaves_it_open():
    facts = escalations(
        {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "${role}"},
        {"Effect": "Allow", "Action": ["lambda:CreateFunction", "lambda:InvokeFunction"], "Resource": "*"},
    )
    assert [type(way) for way in facts.escalations] == [Unknown]


def test_a_template_that_could_not_leaves_nothing_open():
    assert escalations({"Effect": "Allow", "Action": "s3:GetObject", "Resource": "${bucket}"}, LOGS).escalations == ()


def test_the_links_of_a_way_stand_where_they_are_granted():
    facts = escalations(
        {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"},
        {"Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*"},
    )
    links = known_records(facts.escalation_steps)
    assert sorted(value_of(link.does) for link in links) == ["ec2:RunInstances", "iam:PassRole"]
    assert len({link.at for link in links}) == 2
