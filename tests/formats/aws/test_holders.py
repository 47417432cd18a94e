"""Who takes a principal, and what counts as sending mail only: a template is never taken for a harmless answer."""

from __future__ import annotations

import json

import pytest

from nhilint.formats.aws.deployers import purpose
from nhilint.formats.aws.identity import Holding, identity
from nhilint.formats.node import Node
from nhilint.model.fact import value_of
from nhilint.source.document import Syntax, read


def node(stated: object) -> Node:
    return Node.root(read("p.json", json.dumps(stated).encode(), Syntax.JSON))


def statement(principal: object, **more: object) -> dict[str, object]:
    return {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal} | more


def of_entra(tenant: str) -> dict[str, object]:
    issuer = f"sts.windows.net/{tenant}/"
    return statement(
        {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{issuer}"},
        Action="sts:AssumeRoleWithWebIdentity",
        Condition={"StringEquals": {f"{issuer}:aud": "api://scanner"}},
    )


RULES = {"Service": ["events.amazonaws.com", "scheduler.amazonaws.com"]}
CENTER = "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_admin_*"
WITH_ID = {"StringEquals": {"sts:ExternalId": "7f1c2a"}}
FACTOR = {"BoolIfExists": {"aws:MultiFactorAuthPresent": "true"}}
ROLE = "arn:aws:iam::111122223333:role"
ROOT = {"AWS": "arn:aws:iam::111122223333:root"}


@pytest.mark.parametrize(
    ("trusted", "taker"),
    [
        ([statement(RULES)], "schedule"),
        ([statement(RULES), statement({"Service": "states.amazonaws.com"})], "definition"),
        ([statement({"Service": "batchoperations.s3.amazonaws.com"})], "definition"),
        ([statement({"Service": "codedeploy.amazonaws.com"})], "definition"),
        ([statement({"Service": "ssm.amazonaws.com"})], "definition"),
        ([statement({"Service": "fis.amazonaws.com"})], "definition"),
        ([statement({"Service": "budgets.amazonaws.com"})], "definition"),
        ([statement({"Service": ["ssm.amazonaws.com", "ec2.amazonaws.com"]})], "anything"),
        ([statement({"Service": "eks.amazonaws.com"})], "control_plane"),
        ([statement({"Service": ["config.amazonaws.com", "autoscaling.amazonaws.com"]})], "control_plane"),
        ([statement({"Service": ["eks.amazonaws.com", "ec2.amazonaws.com"]})], "anything"),
        ([statement({"Service": "eks.amazonaws.com"}), statement(ROOT)], "anything"),
        (
            [statement({"Service": ["codedeploy.eu-west-1.amazonaws.com", "states.us-gov-west-1.amazonaws.com"]})],
            "definition",
        ),
        ([statement(RULES | ROOT)], "anything"),
        ([statement({"Service": "lambda.amazonaws.com"})], "anything"),
        ([statement({"Service": "${service}"})], "anything"),
        (["${statement}", statement(RULES)], "anything"),
        ([], "anything"),
        ([statement(ROOT, Condition={"ArnLike": {"aws:PrincipalArn": CENTER}})], "people"),
        ([statement(ROOT, Condition={"Bool": {"aws:MultiFactorAuthPresent": True}})], "people"),
        ([statement(ROOT, Condition={"Bool": {"aws:MultiFactorAuthPresent": False}})], "anything"),
        ([statement(ROOT, Condition={"ArnNotLike": {"aws:PrincipalArn": CENTER}})], "anything"),
        ([statement(ROOT, Condition={"ArnLike": {"aws:PrincipalArn": CENTER}}), statement(ROOT)], "anything"),
        ([statement({"Federated": "${directory}"}, Action="sts:AssumeRoleWithSAML")], "people"),
        ([statement({"AWS": "444455556666"}, Condition=WITH_ID)], "vendor"),
        ([statement({"AWS": "${vendor}"}, Condition=WITH_ID)], "vendor"),
        ([statement({"AWS": "arn:aws:iam::710019948333:role/RH-Technical-Support-Access"})], "vendor"),
        ([statement({"AWS": ["arn:aws:iam::710019948333:role/RH-Technical-Support-Access", "*"]})], "anything"),
        ([of_entra("33e01921-4d64-4f8c-a055-5bdaffd5e33d")], "vendor"),
        ([of_entra("11111111-4d64-4f8c-a055-5bdaffd5e33d")], "anything"),
        ([statement({"AWS": "444455556666"})], "anything"),
        ([statement({"AWS": "444455556666"}, Condition=WITH_ID), statement({"AWS": "444455556666"})], "anything"),
        ([statement({"Service": "lambda.amazonaws.com"}, Condition=WITH_ID)], "anything"),
        ([statement("*", Condition=WITH_ID)], "anything"),
    ],
)
def test_who_takes_a_role(trusted, taker):
    document = node({"Statement": trusted})
    facts = identity(Holding(kind="role", name="r", at=document.at, trust=document))
    assert value_of(facts.taken_by) == taker


@pytest.mark.parametrize(
    ("policy", "taker"),
    [("service-role/AmazonSSMAutomationRole", "definition"), ("AmazonSSMManagedInstanceCore", "anything")],
)
def test_a_machine_outside_of_ec2_takes_a_role_of_systems_manager_itself(policy, taker):
    document = node({"Statement": [statement({"Service": "ssm.amazonaws.com"})]})
    managed = (node(f"arn:aws:iam::aws:policy/{policy}"),)
    facts = identity(Holding(kind="role", name="r", at=document.at, trust=document, managed=managed))
    assert value_of(facts.taken_by) == taker


def test_a_role_of_an_aws_product_is_known_by_the_name_that_it_will_have():
    document = node({"Statement": [statement({"AWS": "${management}"})]})
    held = Holding(kind="role", name="Target", called="AWSControlTowerExecution", at=document.at, trust=document)
    assert value_of(identity(held).taken_by) == "deployment"


@pytest.mark.parametrize(
    ("name", "policy", "taker"),
    [
        ("TerraformAdminPlanRole", "arn:aws:iam::aws:policy/AdministratorAccess", "anything"),
        ("TerraformAdminPlanRole", "arn:aws:iam::aws:policy/ReadOnlyAccess", "deployment"),
        ("TerraformAdminRole", "arn:aws:iam::aws:policy/AdministratorAccess", "deployment"),
    ],
)
def test_what_only_plans_needs_no_administrators_policy(name, policy, taker):
    held = Holding(kind="role", name=name, at=node({}).at, managed=(node(policy),))
    assert value_of(identity(held).taken_by) == taker


@pytest.mark.parametrize(
    ("admitted", "taker"),
    [
        (["arn:aws:iam::${var.account}:role/acme-lz-apply"], "deployment"),
        (["arn:aws:iam::111122223333:role/terraform", "arn:aws:iam::111122223333:role/app-deploy"], "deployment"),
        (["arn:aws:iam::111122223333:role/terraform", "arn:aws:iam::111122223333:role/web"], "anything"),
        (["arn:aws:iam::111122223333:role/acme-lz-plan"], "anything"),
        (["arn:aws:iam::111122223333:user/apply"], "anything"),
        (["arn:aws:iam::111122223333:root"], "anything"),
    ],
)
def test_a_role_that_only_deploying_roles_enter_deploys(admitted, taker):
    document = node({"Statement": [statement({"AWS": admitted})]})
    assert value_of(identity(Holding(kind="role", name="r", at=document.at, trust=document)).taken_by) == taker


@pytest.mark.parametrize(
    ("principal", "action", "filled_in_later"),
    [
        ({"AWS": "arn:aws:iam::111111111111:root"}, "sts:AssumeRole", True),
        ({"AWS": ["111111111111", "arn:aws:iam::444455556666:root"]}, "sts:AssumeRole", False),
        ({"Federated": "${provider}"}, "sts:AssumeRoleWithWebIdentity", False),
        ({"Service": "lambda.amazonaws.com"}, "sts:AssumeRole", False),
    ],
)
def test_an_account_that_is_still_to_be_filled_in(principal, action, filled_in_later):
    document = node({"Statement": [statement(principal, Action=action)]})
    (way,) = identity(Holding(kind="role", name="r", at=document.at, trust=document)).trusts
    assert value_of(way.placeholder) is filled_in_later


def of_github(subject: str, operator: str = "StringLike") -> dict[str, object]:
    hub = "token.actions.githubusercontent.com"
    return statement(
        {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{hub}"},
        Action="sts:AssumeRoleWithWebIdentity",
        Condition={operator: {f"{hub}:sub": subject, f"{hub}:aud": "sts.amazonaws.com"}},
    )


def of_terraform_cloud(subject: str) -> dict[str, object]:
    return statement(
        {"Federated": "arn:aws:iam::111122223333:oidc-provider/app.terraform.io"},
        Action="sts:AssumeRoleWithWebIdentity",
        Condition={"StringLike": {"app.terraform.io:sub": subject, "app.terraform.io:aud": "aws.workload.identity"}},
    )


def of_a_cluster(account: str) -> dict[str, object]:
    issuer = "oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"
    return statement(
        {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{issuer}"},
        Action="sts:AssumeRoleWithWebIdentity",
        Condition={"StringLike": {f"{issuer}:sub": f"system:serviceaccount:{account}"}},
    )


@pytest.mark.parametrize(
    ("kind", "name", "trusted", "taker"),
    [
        ("role", "r", [statement({"Service": "cloudformation.amazonaws.com"})], "deployment"),
        ("role", "r", [statement({"Service": "cloudformation.sync.codeconnections.amazonaws.com"})], "deployment"),
        ("role", "r", [statement({"Service": "cloudformation.amazonaws.com"}), statement(ROOT)], "anything"),
        ("role", "r", [of_github("repo:acme/web:ref:refs/heads/main")], "deployment"),
        ("role", "r", [of_github("repo:${owner}/${name}:environment:production")], "deployment"),
        ("role", "r", [of_github("repo:${owner}/${name}:ref:refs/heads/${branch}")], "anything"),
        ("role", "r", [of_github("repo:acme/${name}:environment:${stage}", "StringEquals")], "deployment"),
        ("role", "r", [of_github("repo:acme/${name}:${claim}", "StringEquals")], "anything"),
        ("role", "r", [of_github("repo:${owner}/${name}:pull_request")], "anything"),
        ("role", "deploy", [of_github("repo:acme/web:*")], "anything"),
        ("role", "AWSCloudFormationStackSetExecutionRole", [statement({"AWS": "${management}"})], "deployment"),
        ("role", "AWSControlTowerExecution", [statement("*")], "anything"),
        ("role", "DeployMaster", [statement(ROOT)], "deployment"),
        ("role", "Deployments-terraform", [statement({"Service": "lambda.amazonaws.com"})], "anything"),
        ("role", "DeployMaster", ["${statement}"], "anything"),
        ("role", "builds", [statement({"AWS": f"{ROLE}/AWSCloudFormationStackSetAdministrationRole"})], "deployment"),
        ("role", "builds", [statement({"AWS": f"{ROLE}/AnyStackSetAdministrationRole"})], "anything"),
        ("role", "NetworkEngineer", [statement(ROOT, Condition=FACTOR)], "people"),
        ("role", "NetworkEngineer", [statement(ROOT, Condition={"Bool": {"aws:SecureTransport": "true"}})], "anything"),
        ("role", "NetworkAgent", [statement(ROOT, Condition=FACTOR)], "anything"),
        ("role", "itsre-admin", [statement(ROOT)], "people"),
        ("role", "itsre-admin", [statement(ROOT), statement({"Service": "lambda.amazonaws.com"})], "anything"),
        ("role", "itsre-admin", [statement({"AWS": "arn:aws:iam::111122223333:role/agent"})], "anything"),
        ("role", "AWSIAMAdminRole", [statement(ROOT)], "people"),
        ("role", "itsre-admin", [statement({"AWS": "arn:aws:iam::111122223333:user/jane"})], "people"),
        ("role", "itsre-admin", [statement({"AWS": "arn:aws:iam::111122223333:user/ci-bot"})], "anything"),
        ("role", "itsre", [statement({"AWS": "arn:aws:iam::111122223333:user/jane"})], "anything"),
        ("role", "itsre", [statement(ROOT)], "anything"),
        ("role", "DeployMaster", [statement("*")], "anything"),
        ("policy", "terraform-plan.json", [], "deployment"),
        ("policy", "acme-cloudformation-role", [], "anything"),
        ("policy", "redeployed.json", [], "anything"),
        ("user", "terraform", [], "anything"),
        ("role", "r", [of_terraform_cloud("organization:acme:project:*:workspace:*:run_phase:*")], "deployment"),
        ("role", "r", [of_terraform_cloud("*")], "anything"),
        ("role", "prod-atlantis", [statement({"Service": "ecs-tasks.amazonaws.com"})], "deployment"),
        ("role", "prod-atlantis", [of_github("repo:acme/web:*")], "anything"),
        ("role", "prod-atlantis", [statement("*")], "anything"),
        ("role", "prod-atlantis", [statement(ROOT | {"AWS": [ROOT["AWS"], "${more}"]})], "deployment"),
        ("role", "prod-atlantis", [statement({"AWS": "${somebody}"})], "anything"),
        (
            "role",
            "hub-crossplane",
            [of_a_cluster("hub:tofu") | {"Principal": {"Federated": "${provider}"}}],
            "deployment",
        ),
        ("role", "hub-crossplane", [of_github("repo:a/b:*") | {"Principal": {"Federated": "${hub}"}}], "anything"),
        ("policy", "crossplane-policy.json", [], "deployment"),
        ("role", "irsa", [of_a_cluster("crossplane-system:provider-aws-*")], "deployment"),
        ("role", "irsa", [of_a_cluster("web:provider-aws-*")], "anything"),
        ("role", "irsa", [of_a_cluster("crossplane-system:x"), of_a_cluster("web:x")], "anything"),
        ("policy", "CDKCustomExecutionPolicy0", [], "deployment"),
        ("role", "cloudformation-execution", [of_github("repo:acme/web:*")], "anything"),
        ("policy", "lambda-execution-cdk", [], "anything"),
    ],
)
def test_what_builds_infrastructure(kind, name, trusted, taker):
    document = node({"Statement": trusted})
    facts = identity(Holding(kind=kind, name=name, at=document.at, trust=document if trusted else None))
    assert value_of(facts.taken_by) == taker


@pytest.mark.parametrize(
    ("statements", "only_mail"),
    [
        ([{"Effect": "Allow", "Action": ["ses:SendEmail", "SES:SendRawEmail"], "Resource": "*"}], True),
        ([{"Effect": "Allow", "Action": ["ses:SendEmail", "ses:CreateTemplate"], "Resource": "*"}], False),
        ([{"Effect": "Allow", "Action": ["ses:SendEmail", "ses:GetSendQuota", "ses:ListIdentities"]}], True),
        ([{"Effect": "Allow", "Action": ["ses:SendEmail", "ses:ListContacts"], "Resource": "*"}], False),
        ([{"Effect": "Allow", "Action": "ses:GetSendQuota", "Resource": "*"}], False),
        ([{"Effect": "Allow", "NotAction": "ses:SendEmail", "Resource": "*"}], False),
        ([{"Effect": "Allow", "Action": "ses:SendEmail", "Resource": "*"}, "${more}"], False),
        ([{"Effect": "Deny", "Action": "ses:SendEmail", "Resource": "*"}], False),
        ([], False),
    ],
)
def test_what_only_sends_mail(statements, only_mail):
    document = node({"Statement": statements})
    facts = identity(Holding(kind="user", name="u", at=document.at, documents=(document,)))
    assert value_of(facts.only_sends_mail) is only_mail


@pytest.mark.parametrize(
    ("action", "managed", "only_reports"),
    [
        (["xray:PutTraceSegments", "logs:PutLogEvents", "cloudwatch:PutMetricData"], (), True),
        (["xray:PutTraceSegments", "s3:GetObject"], (), False),
        ("logs:*", (), False),
        ("logs:PutLogEvents", ("arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess",), True),
        ("logs:PutLogEvents", ("arn:aws:iam::aws:policy/AmazonS3FullAccess",), False),
        ("logs:PutLogEvents", ("${policy}",), False),
    ],
)
def test_what_only_reports(action, managed, only_reports):
    document = node({"Statement": [{"Effect": "Allow", "Action": action, "Resource": "*"}]})
    held = tuple(node(arn) for arn in managed)
    facts = identity(Holding(kind="role", name="r", at=document.at, documents=(document,), managed=held))
    assert value_of(facts.only_reports) is only_reports


@pytest.mark.parametrize(
    ("operator", "value", "taker"),
    [("BoolIfExists", "false", "people"), ("Bool", "false", "anything"), ("BoolIfExists", "true", "anything")],
)
def test_a_user_whose_keys_alone_do_nothing_is_a_persons(operator, value, taker):
    asked = {operator: {"aws:MultiFactorAuthPresent": value}}
    denial = {"Effect": "Deny", "NotAction": "iam:EnableMFADevice", "Resource": "*", "Condition": asked}
    document = node({"Statement": [denial]})
    assert value_of(identity(Holding(kind="user", name="u", at=document.at, documents=(document,))).taken_by) == taker
    role = identity(Holding(kind="role", name="u", at=document.at, documents=(document,)))
    assert value_of(role.taken_by) == "anything"


def test_a_user_with_a_password_is_a_persons():
    at = node({}).at
    assert value_of(identity(Holding(kind="user", name="u", at=at, signs_in=True)).taken_by) == "people"


def test_the_stated_part_of_a_name_tells_what_deploys():
    at = node({}).at
    facts = identity(Holding(kind="policy", name="shared", called="…-terraform-scoped", at=at))
    assert value_of(facts.taken_by) == "deployment"


@pytest.mark.parametrize(
    ("name", "account", "taker"),
    [
        ("ops_role", "${data.x.identities_account_id.value}", "people"),
        ("support", "${var.users_account}", "people"),
        ("ops_role", "${var.workloads_account}", "anything"),
        ("ops_role", "111122223333", "anything"),
        ("backup", "${var.users_account}", "anything"),
    ],
)
def test_what_people_look_after_things_with(name, account, taker):
    trust = node({"Statement": [statement({"AWS": f"arn:aws:iam::{account}:root"})]})
    found = identity(Holding(kind="role", name=name, at=trust.at, trust=trust))
    assert value_of(found.taken_by) == taker


@pytest.mark.parametrize(
    ("name", "principal", "taker"),
    [
        ("breakglass-role", {"AWS": "arn:aws:iam::111122223333:user/tariff-breakglass"}, "people"),
        ("BreakGlass", ROOT, "people"),
        ("breakglass", {"AWS": [*ROOT.values(), "arn:aws:iam::444455556666:user/BreakglassUser"]}, "people"),
        ("breakglass", {"AWS": [*ROOT.values(), "arn:aws:iam::444455556666:user/jenkins"]}, "anything"),
        ("breakglass", {"AWS": [*ROOT.values(), f"{ROLE}/night"]}, "anything"),
        ("emergency_access", ROOT, "people"),
        ("emergencyroom-api", ROOT, "anything"),
        ("break-glass", {"Service": "lambda.amazonaws.com"}, "anything"),
        ("break-glass", {"AWS": "arn:aws:iam::111122223333:user/jenkins"}, "anything"),
    ],
)
def test_what_people_enter_by_when_nothing_else_lets_them_in(name, principal, taker):
    trust = node({"Statement": [statement(principal)]})
    assert value_of(identity(Holding(kind="role", name=name, at=trust.at, trust=trust)).taken_by) == taker


@pytest.mark.parametrize(
    ("description", "says"),
    [
        ("policy to allow terraform to run from tooling", True),
        ("used by acme/infra workflows to deploy terraform configs", True),
        ("Delegated Atlantis (Terraform Automation) role", True),
        ("Managed by Terraform", False),
        ("Role of the web service, created with Terraform", False),
        ("lets the agent deploy its answers", False),
    ],
)
def test_what_a_description_says_of_deploying(description, says):
    assert bool(purpose(description)) is says
