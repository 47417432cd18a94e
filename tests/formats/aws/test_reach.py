"""What the resources of a statement leave open."""

from __future__ import annotations

import pytest

from nhilint.formats.aws.statement import read_statement
from nhilint.formats.node import Node
from nhilint.model.fact import Unknown


def reached(action, resource, **more):
    keys = {"Effect": "Allow", "Action": action, "Resource": resource, **more}
    return read_statement(Node(keys, "policy.json", ("Statement", 0))).reached


@pytest.mark.parametrize(
    ("action", "resource"),
    [
        ("iam:PassRole", "*"),
        ("iam:PassRole", "arn:aws:iam::*:role/*"),
        ("iam:PassRole", "arn:aws:iam::111122223333:role/*"),
        ("iam:PassRole", "arn:aws:iam::${AWS::AccountId}:role/*"),
        ("iam:PassRole", "arn:${AWS::Partition}:iam::${Account}:role/*"),
        ("sts:AssumeRole", "arn:aws:iam::*:role/*"),
        ("s3:GetObject", "arn:aws:s3:::*"),
        ("s3:GetObject", "arn:aws:s3:::*/*"),
        ("secretsmanager:GetSecretValue", "arn:aws:secretsmanager:*:*:secret:*"),
        ("lambda:UpdateFunctionCode", "arn:aws:lambda:eu-west-1:111122223333:function:*"),
        ("logs:DeleteLogGroup", "arn:aws:logs:*:*:log-group:*:*"),
        ("ssm:StartSession", "arn:aws:ec2:*:*:instance/*"),
        ("ec2:ModifySnapshotAttribute", "arn:aws:ec2:*::snapshot/*"),
    ],
)
def test_every_resource_of_a_type_is_open(action, resource):
    assert action in reached(action, resource)


@pytest.mark.parametrize(
    ("action", "resource"),
    [
        ("iam:PassRole", "arn:aws:iam::*:role/ci-*"),
        ("iam:PassRole", "arn:aws:iam::*:role/service-role/*"),
        ("sts:AssumeRole", "arn:aws:iam::111122223333:role/*"),
        ("iam:AttachUserPolicy", "arn:aws:iam::*:role/*"),
        ("iam:CreatePolicyVersion", "arn:aws:iam::aws:policy/*"),
        ("s3:GetObject", "arn:aws:s3:::acme-reports/*"),
        ("s3:GetObject", "arn:aws:s3:::${bucket}/*"),
        ("s3:GetObject", "arn:aws:s3:::object/*"),
        ("ssm:StartSession", "arn:aws:ec2:eu-west-1::instance/*"),
        ("s3:GetObject", "arn:aws:s3:::/*"),
        ("s3:DeleteBucketPolicy", "arn:aws:s3:::bucket/*"),
        ("lambda:ListFunctions", "arn:aws:lambda:*:*:function:*"),
        ("sqs:SendMessage", "arn:aws:lambda:*:*:*"),
    ],
)
def test_names_beginnings_of_names_and_other_types_narrow(action, resource):
    assert action not in reached(action, resource)


def test_sending_a_command_needs_a_document_that_runs_anything():
    instances = "arn:aws:ec2:*:*:instance/*"
    snapshot = "arn:aws:ssm:*:*:document/AWSEC2-CreateVssSnapshot"
    shell = "arn:aws:ssm:*::document/AWS-RunShellScript"
    assert "ssm:SendCommand" not in reached("ssm:SendCommand", [instances, snapshot])
    assert "ssm:SendCommand" in reached("ssm:SendCommand", [instances, shell])
    assert "ssm:SendCommand" in reached("ssm:SendCommand", "arn:aws:ssm:*:*:document/*")


def test_a_star_beside_a_template_is_still_a_star():
    assert "iam:PassRole" in reached("iam:PassRole", ["${role}", "*"])
    assert "iam:PassRole" in reached("iam:PassRole", ["${role}", "arn:aws:iam::*:role/*"])
    assert isinstance(reached("iam:PassRole", ["${role}", "arn:aws:s3:::*"]), Unknown)


def test_resources_that_are_left_out_leave_the_rest_open():
    keys = {"Effect": "Allow", "Action": "s3:GetObject", "NotResource": "arn:aws:s3:::acme-secret/*"}
    assert "s3:GetObject" in read_statement(Node(keys, "p.json")).reached
