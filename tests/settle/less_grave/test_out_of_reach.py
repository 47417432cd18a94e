"""What nobody who could misuse it gets, by what stands here, is told less gravely and with that fact, or is hidden."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nhilint.api import scan
from nhilint.model.finding import Confidence, Disposition, Severity
from nhilint.settle.less_grave.out_of_reach import OF_POWER

WAYS = "identity-can-escalate"


def found_in(folder, files, check):
    """The findings of one check, in order."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return scan(folder, select=[check]).findings


def one(folder, files, check):
    """The severity and the words of the only finding of a check."""
    (found,) = found_in(folder, files, check)
    return found.severity, found.message


def doubt_of(folder, files, check):
    """Why the only finding of a check is hidden; empty for one that is told."""
    (found,) = found_in(folder, files, check)
    hidden = found.disposition is Disposition.HIDDEN
    assert hidden == bool(found.doubt) == (found.confidence is Confidence.LOW)
    return found.doubt


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
    ("service", "hidden"),
    [("eks.amazonaws.com", True), ("config.amazonaws.com", True), ("lambda.amazonaws.com", False)],
)
def test_the_power_of_a_control_plane_is_not_told(tmp_path, service, hidden):
    assert ("control plane" in doubt_of(tmp_path, {"main.tf": ROLE.replace("SERVICE", service)}, WAYS)) == hidden


WHOLE = ROLE.replace("AmazonEC2FullAccess", "AmazonS3FullAccess")
BOTH = ROLE.replace('"SERVICE"', '["apigateway.amazonaws.com", "lambda.amazonaws.com"]')


@pytest.mark.parametrize(
    ("role", "severity"),
    [
        (WHOLE.replace("SERVICE", "apigateway.amazonaws.com"), Severity.MEDIUM),
        (WHOLE.replace("SERVICE", "lambda.amazonaws.com"), Severity.HIGH),
        (BOTH.replace("AmazonEC2FullAccess", "AmazonS3FullAccess"), Severity.HIGH),
    ],
)
def test_a_service_that_makes_the_calls_that_it_is_set_up_for(tmp_path, role, severity):
    told, words = one(tmp_path, {"main.tf": role}, "whole-service-wildcard")
    assert told == severity
    assert words.endswith("the calls that it is set up for") is (severity < Severity.HIGH)


RECORDER = ROLE.replace("SERVICE", "config.amazonaws.com").replace(
    'policy_arn = "arn:aws:iam::aws:policy/AmazonEC2FullAccess"', "policy_arn = aws_iam_policy.shop.arn"
)
ENDS_IT = """
resource "aws_iam_policy" "shop" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "config:StopConfigurationRecorder", Resource = "*" }] })
}
"""


@pytest.mark.parametrize(("service", "hidden"), [("config", True), ("lambda", False)])
def test_a_recorder_that_may_end_itself(tmp_path, service, hidden):
    files = {"main.tf": RECORDER.replace("config.amazonaws", f"{service}.amazonaws") + ENDS_IT}
    assert bool(doubt_of(tmp_path, files, "workload-may-silence-its-watch")) == hidden


STARTER = """
resource "aws_ecs_task_definition" "shop" {
  family                = "shop"
  container_definitions = "[]"
  WITH                  = aws_iam_role.shop.arn
}
"""


@pytest.mark.parametrize(
    ("given", "severity", "said"),
    [("execution_role_arn", Severity.MEDIUM, True), ("task_role_arn", Severity.HIGH, False)],
)
def test_what_ecs_starts_tasks_with(tmp_path, given, severity, said):
    files = {"main.tf": ROLE.replace("SERVICE", "ecs-tasks.amazonaws.com") + STARTER.replace("WITH", given)}
    grave, words = one(tmp_path, files, WAYS)
    assert (grave, "starts tasks with it" in words) == (severity, said)


@pytest.mark.parametrize(
    ("services", "severity"),
    [
        ('"elasticmapreduce.amazonaws.com"', Severity.MEDIUM),
        ('["elasticmapreduce.amazonaws.com", "ec2.amazonaws.com"]', Severity.HIGH),
    ],
)
def test_what_starts_the_machines_of_clusters(tmp_path, services, severity):
    grave, words = one(tmp_path, {"main.tf": ROLE.replace('"SERVICE"', services)}, WAYS)
    assert (grave, "only Amazon EMR takes it" in words) == (severity, severity < Severity.HIGH)


