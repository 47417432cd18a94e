"""Templates that nested stacks name have what these hand over."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings

from nhilint.evaluate.activation import activate
from nhilint.gather import gather
from nhilint.link import link
from nhilint.model.fact import Known, Unknown
from nhilint.settings import Settings
from nhilint.tree import MemoryTree
from tests.odd_values import odd_values

CHILD = """
Parameters:
  Scope: {Type: String}
  Subject: {Type: String, Default: 'arn:aws:iam::111122223333:role/default'}
Resources:
  Agent:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: {Effect: Allow, Action: sts:AssumeRole, Principal: {AWS: !Ref Subject}}
      Policies:
        - PolicyName: P
          PolicyDocument:
            Statement: [{Effect: Allow, Action: 's3:GetObject', Resource: !Ref Scope}]
Outputs:
  RoleArn: {Value: !GetAtt Agent.Arn}
  Scope: {Value: !Ref Scope}
"""


def nested(url, parameters, kind="AWS::CloudFormation::Stack", key="TemplateURL"):
    stack = {"Type": kind, "Properties": {key: url, "Parameters": parameters}}
    return json.dumps({"Resources": {"Nested": stack}})


def linked(**files):
    tree = MemoryTree({name.replace("__", "/").replace("_yaml", ".yaml"): text for name, text in files.items()})
    found = gather(tree, Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))).resources
    return [resource for resource in link(found) if resource.kind in ("identity", "resource_policy")]


def scopes(resources):
    """What the statements of every agent are limited to."""
    grants = [resource.facts.grants[0] for resource in resources if resource.name == "Agent"]
    return [grant.all_resources for grant in grants]


@pytest.mark.parametrize(
    "url",
    [
        "./iam/agent.yaml",
        "iam/agent.yaml",
        "https://s3.amazonaws.com/bucket/iam/agent.yaml",
        {"Fn::Sub": "https://${Bucket}.s3.${AWS::Region}.${AWS::URLSuffix}/${Prefix}iam/agent.yaml"},
        {"Fn::Join": ["/", ["https://s3.amazonaws.com", {"Ref": "Bucket"}, "agent.yaml"]]},
    ],
)
def test_a_parameter_is_what_the_nesting_stack_says(url):
    found = linked(main_yaml=nested(url, {"Scope": "*"}), iam__agent_yaml=CHILD)
    assert [one.value for one in scopes(found)] == [True]


def test_a_nested_application_of_sam_is_one():
    main = nested("iam/agent.yaml", {"Scope": "*"}, "AWS::Serverless::Application", "Location")
    assert [one.value for one in scopes(linked(main_yaml=main, iam__agent_yaml=CHILD))] == [True]


@pytest.mark.parametrize("url", ["../agent.yaml", "other.yaml", "https://s3.amazonaws.com/b/other.yaml", "", 7, ["x"]])
def test_a_template_of_elsewhere_is_not_told_anything(url):
    found = linked(main_yaml=nested(url, {"Scope": "*"}), iam__agent_yaml=CHILD)
    assert isinstance(scopes(found)[0], Unknown)


def test_of_two_templates_of_one_name_the_folder_decides():
    found = linked(
        main_yaml=nested("https://s3.amazonaws.com/b/one/agent.yaml", {"Scope": "*"}),
        one__agent_yaml=CHILD,
        two__agent_yaml=CHILD,
    )
    told = {one.at.path: one.facts.grants[0].all_resources for one in found if one.name == "Agent"}
    assert isinstance(told["one/agent.yaml"], Known)
    assert isinstance(told["two/agent.yaml"], Unknown)


def test_a_template_without_the_parameter_is_another_one():
    found = linked(main_yaml=nested("https://s3.amazonaws.com/b/agent.yaml", {"Bucket": "*"}), iam__agent_yaml=CHILD)
    assert isinstance(scopes(found)[0], Unknown)


def test_what_nobody_can_tell_takes_the_place_of_the_default():
    found = linked(main_yaml=nested("iam/agent.yaml", {"Scope": "*", "Subject": {"Ref": "Who"}}), iam__agent_yaml=CHILD)
    (agent,) = (one.facts for one in found if one.name == "Agent")
    assert "default" not in str(agent.trusts)


def test_two_ways_of_calling_are_two_readings_and_the_same_way_is_one():
    both = {
        name: {
            "Type": "AWS::CloudFormation::Stack",
            "Properties": {"TemplateURL": "a.yaml", "Parameters": {"Scope": s}},
        }
        for name, s in (("One", "*"), ("Two", "arn:aws:s3:::b/*"), ("Three", "*"))
    }
    found = linked(main_yaml=json.dumps({"Resources": both}), a_yaml=CHILD)
    assert sorted(one.value for one in scopes(found)) == [False, True]


def test_an_example_does_not_call_what_stands_elsewhere():
    found = linked(examples__main_yaml=nested("../a.yaml", {"Scope": "*"}), a_yaml=CHILD)
    assert isinstance(scopes(found)[0], Unknown)


def test_a_nested_stack_hands_on_what_it_is_given_and_what_it_made():
    middle = """
Parameters: {Given: {Type: String}}
Resources:
  First:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: a.yaml, Parameters: {Scope: !Ref Given}}
  Second:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: b.yaml
      Parameters: {Scope: !GetAtt First.Outputs.Scope, Subject: !GetAtt First.Outputs.RoleArn}
"""
    other = CHILD.replace("Agent", "Other")
    found = linked(main_yaml=nested("middle.yaml", {"Given": "*"}), middle_yaml=middle, a_yaml=CHILD, b_yaml=other)
    (second,) = (one.facts for one in found if one.name == "Other")
    assert second.grants[0].all_resources.value is True
    (principal,) = second.trusts[0].principals
    assert principal.value.value.endswith("role/Agent")


def test_a_principal_of_another_template_is_not_taken_for_the_one_of_that_name_here():
    main = """
Resources:
  Agent: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}}}
  Nested:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: a.yaml, Parameters: {Scope: 'x', Subject: !GetAtt Agent.Arn}}
"""
    found = linked(main_yaml=main, a_yaml=CHILD)
    assert [one.facts.role_chains for one in found if one.name == "Agent"] == [(), ()]


def test_templates_that_name_each_other_end():
    one, two = nested("two.yaml", {}), nested("one.yaml", {"A": {"Fn::GetAtt": ["Nested", "Outputs.A"]}})
    assert linked(one_yaml=one, two_yaml=two) == []


def test_templates_that_nest_themselves_many_times_end():
    many = {f"N{i}": {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": "b.yaml"}} for i in range(40)}
    files = {f"t{i}_yaml": json.dumps({"Resources": many}).replace("b.yaml", f"t{i + 1}.yaml") for i in range(12)}
    assert linked(**files, t12_yaml=CHILD)


odd = odd_values(["Ref", "Fn::Sub", "Fn::GetAtt", "Outputs"], ["a.yaml", "*", "Nested.Outputs.RoleArn", ""])


@given(odd, odd, odd)
@settings(max_examples=60, deadline=None)
def test_any_nested_stack_is_read_or_left(url, parameters, outputs):
    stack = {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": url, "Parameters": parameters}}
    plain = json.loads(nested("a.yaml", {"Scope": parameters}))["Resources"]["Nested"]
    main = json.dumps({"Resources": {"Nested": stack, "Plain": plain}, "Outputs": outputs})
    for found in linked(main_yaml=main, a_yaml=CHILD):
        activate(found.facts)
