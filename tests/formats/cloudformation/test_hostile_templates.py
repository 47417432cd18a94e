"""Odd templates never raise: an odd value is an unknown fact or no resource at all."""

from __future__ import annotations

import json
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.cloudformation import serverless_framework
from nhilint.formats.cloudformation.claims import CLAIMS
from nhilint.formats.cloudformation.template import extract
from nhilint.source.document import Syntax, read
from tests.odd_values import odd_values

CALLS = ["Ref", "Fn::Sub", "Fn::GetAtt", "Fn::Join", "Fn::If", "Fn::FindInMap", "Fn::Select", "Fn::Split", "Fn::Not"]
odd = odd_values([*CALLS, "Statement", "PolicyDocument", "Principal"], ["*", "${R.Arn}", "R", "AWS::NoValue", "C", ""])
TYPES = ["AWS::IAM::Role", "AWS::IAM::Policy", "AWS::IAM::AccessKey", "AWS::Serverless::Function", "AWS::KMS::Key"]
TYPES += ["AWS::Lambda::Permission", "AWS::Events::EventBusPolicy", "AWS::IAM::ManagedPolicy"]
PROPERTIES = ["Policies", "AssumeRolePolicyDocument", "ManagedPolicyArns", "Roles", "PolicyDocument", "KeyPolicy"]
PROPERTIES += ["UserName", "Principal", "Condition", "Statement", "MaxSessionDuration", "PermissionsBoundary", "Role"]
declaration = st.fixed_dictionaries(
    {"Type": st.sampled_from(TYPES), "Properties": st.dictionaries(st.sampled_from(PROPERTIES), odd, max_size=4) | odd}
)
template = st.fixed_dictionaries(
    {"Resources": st.dictionaries(st.sampled_from(["R", "S", "T"]), declaration | odd, max_size=3)},
    optional={name: st.dictionaries(st.sampled_from(["C", "R"]), odd) | odd for name in ("Parameters", "Conditions")},
)


def read_json(value):
    return extract(read("t.json", json.dumps(value).encode(), Syntax.JSON), CLAIMS[1])


@given(template)
@settings(max_examples=300, deadline=None)
def test_any_template_is_read_or_left(value):
    for found in read_json(value).resources:
        activate(found.facts)


def test_conditions_that_need_each_other_end():
    conditions = {"A": {"Fn::Not": [{"Condition": "B"}]}, "B": {"Fn::And": [{"Condition": "A"}, {"Condition": "A"}]}}
    policy = {"Fn::If": ["A", "x", "y"]}
    role = {"Type": "AWS::IAM::Role", "Properties": {"Policies": [policy]}}
    assert read_json({"Conditions": conditions, "Resources": {"R": role}}).resources


def test_a_hundred_thousand_actions_are_read_in_time():
    statement = {"Effect": "Allow", "Action": [f"s3:Get{i}" for i in range(100_000)], "Resource": "*"}
    role = {"Type": "AWS::IAM::Role", "Properties": {"Policies": [{"PolicyDocument": {"Statement": [statement]}}]}}
    started = time.process_time()
    assert len(read_json({"Resources": {"R": role}}).resources) == 1
    assert time.process_time() - started < 10


service = st.fixed_dictionaries(
    {"provider": st.dictionaries(st.sampled_from(["iam", "iamRoleStatements", "role"]), odd) | odd},
    optional={"resources": template | odd, "service": odd},
)


@given(service)
@settings(max_examples=100, deadline=None)
def test_any_service_is_read_or_left(value):
    found = serverless_framework.extract(read("s.json", json.dumps(value).encode(), Syntax.JSON), CLAIMS[0])
    for resource in found.resources:
        activate(resource.facts)
