"""What nobody who could misuse it gets, by what stands here, is told less gravely and with that fact."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nhilint.api import scan
from nhilint.model.finding import Severity
from nhilint.settle.less_grave.out_of_reach import OF_POWER

WAYS = "identity-can-escalate"


def told(folder, files, check):
    """The severities and the words of the findings of one check."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return [(finding.severity, finding.message) for finding in scan(folder, select=[check]).findings]


def one(folder, files, check):
    (found,) = told(folder, files, check)
    return found


ROLE = """
resource "aws_iam_role" "shop" {
  name               = "shop"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole",
    Principal = { Service = "SERVICE" } }] })
}
resource "aws_iam_role_policy_attachment" "shop" {
  role       = aws_iam_role.shop.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonEC2FullAccess"
}
"""


@pytest.mark.parametrize(
    ("service", "severity", "said"),
    [("eks.amazonaws.com", Severity.LOW, True), ("lambda.amazonaws.com", Severity.HIGH, False)],
)
def test_the_power_of_a_control_plane(tmp_path, service, severity, said):
    grave, words = one(tmp_path, {"main.tf": ROLE.replace("SERVICE", service)}, WAYS)
    assert (grave, "control plane" in words) == (severity, said)


LOOSE = """
resource "aws_iam_policy" "left" {
  name   = "${local.space}RunNightlyTasks"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "iam:PassRole", Resource = "*" }] })
}
"""
BESIDE = """
resource "aws_iam_role_policy_attachment" "other" {
  role       = var.role
  policy_arn = "arn:aws:iam::aws:policy/AmazonECS_FullAccess"
}
"""
OUTPUT = 'output "left_policy_arn" { value = aws_iam_policy.left.arn }\n'
BACKEND = 'terraform { backend "s3" {} }\n'
CALL = 'module "iam" { source = "../iam" }\n'


@pytest.mark.parametrize(
    ("files", "is_left"),
    [
        ({"iam/main.tf": LOOSE + BESIDE}, True),
        ({"iam/main.tf": LOOSE + BESIDE + OUTPUT + BACKEND}, True),
        ({"iam/main.tf": LOOSE + BESIDE + OUTPUT, "iam/terragrunt.hcl": "inputs = {}"}, True),
        ({"iam/main.tf": LOOSE + BESIDE + OUTPUT, "live/main.tf": CALL}, True),
        ({"iam/main.tf": LOOSE}, False),
        ({"iam/main.tf": LOOSE + BESIDE + OUTPUT}, False),
        ({"iam/main.tf": LOOSE + BESIDE + OUTPUT + BACKEND, "app/role.md": "give it left_policy_arn"}, False),
        ({"iam/main.tf": LOOSE + BESIDE, "people/sets.json": '"DevRunNightlyTasks"'}, False),
        ({"iam/main.tf": LOOSE + BESIDE + "locals { all = [aws_iam_policy.left.arn] }"}, False),
        ({"iam/main.tf": LOOSE.replace("RunNightlyTasks", "run") + BESIDE}, False),
        ({"iam/main.tf": LOOSE.replace("{\n", "{\n  for_each = var.all\n", 1) + BESIDE}, False),
    ],
)
def test_a_policy_that_its_module_attaches_to_nobody(tmp_path, files, is_left):
    grave, words = one(tmp_path, files, "unlimited-pass-role")
    assert (grave is Severity.LOW, words.endswith("; nothing in this repository attaches the policy")) == (is_left,) * 2


NODES = """
resource "aws_iam_role" "nodes" {
  name               = "nodes"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole",
    Principal = { Service = "ec2.amazonaws.com" } }] })
}
resource "aws_iam_role_policy_attachment" "nodes" {
  role       = aws_iam_role.nodes.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy"
}
"""
SHELL = json.dumps({"Statement": [{"Effect": "Allow", "Action": "ssm:StartSession", "Resource": "*"}]})
FURTHER = SHELL.replace('"ssm:StartSession"', '["ssm:StartSession", "lambda:UpdateFunctionCode"]')


@pytest.mark.parametrize(
    ("policy", "more", "severity"),
    [
        (SHELL, {"nodes.tf": NODES}, Severity.MEDIUM),
        (SHELL, {}, Severity.HIGH),
        (FURTHER, {"nodes.tf": NODES}, Severity.HIGH),
        (SHELL, {"nodes.tf": NODES.replace("EKSWorkerNodePolicy", "SSMManagedInstanceCore")}, Severity.HIGH),
        (SHELL, {"nodes.tf": NODES.replace("AmazonEKSWorkerNodePolicy", "AdministratorAccess")}, Severity.HIGH),
        (SHELL, {"nodes.tf": NODES.replace('"arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy"', "var.more")}, 4),
        (SHELL, {"nodes.tf": NODES, "vpn.yaml": "role: AmazonSSMManagedInstanceCore"}, Severity.HIGH),
        (SHELL, {"nodes.tf": NODES, "cluster.yaml": "apiVersion: eksctl.io/v1alpha5"}, Severity.HIGH),
    ],
)
def test_a_shell_on_instances_without_an_agent(tmp_path, policy, more, severity):
    assert one(tmp_path, {"iam/builder.json": policy, **more}, WAYS)[0] == severity


USER = """
Resources:
  Mover:
    Type: AWS::IAM::User
    Properties:
      ManagedPolicyArns: ["arn:aws:iam::aws:policy/AWSApplicationMigrationAgentInstallationPolicy"]
  Key: {Type: AWS::IAM::AccessKey, Properties: {UserName: !Ref Mover}}
Outputs:
  Secret: {Value: !GetAtt Key.SecretAccessKey}
"""
READS = '[{PolicyName: p, PolicyDocument: {Statement: [{Effect: Allow, Action: "s3:GetObject", Resource: "arn:aws:s3:::a/*"}]}}]'


@pytest.mark.parametrize(
    ("template", "severity"),
    [
        (USER, Severity.MEDIUM),
        (USER.replace("AWSApplicationMigrationAgentInstallationPolicy", "AmazonS3ReadOnlyAccess"), Severity.HIGH),
        (USER.replace("Properties:\n      M", f"Properties:\n      Policies: {READS}\n      M"), Severity.HIGH),
    ],
)
def test_the_key_of_a_user_that_only_registers_servers(tmp_path, template, severity):
    assert one(tmp_path, {"template.yaml": template}, "secret-key-in-stack-outputs")[0] == severity


ENDS = ["logs:DeleteLogGroup", "sns:DeleteTopic", "ec2:DeleteVpc", "s3:DeleteBucket", "route53:DeleteHostedZone"]


@pytest.mark.parametrize(
    ("actions", "severity"),
    [
        (ENDS, Severity.LOW),
        (ENDS[:4], Severity.MEDIUM),
        ([*ENDS, "s3:CreateBucket"], Severity.MEDIUM),
        ([*ENDS, "cloudtrail:DeleteTrail"], Severity.MEDIUM),
    ],
)
def test_what_takes_stacks_down_ends_their_log_groups(tmp_path, actions, severity):
    policy = json.dumps({"Statement": [{"Effect": "Allow", "Action": actions, "Resource": "*"}]})
    assert one(tmp_path, {"iam/ending.json": policy}, "workload-may-silence-its-watch")[0] == severity


def test_the_checks_are_there():
    checks = Path(__file__).parents[3] / "checks"
    assert {path.stem for path in checks.rglob("*.yaml")} >= OF_POWER
