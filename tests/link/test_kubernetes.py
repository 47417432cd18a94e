"""Service accounts meet the cloud roles that they are set to become."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.link import link
from nhilint.model.fact import value_of
from nhilint.pipeline import gather
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

ARN = "arn:aws:iam::111122223333:role/reports"


def accounts(files):
    tree = MemoryTree({path: text.encode() for path, text in files.items()})
    found = link(gather(tree, Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))).resources)
    return {one.name: one.facts for one in found if one.format == "kubernetes" and one.kind == "identity"}


def account(name, arn=ARN):
    return (
        f"apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: {name}\n"
        f"  annotations: {{eks.amazonaws.com/role-arn: '{arn}'}}\n"
    )


def aws_role(action, resource="*"):
    statement = {"Effect": "Allow", "Action": action, "Resource": resource}
    policies = [{"PolicyName": "p", "PolicyDocument": {"Statement": [statement]}}]
    trust = {
        "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ec2.amazonaws.com"}}]
    }
    return json.dumps(
        {"RoleName": "reports", "Arn": ARN, "AssumeRolePolicyDocument": trust, "RolePolicyList": policies}
    )


@pytest.mark.parametrize(
    ("action", "power"), [("*", "administers"), ("iam:AttachRolePolicy", "escalates"), ("s3:GetObject", "limited")]
)
def test_the_power_of_the_role_that_is_declared_here(action, power):
    (cloud,) = accounts({"k8s/sa.yaml": account("bot"), "iam/role.json": aws_role(action)})["bot"].cloud
    assert value_of(cloud.power) == power
    assert cloud.power.at.path == "iam/role.json"


def test_a_role_declared_elsewhere_has_no_known_power():
    (cloud,) = accounts({"k8s/sa.yaml": account("bot")})["bot"].cloud
    assert cloud.power is None
    assert value_of(cloud.shared_with) == ()


def test_who_else_becomes_the_role():
    found = accounts({"k8s/a.yaml": account("a"), "k8s/b.yaml": account("b"), "k8s/c.yaml": account("c", ARN + "2")})
    assert [value_of(found[name].cloud[0].shared_with) for name in "abc"] == [("b",), ("a",), ()]


OF_MODULE = """
variable "name" {}
resource "aws_iam_role" "own" {
  name               = var.name
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole",
    Principal = { Service = "pods.eks.amazonaws.com" } }] })
}
resource "kubernetes_service_account" "own" {
  metadata {
    name        = var.name
    namespace   = "shop"
    annotations = { "eks.amazonaws.com/role-arn" = aws_iam_role.own.arn }
  }
}
"""
BESIDE = OF_MODULE.replace("var.name", '"${var.name}-b"').replace('account" "own"', 'account" "other"')


@pytest.mark.parametrize(
    ("module", "shared"), [(OF_MODULE, False), (OF_MODULE + BESIDE[BESIDE.index('resource "kube') :], True)]
)
def test_each_instance_of_a_module_makes_its_own_role(module, shared):
    calls = "".join(f'module "{one}" {{\n source = "./account"\n name = "{one}"\n}}\n' for one in ("web", "api"))
    found = accounts({"main.tf": calls, "account/main.tf": module})
    named = {name: value_of(facts.cloud[0].shared_with) for name, facts in found.items() if facts.cloud}
    assert len(named) == (4 if shared else 2)
    assert all(len(others) == shared for others in named.values())


def test_a_role_that_trusts_one_subject_is_not_shared():
    host = "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE"
    equals = {"StringEquals": {f"{host}:sub": "system:serviceaccount:default:a"}}
    statement = {
        "Effect": "Allow",
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Principal": {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{host}"},
        "Condition": equals,
    }
    role = {"RoleName": "reports", "Arn": ARN, "AssumeRolePolicyDocument": {"Statement": [statement]}}
    found = accounts({"k8s/a.yaml": account("a"), "k8s/b.yaml": account("b"), "iam/role.json": json.dumps(role)})
    assert [value_of(found[name].cloud[0].shared_with) for name in "ab"] == [(), ()]


def roles(files):
    tree = MemoryTree({path: text.encode() for path, text in files.items()})
    found = link(gather(tree, Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))).resources)
    return {one.name: one.facts for one in found if one.kind == "identity" and one.format != "kubernetes"}


AUTH = (
    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: aws-auth\ndata:\n  mapRoles: |\n"
    "    - rolearn: arn:aws:iam::111122223333:role/{name}\n      groups: [{group}]\n"
)


@pytest.mark.parametrize(("group", "power"), [("system:masters", "administers"), ("viewers", "limited")])
def test_a_role_that_a_cluster_lets_in(group, power):
    found = roles(
        {"k8s/auth.yaml": AUTH.format(name="reports", group=group), "iam/role.json": aws_role("s3:GetObject")}
    )
    (access,) = found["reports"].cluster_access
    assert value_of(access.power) == power
    assert value_of(access.through) == group


def test_another_role_and_an_unreadable_list_are_left_alone():
    files = {"k8s/auth.yaml": AUTH.format(name="other", group="system:masters"), "iam/role.json": aws_role("*")}
    assert roles(files)["reports"].cluster_access == ()
    broken = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: aws-auth\ndata:\n  mapRoles: '{{ list'\n"
    assert roles({"k8s/auth.yaml": broken, "iam/role.json": aws_role("*")})["reports"].cluster_access == ()


NAMED = """resource "aws_iam_role" "r" {
  name               = "reports"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole",
    Principal = { Service = "ec2.amazonaws.com" } }] })
}
resource "aws_iam_role_policy" "p" {
  role   = aws_iam_role.r.name
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}
"""


def test_a_role_that_a_module_names():
    (cloud,) = accounts({"k8s/sa.yaml": account("bot"), "infra/role.tf": NAMED})["bot"].cloud
    assert value_of(cloud.power) == "administers"
    twice = {"k8s/sa.yaml": account("bot"), "infra/role.tf": NAMED, "other/role.tf": NAMED}
    (cloud,) = accounts(twice)["bot"].cloud
    assert cloud.power is None
