"""What a block says that nothing makes by default is told less gravely, with the variable that makes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhilint.pipeline import settle
from nhilint.policies import builtin_folder, compile_policies
from nhilint.settings import Settings
from nhilint.testing import WHEN, tree_of

ADMIN = """
variable "options" {}
resource "azurerm_role_assignment" "all" {
  count                = var.options.whole && length(var.options.id) == 0 ? 1 : 0
  scope                = data.azurerm_subscription.primary.id
  role_definition_name = "User Access Administrator"
  principal_id         = azurerm_user_assigned_identity.deployer.principal_id
}
resource "azurerm_user_assigned_identity" "deployer" { name = "deployer" }
"""
ROOT = """
variable "rights_on_all" { default = false }
variable "id" { default = "" }
locals { options = {
  whole = var.rights_on_all
  id    = var.id
} }
module "deployer" {
  source  = "../unit"
  options = local.options
}
"""
KEY = """
variable "make_user" { default = %s }
resource "aws_iam_user" "ci" {
  count = var.make_user ? 1 : 0
  name  = "ci"
}
resource "aws_iam_user_policy_attachment" "ci" {
  count      = var.make_user ? 1 : 0
  user       = aws_iam_user.ci[0].name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
"""
"""A user that a variable makes, with its default."""


@pytest.fixture(scope="module")
def checks():
    return compile_policies((builtin_folder(),)).checks


def told(known, check, files):
    tree, settings = tree_of(tuple(files.items())), Settings(root=Path(), now=WHEN)
    checks = [one for one in known if one.id == check]
    found = [(one.severity.word, one.message) for one in settle(tree, settings, checks).now.findings]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("more", "severity"),
    [
        ({}, "medium"),
        ({"env/prod.tfvars": "rights_on_all = false\n"}, "medium"),
        ({"env/prod.tfvars.json": '{"rights_on_all": false}'}, "medium"),
        ({"inputs.hcl": 'rights_on_all = ""\n'}, "medium"),
        ({"porter.yaml": "rights_on_all:\n  type: boolean\n"}, "medium"),
        ({"env/prod.tfvars": "rights_on_all = true\n"}, "high"),
        ({"env/prod.tfvars.json": '{"rights_on_all": true}'}, "high"),
        ({".github/workflows/plan.yml": "env:\n  TF_VAR_rights_on_all: true\n"}, "high"),
        ({"deploy.sh": "terraform apply -var rights_on_all=true\n"}, "high"),
        ({"other/main.tf": ROOT.replace("default = false", "default = true")}, "high"),
    ],
)
def test_a_switch_that_is_handed_down_from_the_root(checks, more, severity):
    files = {"unit/main.tf": ADMIN, "run/main.tf": ROOT} | more
    found, message = told(checks, "administrator-role-on-subscription", files)
    assert found == severity
    assert message.endswith("; off by default, made where rights_on_all is set") == (severity == "medium")


@pytest.mark.parametrize(("default", "severity"), [("false", "medium"), ("true", "high")])
def test_a_module_without_callers_keeps_its_own_default(checks, default, severity):
    assert told(checks, "administrator-policy-attached", {"main.tf": KEY % default})[0] == severity


def test_a_list_that_nobody_filled_yet_is_no_switch(checks):
    of_users = KEY.replace("count = var.make_user ? 1 : 0", "for_each = toset(var.make_user)")
    of_users = of_users.replace("count      = var.make_user ? 1 : 0", "count = length(var.make_user) > 0 ? 1 : 0")
    assert told(checks, "administrator-policy-attached", {"main.tf": of_users % "[]"})[0] == "high"


def user(condition, *variables):
    """A user that is made where a condition holds."""
    return "\n".join(variables) + KEY.replace('variable "make_user" { default = %s }', "").replace(
        "var.make_user ? 1 : 0", condition
    )


AGENT = """variable "agent" {
  type    = object({ on = optional(bool, false), size = optional(number, 3) })
  default = {}
}"""
CREATE = 'variable "create" { default = true }'


@pytest.mark.parametrize(
    ("condition", "variables", "switch"),
    [
        ("var.old ? 0 : 1", ['variable "old" { default = true }'], "old is false"),
        ("!var.old ? 1 : 0", ['variable "old" { default = true }'], "old is false"),
        ("(var.create && !var.old) ? 1 : 0", [CREATE, 'variable "old" { default = true }'], "old is false"),
        (
            "local.new ? 1 : 0",
            ['variable "old" { default = true }', "locals { new = var.old ? false : true }"],
            "old is false",
        ),
        ('var.with == "user" ? 1 : 0', ['variable "with" { default = "none" }'], "with is user"),
        ('var.with != "role" ? 1 : 0', ['variable "with" { default = "role" }'], "with is not role"),
        ('var.arn == "" ? 1 : 0', ['variable "arn" { default = "arn:aws:iam::1:user/x" }'], "arn is empty"),
        ("var.create && var.agent.on ? 1 : 0", [CREATE, AGENT], "agent.on is set"),
        ("var.create && try(var.agent.on, false) ? 1 : 0", [CREATE, AGENT], "agent.on is set"),
        (
            'contains(var.kinds, "user") ? 1 : 0',
            ['variable "kinds" { default = ["role"] }'],
            "kinds is a list with user",
        ),
        (
            'var.create && contains(var.kinds, "user") ? 1 : 0',
            [CREATE, 'variable "kinds" { default = [] }'],
            "kinds is a list with user",
        ),
        (
            'var.create && var.more && contains(var.kinds, "user") ? 1 : 0',
            [CREATE, 'variable "kinds" { default = ["user"] }', 'variable "more" { default = false }'],
            "more is set",
        ),
        (
            'var.create && !contains(var.kinds, "user") ? 1 : 0',
            [CREATE, 'variable "kinds" { default = ["user"] }'],
            None,
        ),
    ],
)
def test_what_a_condition_waits_for(checks, condition, variables, switch):
    severity, message = told(checks, "administrator-policy-attached", {"main.tf": user(condition, *variables)})
    assert message.partition("; off by default, made where ")[2] == (switch or "")
    assert severity == ("medium" if switch else "high")


@pytest.mark.parametrize(
    ("more", "is_off"),
    [
        ({"prod.tfvars": 'old = true\nagent = { on = false }\nkind = "role"\n'}, (True, True, True, True)),
        ({"prod.tfvars": "old = false\n"}, (False, True, True, True)),
        ({"prod.tfvars": "agent = { size = 1, on = true }\n"}, (True, False, True, True)),
        ({"prod.tfvars": "other = { on = true }\n"}, (True, True, True, True)),
        ({"prod.tfvars": 'kind = "user"\n'}, (True, True, False, True)),
        ({"run.sh": "terraform apply -var old=false -var kind=user\n"}, (False, True, False, True)),
        ({"prod.tfvars": 'kinds = [\n  "role",\n  "user",\n]\n'}, (True, True, True, False)),
        ({"examples/small/main.tf": 'module "unit" {\n source = "../.."\n old = false\n}'}, (True, True, True, True)),
    ],
)
def test_who_turns_the_switch(checks, more, is_off):
    variables = (
        ("var.old ? 0 : 1", 'variable "old" { default = true }'),
        ("var.agent.on ? 1 : 0", AGENT),
        ('var.kind == "user" ? 1 : 0', 'variable "kind" { default = "none" }'),
        ('contains(var.kinds, "user") ? 1 : 0', 'variable "kinds" { default = ["role"] }'),
    )
    for (condition, variable), off in zip(variables, is_off, strict=True):
        found = told(checks, "administrator-policy-attached", {"main.tf": user(condition, variable)} | more)
        assert found[0] == ("medium" if off else "high"), condition


def test_what_a_call_of_the_repository_hands_over_turns_the_switch(checks):
    unit = user("var.old ? 0 : 1", 'variable "old" { default = true }')
    for folder, severity in (("live", "high"), ("examples/small", "medium")):
        up = "../" * (folder.count("/") + 1)
        call = f'module "unit" {{\n  source = "{up}"\n  old    = false\n}}\n'
        assert (
            told(checks, "administrator-policy-attached", {"main.tf": unit, f"{folder}/main.tf": call})[0] == severity
        )


@pytest.mark.parametrize(
    ("policy", "default", "variable"),
    [
        ('var.all ? file("${path.module}/all.json") : file("${path.module}/few.json")', "false", "all is set"),
        ('var.few ? file("${path.module}/few.json") : file("${path.module}/all.json")', "true", "few is false"),
        ('var.all ? file("${path.module}/all.json") : file("${path.module}/few.json")', "true", None),
        ('file("${path.module}/all.json")', "false", None),
    ],
)
def test_a_policy_that_only_the_branch_not_taken_names(checks, policy, default, variable):
    role = 'resource "aws_iam_policy" "this" {\n  name   = "this"\n  policy = %s\n}\n' % policy  # noqa: UP031
    name = "few" if "var.few" in policy else "all"
    text = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "%s", "Resource": "*"}]}'
    files = {
        "unit/main.tf": f'variable "{name}" {{\n  default = {default}\n}}\n{role}',
        "unit/all.json": text % "kms:*",
        "unit/few.json": text % "logs:PutLogEvents",
    }
    severity, message = told(checks, "whole-service-wildcard", files)
    assert message.partition("; off by default, made where ")[2] == (variable or "")
    assert severity == ("medium" if variable else "high")


@pytest.mark.parametrize(("default", "told_so"), [("false", ("info", True)), ("true", ("low", False))])
def test_a_service_that_is_opened_on_request_alone(checks, default, told_so):
    service = f"""
variable "open" {{ default = {default} }}
resource "google_cloud_run_v2_service_iam_member" "open" {{
  count  = var.open ? 1 : 0
  name   = "triage-agent"
  role   = "roles/run.invoker"
  member = "allUsers"
}}
"""
    severity, words = told(checks, "endpoint-open-to-anyone", {"main.tf": service})
    assert (severity, words.endswith("off by default, made where open is set")) == told_so