def test_jobs_on_clusters_of_kubernetes_hold_a_role_that_is_made_for_emr_first(tmp_path):
    opens = "aws emr-containers update-role-trust-policy --cluster-name shop --role-name shop\n"
    files = {"main.tf": ROLE.replace("SERVICE", "elasticmapreduce.amazonaws.com"), "open.sh": opens}
    assert one(tmp_path, files, WAYS)[0] == Severity.HIGH


@pytest.mark.parametrize(
    ("service", "severity"), [("elasticmapreduce", Severity.MEDIUM), ("emr-serverless", Severity.HIGH)]
)
def test_what_starts_the_machines_of_clusters_reads_for_nobody(tmp_path, service, severity):
    grave, words = one(
        tmp_path, {"main.tf": WHOLE.replace("SERVICE", f"{service}.amazonaws.com")}, "whole-service-wildcard"
    )
    assert (grave, "only Amazon EMR takes it" in words) == (severity, severity < Severity.HIGH)


READS_PARAMETERS = """
resource "aws_iam_role_policy" "shop" {
  role   = aws_iam_role.shop.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["ssm:GetParameter", "MORE"], Resource = "*" }] })
}
"""


@pytest.mark.parametrize(
    ("carried", "more", "severity"),
    [
        ("AmazonSSMManagedInstanceCore", "ssm:GetParameters", Severity.LOW),
        ("AmazonSSMManagedInstanceCore", "ssm:GetParametersByPath", Severity.MEDIUM),
        ("AmazonSSMPatchAssociation", "ssm:GetParameters", Severity.MEDIUM),
    ],
)
def test_parameters_that_the_agent_of_a_machine_reads_anyway(tmp_path, carried, more, severity):
    role = ROLE.replace("SERVICE", "ec2.amazonaws.com").replace("AmazonEC2FullAccess", carried)
    files = {"main.tf": role + READS_PARAMETERS.replace("MORE", more)}
    grave, words = one(tmp_path, files, "parameters-of-every-workload")
    assert (grave, "agent of Systems Manager" in words) == (severity, severity == Severity.LOW)


READS_SECRETS = """
resource "aws_iam_role_policy" "shop" {
  role   = aws_iam_role.shop.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = "*" }] })
}
"""


@pytest.mark.parametrize(
    ("service", "severity"),
    [("mediapackage", Severity.LOW), ("firehose", Severity.MEDIUM), ("lambda", Severity.HIGH)],
)
def test_who_reads_secrets_and_only_compares_them(tmp_path, service, severity):
    role = ROLE.partition('resource "aws_iam_role_policy_attachment"')[0]
    files = {"main.tf": role.replace("SERVICE", f"{service}.amazonaws.com") + READS_SECRETS}
    grave, words = one(tmp_path, files, "secrets-of-every-workload")
    assert (grave, "gives none out" in words) == (severity, severity == Severity.LOW)


SET_UP = """
Resources:
  Setter:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Action: "sts:AssumeRole", Principal: {Service: lambda.amazonaws.com}}]
      Policies:
        - PolicyName: sets
          PolicyDocument:
            Statement: [{Effect: Allow, Resource: "*", Action: ["cognito-idp:AdminCreateUser", "s3:GetObject"]}]
  Setting:
    Type: AWS::Lambda::Function
    Properties: {Handler: index.run, Role: !GetAtt Setter.Arn}
  Users:
    Type: Custom::Users
    Properties: {ServiceToken: !GetAtt Setting.Arn, Names: anna}
"""
OF_CHANGES = "permission-change-on-every-resource"
AS_STACKS_CHANGE = "only functions run as it that CloudFormation calls, as the stack changes"


def test_what_only_functions_of_custom_resources_hold(tmp_path):
    grave, words = one(tmp_path, {"stack.yaml": SET_UP}, OF_CHANGES)
    assert grave == Severity.LOW
    assert words.endswith(AS_STACKS_CHANGE)
    grave, words = one(tmp_path, {"stack.yaml": SET_UP}, "stored-data-of-every-workload")
    assert grave == Severity.LOW
    assert words.endswith(AS_STACKS_CHANGE)


