"""A loop of a template makes one resource for each of its items."""

from __future__ import annotations

import pytest

from nhilint.formats.cloudformation.claims import CLAIMS
from nhilint.formats.cloudformation.template import extract
from nhilint.model.fact import value_of
from nhilint.source.document import Syntax, read
from nhilint.testing import rendered

HEAD = "AWSTemplateFormatVersion: '2010-09-09'\nTransform: AWS::LanguageExtensions\n"
LOOP = """Resources:
  Fn::ForEach::Roles:
    - Name
    - COLLECTION
    - Role${Name}:
        Type: AWS::IAM::Role
        Properties:
          RoleName: !Sub "app-${Name}"
          AssumeRolePolicyDocument: {Statement: {Effect: Allow, Principal: {Service: !Ref Name}, Action: "sts:AssumeRole"}}
  Policy:
    Type: AWS::IAM::Policy
    Properties:
      Roles: [!Ref RoleAlpha]
      PolicyDocument: {Statement: {Effect: Allow, Action: "*", Resource: "*"}}
"""


def roles(text):
    found = extract(read("t.yaml", (HEAD + text).encode(), Syntax.YAML), CLAIMS[0]).resources
    return {r.name: r.facts for r in found if value_of(r.facts.kind) == "role"}


@pytest.mark.parametrize("collection", ["[Alpha, Beta]", "!Ref Names", "{Ref: Names}"])
def test_one_role_for_each_item(collection):
    parameters = "Parameters:\n  Names: {Type: CommaDelimitedList, Default: 'Alpha, Beta'}\n"
    found = roles(parameters + LOOP.replace("COLLECTION", collection))
    assert list(found) == ["app-Alpha", "app-Beta"]
    assert [one.value.value for one in found["app-Beta"].trusts[0].principals] == ["Beta"]
    assert {name: value_of(facts.admin) for name, facts in found.items()} == {"app-Alpha": True, "app-Beta": False}
    assert rendered(found["app-Beta"].at) == "t.yaml#/Resources/Fn::ForEach::Roles/2/Role${Name}"


def test_a_loop_within_a_loop():
    inner = LOOP.partition("  Policy:")[0].replace("COLLECTION", "['${Stage}A', '${Stage}B']").partition("\n")[2]
    inner = "".join(f"      {line}\n" for line in inner.splitlines())
    found = roles(f"Resources:\n  Fn::ForEach::Stages:\n    - Stage\n    - [Dev, Prod]\n    -\n{inner}")
    assert list(found) == ["app-DevA", "app-DevB", "app-ProdA", "app-ProdB"]


def test_a_loop_over_what_nobody_can_tell_makes_nothing():
    parameters = "Parameters:\n  Names: {Type: CommaDelimitedList}\n"
    assert roles(parameters + LOOP.replace("COLLECTION", "!Ref Names")) == {}


@pytest.mark.parametrize("body", ["x", "[]", "[1, 2, 3]", "[N, [a], x]", "[N, {Ref: [1]}, {}]", "[N, [[a]], {R: 1}]"])
def test_odd_loops_are_left(body):
    assert roles(f"Resources:\n  T: {{Type: AWS::SNS::Topic}}\n  Fn::ForEach::X: {body}\n") == {}
