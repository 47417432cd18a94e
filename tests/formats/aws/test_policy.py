"""What a JSON file with policy documents turns into."""

from __future__ import annotations

import json

import pytest

from nhilint.formats.aws.claims import CLAIMS
from nhilint.formats.aws.policy import extract
from nhilint.model.fact import Known, Unknown
from nhilint.source.document import Syntax, read


def resources(value, path="policy.json"):
    return extract(read(path, json.dumps(value).encode(), Syntax.JSON), CLAIMS[0]).resources


def one(*statements, path="policy.json"):
    (resource,) = resources({"Version": "2012-10-17", "Statement": list(statements)}, path)
    return resource


def allow(action, resource="*", **more):
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def values(resource, name):
    return [fact.value if isinstance(fact := getattr(g, name), Known) else fact for g in resource.facts.grants]


def test_one_statement_may_stand_without_a_list():
    (resource,) = resources({"Statement": allow("s3:GetObject")})
    assert values(resource, "actions") == [("s3:GetObject",)]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("iam/agent.json", "policy"),
        ("scp/deny.json", "control_policy"),
        ("policies/service-control-policies/x.json", "control_policy"),
        ("permission-boundaries/x.json", "control_policy"),
        ("description/scope.json", "policy"),
    ],
)
def test_kind_is_told_by_the_path_where_nothing_inside_tells(path, kind):
    assert one(allow("s3:GetObject"), path=path).facts.kind.value == kind