@pytest.mark.parametrize(
    "more",
    [
        "  Rule: {Type: 'AWS::Events::Rule', Properties: {Targets: [{Id: a, Arn: !GetAtt Setting.Arn}]}}\n",
        "  Open: {Type: 'AWS::Lambda::Permission', Properties: {FunctionName: !Ref Setting, Principal: s3.amazonaws.com}}\n",
        "  Task: {Type: 'AWS::ECS::TaskDefinition', Properties: {TaskRoleArn: !GetAtt Setter.Arn}}\n",
        "  Api: {Type: 'AWS::Lambda::Function', Properties: {Role: !If [Own, !GetAtt Setter.Arn, x]}}\n",
        "  Own: {Type: 'Custom::Own', Properties: {ServiceToken: x, CallsBack: !Sub '${Setting.Arn}:live'}}\n",
        "Outputs: {Shown: {Value: !GetAtt Setting.Arn}}\n",
    ],
)
def test_what_something_else_may_call_or_hold(tmp_path, more):
    grave, words = one(tmp_path, {"stack.yaml": SET_UP + more}, OF_CHANGES)
    assert grave == Severity.MEDIUM
    assert AS_STACKS_CHANGE not in words


def test_what_a_module_made_for_tasks_gets_under_another_name(tmp_path):
    role = ROLE.replace("SERVICE", "ecs-tasks.amazonaws.com")
    files = {
        "roles/main.tf": f'{role}output "starter" {{ value = aws_iam_role.shop.arn }}\n',
        "main.tf": 'module "roles" { source = "./roles" }\nmodule "app" {\n  source = "./app"\n'
        "  task-execution-arn = module.roles.starter\n}\n",
        "app/main.tf": 'variable "task-execution-arn" {}\n'
        + STARTER.replace("WITH", "execution_role_arn").replace("aws_iam_role.shop.arn", "var.task-execution-arn"),
    }
    assert one(tmp_path, files, WAYS)[0] == Severity.MEDIUM


VENDOR = """
resource "aws_iam_role" "setup" {
  name               = "setup"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole",
    Principal = { AWS = [PRINCIPALS] } }] })
}
resource "aws_iam_role_policy" "setup" {
  role   = aws_iam_role.setup.name
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = [ACTIONS], Resource = "*" }] })
}
"""
INSTALLER = '"arn:aws:iam::710019948333:role/RH-Managed-OpenShift-Installer"'
STARTS = '"ec2:RunInstances", "iam:PassRole"'


@pytest.mark.parametrize(
    ("principals", "actions", "hidden"),
    [
        (INSTALLER, STARTS, True),
        (f'{INSTALLER}, "arn:aws:iam::111122223333:role/ours"', STARTS, False),
        ('"arn:aws:iam::710019948333:root"', STARTS, False),
        (INSTALLER.replace("710019948333", "111122223333"), STARTS, False),
        (INSTALLER.replace("Installer", "Other"), STARTS, False),
        (INSTALLER, f'{STARTS}, "iam:PutRolePolicy"', False),
        (INSTALLER.replace("Managed-OpenShift-Installer", "Technical-Support-1"), STARTS, False),
    ],
)
def test_what_a_vendor_asks_for_a_role_that_only_its_own_role_takes(tmp_path, principals, actions, hidden):
    files = {"main.tf": VENDOR.replace("PRINCIPALS", principals).replace("ACTIONS", actions)}
    assert ("Red Hat" in doubt_of(tmp_path, files, WAYS)) == hidden


def test_passing_any_role_that_a_vendor_asks_for(tmp_path):
    files = {"main.tf": VENDOR.replace("PRINCIPALS", INSTALLER).replace("ACTIONS", '"iam:PassRole"')}
    assert "Red Hat" in doubt_of(tmp_path, files, "unlimited-pass-role")


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
    doubt = doubt_of(tmp_path, files, "unlimited-pass-role")
    assert doubt == ("nothing in this repository attaches the policy" if is_left else "")


NAMESAKE = """
resource "aws_iam_role" "left" {
  name               = "left"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole",
    Principal = { Service = "lambda.amazonaws.com" } }] })
}
"""


def test_a_role_that_is_called_as_the_policy_is_does_not_hold_it(tmp_path):
    files = {"iam/main.tf": LOOSE + BESIDE + NAMESAKE}
    assert doubt_of(tmp_path, files, "unlimited-pass-role")


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


