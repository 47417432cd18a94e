"""The template inside of a stack set."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings

from nhilint.evaluate.activation import activate
from nhilint.formats.cloudformation.claims import CLAIMS
from nhilint.formats.cloudformation.template import extract
from nhilint.model.fact import Unknown
from nhilint.source.document import Syntax, read
from tests.odd_values import odd_values

BODY = """Parameters: {Who: {Type: String, Default: 'arn:aws:iam::111122223333:role/a'}}
Resources:
  Member:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: {Effect: Allow, Action: sts:AssumeRole, Principal: {AWS: !Ref Who}}}
      ManagedPolicyArns:
        - arn:aws:iam::aws:policy/AdministratorAccess
"""


def identities(parameters=(), body=BODY):
    stack_set = {
        "Type": "AWS::CloudFormation::StackSet",
        "Properties": {"TemplateBody": body, "Parameters": parameters},
    }
    text = json.dumps({"Resources": {"Hub": {"Type": "AWS::IAM::Role", "Properties": {}}, "Set": stack_set}})
    found = extract(read("hub.json", text.encode(), Syntax.JSON), CLAIMS[1]).resources
    return [one.facts for one in found if one.kind == "identity" and one.name in ("Member", "Hub")]


def parameter(value):
    return [{"ParameterKey": "Who", "ParameterValue": value}]


def test_what_the_text_declares_stands_in_the_text():
    hub, member = identities()
    assert (hub.name.value, member.name.value) == ("Hub", "Member")
    assert member.managed_admin.value == ("arn:aws:iam::aws:policy/AdministratorAccess",)
    (start, end) = member.managed_admin.at.within
    assert BODY[start:end] == "arn:aws:iam::aws:policy/AdministratorAccess"
    assert member.managed_admin.at.pointer == ("Resources", "Set", "Properties", "TemplateBody")
    assert BODY[slice(*member.at.within)] == "Member"


@pytest.mark.parametrize(
    ("parameters", "account"),
    [((), "111122223333"), (parameter("arn:aws:iam::444455556666:root"), "444455556666")],
)
def test_the_parameters_of_the_set_come_before_the_defaults(parameters, account):
    _, member = identities(parameters)
    (principal,) = member.trusts[0].principals
    assert account in principal.value.value


def test_what_the_set_makes_of_its_own_account_is_unknown_in_another():
    _, member = identities(parameter({"Fn::GetAtt": ["Hub", "Arn"]}))
    assert isinstance(member.trusts[0].principals[0], Unknown)


@pytest.mark.parametrize("body", [{"Fn::Sub": BODY}, "AWS:: {", "- AWS::", "", 5, None, "Resources: [AWS::IAM::Role]"])
def test_a_text_that_is_no_template_declares_nothing(body):
    assert [one.name.value for one in identities(body=body)] == ["Hub"]


@given(odd_values(["ParameterKey", "ParameterValue", "Resources"], ["Who", "*", BODY]))
@settings(max_examples=60, deadline=None)
def test_any_stack_set_is_read_or_left(value):
    for facts in (*identities(value), *identities((), value), *identities((), json.dumps(value) + "# AWS::")):
        activate(facts)
