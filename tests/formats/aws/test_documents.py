"""Which documents of a file count, and what they are called."""

from __future__ import annotations

import json

import pytest

from nhilint.formats.aws.claims import CLAIMS
from nhilint.formats.aws.policy import extract
from nhilint.source.document import Syntax, read

READS = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::acme/*"}


def document(*statements):
    return {"Version": "2012-10-17", "Statement": list(statements)}


def resources(value, path="details.json"):
    return extract(read(path, json.dumps(value).encode(), Syntax.JSON), CLAIMS[0]).resources


def policy(name, *versions, by_aws=False):
    account = "aws" if by_aws else "111122223333"
    return {
        "PolicyName": name,
        "Arn": f"arn:aws:iam::{account}:policy/{name}",
        "PolicyVersionList": [
            {"Document": document(*statements), "IsDefaultVersion": default} for default, *statements in versions
        ],
    }


def allow(action):
    return {"Effect": "Allow", "Action": action, "Resource": "*"}


def test_a_managed_policy_is_called_by_its_name_and_counts_in_its_default_version():
    (found,) = resources({"Policies": [policy("triage", (False, allow("iam:*")), (True, READS))]})
    assert found.name == "triage"
    assert found.facts.grants[0].actions.value == ("s3:GetObject",)


def test_policies_of_aws_itself_are_left_alone():
    assert resources({"Policies": [policy("AmazonS3FullAccess", (True, allow("s3:*")), by_aws=True)]}) == ()


def test_escalations_of_a_role_join_its_policies_and_leave_out_those_of_one():
    policies = [policy("pass", (True, allow("iam:PassRole"))), policy("run", (True, allow("ec2:RunInstances")))]
    policies.append(policy("alone", (True, allow("iam:PutUserPolicy"))))
    role = {
        "RoleName": "agent",
        "AssumeRolePolicyDocument": document(
            {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ec2.amazonaws.com"}}
        ),
        "AttachedManagedPolicies": [{"PolicyArn": entry["Arn"]} for entry in policies],
    }
    found = {r.name: r.facts for r in resources({"RoleDetailList": [role], "Policies": policies})}
    assert [e.id.value for e in found["agent"].escalations] == ["ec2-001"]
    assert [e.id.value for e in found["alone"].escalations] == ["iam-007"]


def test_a_user_has_what_its_groups_have():
    group = {"GroupName": "g", "GroupPolicyList": [{"PolicyDocument": document(allow("ec2:RunInstances"))}]}
    user = {
        "UserName": "bot",
        "GroupList": ["g"],
        "UserPolicyList": [{"PolicyDocument": document(allow("iam:PassRole"))}],
    }
    found = {r.name: r.facts for r in resources({"UserDetailList": [user], "GroupDetailList": [group]})}
    assert [e.id.value for e in found["bot"].escalations] == ["ec2-001"]


def test_what_the_cdk_leaves_beside_its_templates_is_not_read_twice():
    props = {"aws:cdk:cloudformation:props": {"policyDocument": document(allow("*"))}}
    assert resources({"version": "tree-0.1", "tree": {"children": {"Role": {"attributes": props}}}}) == ()


def test_a_key_that_says_nothing_gives_no_name():
    (found,) = resources({"deployer": {"policyDocument": document(READS)}})
    assert found.name == "deployer"


def settings_of_an_object_store(**beside):
    anyone = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": "*"}
    role = {"roleName": "vended", "trustPolicy": document(anyone), "attachedPolicies": ["everything"]}
    return {"roles": [role], "policies": [{"name": "everything", "document": document(allow("*"))}], **beside}


@pytest.mark.parametrize(
    ("beside", "count"),
    [
        ({"sts": {"issuer": "seaweedfs-sts", "signingKey": "x"}}, 0),
        ({"identities": [{"name": "reader", "actions": ["Read"]}]}, 0),
        ({"sts": {"issuer": "seaweedfs-sts", "signingKey": "x"}, "roles": []}, 0),
        ({"identities": [], "roles": [], "policies": [document(allow("*"))]}, 1),
        ({}, 2),
    ],
)
def test_roles_of_an_object_store_rule_nothing_in_aws(beside, count):
    assert len(resources(settings_of_an_object_store(**beside))) == count


@pytest.mark.parametrize(
    ("version", "resource", "count"),
    [
        ("1", "*", 0),
        ("2.0", "*", 0),
        ("1.1", "*", 0),
        ("2012-10-17", "acs:oss:*:*:*", 0),
        ("2012-10-17", "arn:aws:s3:::acme-in/*", 1),
        ("2008-10-17", "*", 1),
    ],
)
def test_policies_of_other_clouds_are_not_read_as_those_of_aws(version, resource, count):
    statement = {"Effect": "Allow", "Action": "ecs:TagResources", "Resource": resource}
    assert len(resources({"Version": version, "Statement": [statement]})) == count