ITSELF = """
resource "aws_iam_role" "NAME" {
  name               = "NAME"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole",
    Principal = { Service = "SERVICE.amazonaws.com" } }] })
}
resource "aws_iam_role_policy" "NAME" {
  role   = aws_iam_role.NAME.id
  policy = file("${path.module}/POLICY.json")
}
"""
MANAGED = json.dumps({"Statement": [{"Effect": "Allow", "Action": ["ssm:*", "ec2messages:*"], "Resource": "*"}]})
PLAIN = json.dumps({"Statement": [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::a"}]})


def itself(name, policy, service="ec2"):
    return ITSELF.replace("NAME", name).replace("POLICY", policy).replace("SERVICE", service)


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        (itself("node", "node") + itself("data", "plain"), Severity.MEDIUM),
        (itself("node", "node") + itself("data", "other"), Severity.HIGH),
        (itself("node", "node", "lambda") + itself("data", "plain"), Severity.HIGH),
    ],
)
def test_a_shell_on_instances_of_its_own_role_wins_nothing(tmp_path, text, severity):
    other = MANAGED.replace('"ssm:*", ', "")
    every = {"node.json": MANAGED, "plain.json": PLAIN, "other.json": other}
    files = {path: policy for path, policy in every.items() if f"/{path}" in text}
    assert one(tmp_path, {"main.tf": text, **files}, WAYS)[0] == severity


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


ADMINISTRATOR = ROLE.replace("AmazonEC2FullAccess", "AdministratorAccess")
OF_PIPELINES = ADMINISTRATOR.replace("SERVICE", "codepipeline.amazonaws.com")
COMMANDS = 'locals {\n  category = "Compute"\n  provider = "Commands"\n}\n'


@pytest.mark.parametrize(
    ("role", "more", "severity"),
    [
        (ADMINISTRATOR.replace("SERVICE", "firehose.amazonaws.com"), "", Severity.MEDIUM),
        (ADMINISTRATOR.replace("SERVICE", "firehose.amazonaws.com"), COMMANDS, Severity.MEDIUM),
        (OF_PIPELINES, "", Severity.MEDIUM),
        (OF_PIPELINES, COMMANDS, Severity.HIGH),
        (ADMINISTRATOR.replace("SERVICE", "ec2.amazonaws.com"), "", Severity.HIGH),
    ],
)
def test_an_administrator_that_runs_nobodys_code(tmp_path, role, more, severity):
    told, words = one(tmp_path, {"main.tf": role, "pipeline.tf": more}, "administrator-policy-attached")
    assert told == severity
    assert words.endswith("the calls that it is set up for") is (severity < Severity.HIGH)


CREW = """
resource "aws_iam_role_policy" "crew" {
  role   = aws_iam_role.crew.name
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["ecs:ExecuteCommand", "ecs:DescribeTasks"],
    Resource = "*" }] })
}
resource "aws_iam_role" "crew" {
  name               = "crew"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole",
    Principal = { Service = "lambda.amazonaws.com" } }] })
}
"""
TASK_ROLE = ROLE.replace("SERVICE", "ecs-tasks.amazonaws.com").replace("AmazonEC2FullAccess", "AmazonSQSFullAccess")


@pytest.mark.parametrize(
    ("tasks", "severity"),
    [
        (TASK_ROLE, Severity.MEDIUM),
        ("", Severity.HIGH),
        (TASK_ROLE.replace("AmazonSQSFullAccess", "AmazonSSMManagedInstanceCore"), Severity.HIGH),
        (TASK_ROLE.replace("AmazonSQSFullAccess", "AdministratorAccess"), Severity.HIGH),
        (TASK_ROLE + 'variable "x" {\n  default = "ssmmessages:CreateDataChannel"\n}\n', Severity.HIGH),
        (TASK_ROLE + "# enable_execute_command = true\n", Severity.HIGH),
    ],
)
def test_commands_in_containers_without_an_agent(tmp_path, tasks, severity):
    told, words = one(tmp_path, {"crew.tf": CREW, "tasks.tf": tasks}, WAYS)
    assert told == severity
    assert words.endswith("nothing enables it") is (severity < Severity.HIGH)


SETS_RECORDS = SET_UP.replace('["cognito-idp:AdminCreateUser", "s3:GetObject"]', '["config:*ConfigurationRecorder"]')
ENDS_RECORDS = SETS_RECORDS.replace("config:*Conf", "config:StopConf")
RECORDS = "workload-may-silence-its-watch"


def test_functions_of_custom_resources_that_set_up_records(tmp_path):
    assert "set up what they end" in doubt_of(tmp_path, {"stack.yaml": SETS_RECORDS}, RECORDS)


@pytest.mark.parametrize("stack", [ENDS_RECORDS, SETS_RECORDS.partition("  Users:")[0]])
def test_functions_that_end_records_otherwise(tmp_path, stack):
    assert doubt_of(tmp_path, {"stack.yaml": stack}, RECORDS) == ""