def test_principals_and_assume_make_a_role():
    role = one({"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}})
    assert (role.kind, role.facts.kind.value, role.facts.grants) == ("identity", "role", ())
    assert role.facts.trusts[0].services.value == ("lambda.amazonaws.com",)


def test_principals_and_other_actions_make_a_policy_on_a_resource():
    queue = one(allow("sqs:SendMessage", "arn:aws:sqs:eu-west-1:111122223333:q", Principal="*"))
    assert (queue.kind, queue.facts.service.value) == ("resource_policy", "sqs")
    assert queue.facts.grants[0].principals[0].kind.value == "anyone"


def test_account_details_give_principals_with_all_their_documents():
    trust = {"Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "444455556666"}}]}
    details = {
        "RoleDetailList": [
            {
                "RoleName": "agent",
                "Arn": "arn:aws:iam::111122223333:role/agent",
                "AssumeRolePolicyDocument": trust,
                "RolePolicyList": [{"PolicyName": "a", "PolicyDocument": {"Statement": [allow("s3:GetObject")]}}],
                "AttachedManagedPolicies": [{"PolicyArn": "arn:aws:iam::aws:policy/AdministratorAccess"}],
                "MaxSessionDuration": 7200,
            }
        ]
    }
    (role,) = resources(details)
    assert role.name == "agent"
    assert role.facts.trusts[0].external.value is True
    assert role.facts.managed_admin.value == ("arn:aws:iam::aws:policy/AdministratorAccess",)
    assert role.facts.session_hours.value == 2.0
    assert values(role, "actions") == [("s3:GetObject",)]


@pytest.mark.parametrize(
    "value",
    [
        {"AWSTemplateFormatVersion": "2010-09-09", "Resources": {"P": {"Properties": {"Statement": [allow("*")]}}}},
        {"Resources": {"P": {"Type": "AWS::IAM::Policy", "Properties": {"Statement": [allow("*")]}}}},
        {"terraform_version": "1.9", "values": {"Statement": [allow("*")]}},
        {"Statement": "of purpose"},
        {"Statement": [{"text": "no effect"}]},
        [],
    ],
)
def test_look_alikes_are_left_alone(value):
    assert resources(value) == ()


def test_templates_are_unknown_and_policy_variables_are_not():
    grants = one(
        allow("s3:GetObject", "arn:aws:s3:::home/${aws:username}/*"),
        allow("s3:GetObject", "${bucket_arn}"),
        allow("${action}", "*"),
        allow("s3:GetObject", "arn:aws:s3:::${bucket}/*"),
    ).facts.grants
    assert grants[0].all_resources.value is False
    assert isinstance(grants[1].all_resources, Unknown)
    assert isinstance(grants[2].levels, Unknown)
    assert grants[3].all_resources.value is False


def test_wildcards_are_expanded_by_the_action_table():
    (count,) = values(one(allow("s3:Get*Object")), "action_count")
    (levels,) = values(one(allow("iam:PutRolePolicy")), "levels")
    (services,) = values(one(allow(["S3:getobject", "sqs:*"])), "services")
    assert count >= 1
    assert levels == ("permissions",)
    assert services == ("s3", "sqs")


def test_misspelt_actions_name_the_nearest():
    (grant,) = one(allow(["s3:GetObjct", "newservice:DoIt"])).facts.grants
    assert [(m.word.value, m.nearest and m.nearest.value) for m in grant.unknown_actions] == [
        ("s3:GetObjct", "s3:GetObject"),
        ("newservice:DoIt", None),
    ]


@pytest.mark.parametrize(
    ("condition", "narrows"),
    [
        ({"StringEquals": {"aws:PrincipalOrgID": "o-1"}}, True),
        ({"StringLike": {"aws:PrincipalArn": "*"}}, False),
        ({"Bool": {"aws:SecureTransport": "true"}}, False),
        ({"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}}, False),
        ({"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}, True),
        ({"ForAllValues:StringEquals": {"aws:TagKeys": ["a"]}}, False),
        ({"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}, True),
    ],
)
def test_conditions_that_narrow(condition, narrows):
    (grant,) = one(allow("s3:GetObject", Condition=condition)).facts.grants
    assert grant.conditioned.value is narrows


def escalations(*statements):
    return {e.id.value for e in one(*statements).facts.escalations}


def test_escalation_over_two_statements():
    found = escalations(allow("iam:PassRole"), allow(["lambda:CreateFunction", "lambda:InvokeFunction"]))
    assert "lambda-001" in found


def test_escalation_needs_a_wildcard_resource():
    assert escalations(allow("iam:PutRolePolicy", "arn:aws:iam::111122223333:role/x")) == set()
    assert escalations(allow("iam:PutRolePolicy", "arn:aws:iam::*:role/*")) != set()


def test_a_denial_takes_the_escalation_away_unless_it_is_conditioned():
    deny = {"Effect": "Deny", "Action": "iam:*", "Resource": "*"}
    only_from_outside = {**deny, "Condition": {"NotIpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}
    assert escalations(allow("iam:AttachUserPolicy"), deny) == set()
    assert escalations(allow("iam:AttachUserPolicy"), only_from_outside) != set()


def test_full_administration_is_no_list_of_escalations():
    policy = one(allow("*"))
    assert policy.facts.admin.value is True
    assert policy.facts.escalations == ()


@pytest.mark.parametrize(
    ("path", "setting"),
    [
        ("sts/4.18/openshift_ingress_operator_cloud_credentials_policy.json", "copied"),
        ("roles/sts_installer_permission_policy.json", "copied"),
        ("roles/openshift_policy.json", "production"),
        ("roles/sts_agent_permission_policy.json", "production"),
    ],
)
def test_policies_that_red_hat_publishes_are_taken_over_as_they_are(path, setting):
    assert one(allow("ec2:RunInstances"), path=path).setting == setting


@pytest.mark.parametrize(
    ("path", "setting"),
    [
        ("tool/templates/build-role-policy.json", "example"),
        ("tool/templates/build-role-policy.json.tpl", "production"),
        ("tool/policies/build-role-policy.json", "production"),
    ],
)
def test_what_a_program_hands_out_is_nobodys_yet(path, setting):
    assert one(allow("s3:GetObject"), path=path).setting == setting


@pytest.mark.parametrize(("account", "setting"), [("000000000000", "example"), ("111122223333", "production")])
def test_the_account_that_localstack_pretends_to_be_is_nobodys(account, setting):
    role = {
        "RoleName": "agent",
        "Arn": f"arn:aws:iam::{account}:role/agent",
        "AssumeRolePolicyDocument": {
            "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "*"}}]
        },
    }
    (printed,) = resources({"Role": role})
    assert printed.setting == setting
    assert one(allow("sqs:*", f"arn:aws:sqs:eu-west-1:{account}:jobs")).setting == setting
