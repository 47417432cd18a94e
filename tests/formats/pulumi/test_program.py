"""What a Pulumi program in YAML turns into."""

from __future__ import annotations

import json

import pytest
from hypothesis import given

from nhilint.formats.pulumi.claims import CLAIMS
from nhilint.formats.pulumi.program import extract
from nhilint.model.fact import known_records, value_of
from nhilint.source.document import Syntax, read
from nhilint.testing import rendered
from tests.odd_values import odd_values

PROGRAM = """
name: agent
runtime: yaml
resources:
  role:
    type: aws:iam:Role
    properties:
      name: agent-role
      assumeRolePolicy:
        fn::toJSON:
          Statement: [{Effect: Allow, Action: "sts:AssumeRole", Principal: {Service: lambda.amazonaws.com}}]
  policy:
    type: aws:iam/policy:Policy
    properties:
      policy:
        fn::toJSON:
          Statement: [{Effect: Allow, Action: ["iam:PutUserPolicy"], Resource: "%s"}]
  attached:
    type: aws:iam:RolePolicyAttachment
    properties: {role: "${role.name}", policyArn: "${policy.arn}"}
  managed:
    type: aws:iam:RolePolicyAttachment
    properties: {role: "${role.name}", policyArn: "arn:aws:iam::aws:policy/AdministratorAccess"}
"""


def subjects(text):
    return extract(read("Pulumi.yaml", text.encode(), Syntax.YAML), CLAIMS[0]).resources


def test_a_role_holds_what_is_attached_to_it():
    (role,) = subjects(PROGRAM % "*")
    assert role.name == "agent-role"
    assert value_of(role.facts.managed_admin) == ("arn:aws:iam::aws:policy/AdministratorAccess",)
    assert value_of(known_records(role.facts.trusts)[0].services) == ("lambda.amazonaws.com",)


def test_places_are_those_of_the_file():
    (role,) = subjects(PROGRAM % "*")
    (way,) = known_records(role.facts.escalations)
    assert rendered(way.at) == "Pulumi.yaml#/resources/policy/properties/policy/fn::toJSON/Statement/0/Action/0"
    trust = known_records(role.facts.trusts)[0]
    assert rendered(trust.at) == "Pulumi.yaml#/resources/role/properties/assumeRolePolicy/fn::toJSON/Statement/0"


NAMED = """
name: agent
runtime: yaml
config:
  boundary: {type: string}
  extra: {type: string, default: "arn:aws:iam::aws:policy/PowerUserAccess"}
variables:
  admin: arn:aws:iam::aws:policy/AdministratorAccess
  found: {"fn::invoke": {function: "aws:getCallerIdentity"}}
  all:
    fn::invoke:
      function: aws:iam/getPolicyDocument:getPolicyDocument
      arguments:
        statements: [{notActions: ["s3:Get*"], resources: ["*"]}, {actions: ["*"], resources: ["*"]}]
      return: json
  enter:
    fn::aws:iam:getPolicyDocument:
      statements:
        - actions: ["sts:AssumeRole"]
          principals: [{type: AWS, identifiers: ["*"]}]
          conditions: [{test: StringEquals, variable: "sts:ExternalId", values: ["x"]}]
resources:
  role:
    type: aws:iam:Role
    properties: {name: agent-role, assumeRolePolicy: "${enter.json}"}
  inline:
    type: aws:iam:RolePolicy
    properties: {role: "${role.id}", policy: "${all}"}
  first:
    type: aws:iam:RolePolicyAttachment
    properties: {role: "${role.name}", policyArn: "${admin}"}
  second:
    type: aws:iam:RolePolicyAttachment
    properties: {role: "${role.name}", policyArn: "${extra}"}
"""


def test_variables_documents_and_defaults_stand_for_what_they_name():
    (role,) = subjects(NAMED)
    assert value_of(role.facts.managed) == tuple(
        f"arn:aws:iam::aws:policy/{name}" for name in ("AdministratorAccess", "PowerUserAccess")
    )
    all_but, everything = known_records(role.facts.grants)
    assert value_of(all_but.all_actions) is not True
    assert value_of(everything.all_actions)
    where = "Pulumi.yaml#/variables/all/fn::invoke/arguments/statements/1/actions/0"
    assert rendered(everything.all_actions.at) == where
    (trust,) = known_records(role.facts.trusts)
    assert rendered(trust.at) == "Pulumi.yaml#/variables/enter/fn::aws:iam:getPolicyDocument/statements/0"
    assert value_of(trust.external_id)


def test_configuration_stays_unknown():
    (role,) = subjects(PROGRAM % "${resource}")
    assert known_records(role.facts.escalations) == ()
    assert len(role.facts.escalations) == 1


def test_a_role_that_lets_another_in():
    chain = PROGRAM % "*" + (
        "  start:\n    type: aws:iam:Role\n    properties:\n      assumeRolePolicy:\n        fn::toJSON:\n"
        "          Statement: [{Effect: Allow, Action: 'sts:AssumeRole', Principal: {Service: ec2.amazonaws.com}}]\n"
    )
    chain = chain.replace("Principal: {Service: lambda.amazonaws.com}", 'Principal: {AWS: "${start.arn}"}')
    start = next(r for r in subjects(chain) if r.name == "start")
    assert [value_of(c.end) for c in known_records(start.facts.role_chains)] == ["agent-role"]


@pytest.mark.parametrize("text", ["name: x\nruntime: yaml\n", "resources: {b: {type: 'aws:s3:Bucket'}}\n", "[]\n"])
def test_other_programs_are_something_else(text):
    assert not extract(read("Pulumi.yaml", text.encode(), Syntax.YAML), CLAIMS[0]).recognised


odd = odd_values(["policy", "fn::toJSON", "role", "type", "x", "Statement"])


@given(odd)
def test_odd_values_never_raise(value):
    body = {
        "type": "aws:iam:Role",
        "properties": {"assumeRolePolicy": value, "managedPolicyArns": value, "name": value},
    }
    policy = {"type": "aws:iam:RolePolicy", "properties": {"role": value, "policy": value}}
    text = json.dumps({"resources": {"r": body, "p": policy, "o": value}})
    extract(read("Pulumi.yaml", text.encode(), Syntax.JSON), CLAIMS[0])
