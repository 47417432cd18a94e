"""Roles of AWS that EKS Pod Identity gives to service accounts, as Terraform and CloudFormation state it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nhilint.gather import gather
from nhilint.link import link
from nhilint.model.fact import Unknown, known_records, value_of
from nhilint.settings import Settings
from nhilint.testing import WHEN, rendered, tree_of

ROLE = """
resource "aws_iam_role" "web" {
  name               = "web"
  assume_role_policy = "{}"
}
resource "aws_iam_role_policy_attachment" "web" {
  role       = aws_iam_role.web.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
"""
GIVEN = """
resource "aws_eks_pod_identity_association" "web" {
  cluster_name    = "main"
  namespace       = %s
  service_account = %s
  role_arn        = %s
  %s
}
"""
ARN = "arn:aws:iam::111122223333:role/"


def read(*files):
    gathered = gather(tree_of(files), Settings(root=Path(), now=WHEN))
    assert not gathered.problems
    found = [r for r in link(gathered.resources) if r.kind == "identity"]
    return {r.name: r.facts for r in found if value_of(r.facts.provider) == "kubernetes"}


def given(namespace='"agents"', account='"web"', role="aws_iam_role.web.arn", more="", rest=ROLE):
    return read(("infra/main.tf", rest + GIVEN % (namespace, account, role, more)))


def test_an_account_meets_the_role_of_the_same_module():
    account = given()["agents/web"]
    (cloud,) = known_records(account.cloud)
    assert (value_of(cloud.identity), value_of(cloud.power)) == ("aws_iam_role.web", "administers")
    assert rendered(cloud.at) == "infra/main.tf#/resource/aws_eks_pod_identity_association/web/0/role_arn"
    assert value_of(account.kind) == "service_account"


def test_a_role_by_its_id_is_met_by_the_name_in_it():
    (cloud,) = known_records(given(role=f'"{ARN}web"')["agents/web"].cloud)
    assert value_of(cloud.power) == "administers"


def test_pods_have_the_target_role_where_one_is_named():
    (cloud,) = known_records(given(more=f'target_role_arn = "{ARN}there"')["agents/web"].cloud)
    assert value_of(cloud.identity) == f"{ARN}there"


def test_an_object_of_the_module_is_the_account():
    account = """
resource "kubernetes_service_account" "bot" {
  metadata {
    name      = "bot"
    namespace = "agents"
  }
}
"""
    names = [f"kubernetes_service_account.bot.metadata[0].{key}" for key in ("namespace", "name")]
    facts = given(*names, rest=ROLE + account)
    assert list(facts) == ["agents/bot"]
    assert facts["agents/bot"].at.pointer[1] == "kubernetes_service_account"
    assert len(known_records(facts["agents/bot"].cloud)) == 1


def test_a_manifest_of_the_same_folder_declares_the_account_and_its_rights():
    manifest = "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: web\n"
    found = read(
        ("infra/main.tf", ROLE + GIVEN % ('"agents"', '"web"', "aws_iam_role.web.arn", "")),
        ("infra/k/sa.yaml", manifest),
    )
    assert list(found) == ["agents/web"]
    assert found["agents/web"].at.path == "infra/k/sa.yaml"
    assert len(known_records(found["agents/web"].cloud)) == 1


def test_the_same_role_in_two_clusters_is_one():
    again = GIVEN.replace('"web" {', '"again" {') % ('"agents"', '"web"', "aws_iam_role.web.arn", "")
    assert len(given(rest=ROLE + again)["agents/web"].cloud) == 1


@pytest.mark.parametrize("role", ["module.role.iam_role_arn", "var.arn", "each.value"])
def test_a_role_from_elsewhere_is_unknown(role):
    (cloud,) = given(role=role)["agents/web"].cloud
    assert isinstance(cloud, Unknown)


def test_an_account_that_a_run_tells_is_nobodys():
    assert given(account="var.account") == {}


def template(role):
    resources = {
        "Web": {
            "Type": "AWS::IAM::Role",
            "Properties": {"ManagedPolicyArns": ["arn:aws:iam::aws:policy/AdministratorAccess"]},
        },
        "Given": {
            "Type": "AWS::EKS::PodIdentityAssociation",
            "Properties": {"ClusterName": "main", "Namespace": "agents", "ServiceAccount": "web", "RoleArn": role},
        },
    }
    return read(("stack.json", json.dumps({"Resources": resources})))


@pytest.mark.parametrize("role", [{"Fn::GetAtt": ["Web", "Arn"]}, {"Fn::GetAtt": "Web.Arn"}, {"Fn::Sub": "${Web.Arn}"}])
def test_a_template_gives_its_own_role(role):
    (cloud,) = known_records(template(role)["agents/web"].cloud)
    assert (value_of(cloud.identity), value_of(cloud.power)) == ("Resources.Web", "administers")
    assert rendered(cloud.at).startswith("stack.json#/Resources/Given/Properties/RoleArn")


def test_a_parameter_of_a_template_is_unknown():
    (cloud,) = template({"Ref": "RoleArn"})["agents/web"].cloud
    assert isinstance(cloud, Unknown)


@pytest.mark.parametrize("odd", [None, [], {}, 7, True, "", [[]], {"Ref": []}, {"Fn::GetAtt": [1]}])
def test_odd_values_raise_nothing(odd):
    body = dict.fromkeys(("Namespace", "ServiceAccount", "RoleArn", "TargetRoleArn"), odd)
    resources = {"Given": {"Type": "AWS::EKS::PodIdentityAssociation", "Properties": body}}
    assert read(("stack.json", json.dumps({"Resources": resources}))).keys() <= {"7"}
