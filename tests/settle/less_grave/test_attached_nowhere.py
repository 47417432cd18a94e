"""A policy that no file refers to is told one step less gravely: nobody has it before a person attaches it."""

from __future__ import annotations

import pytest

from nhilint.api import scan
from nhilint.model.finding import Severity

CHECK = "workload-may-silence-its-watch"
POLICY = """
resource "aws_iam_policy" "keep" {
  name   = "keepers-of-trails"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "cloudtrail:StopLogging", Resource = "*" }] })
}
"""


def told(folder, files):
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    (found,) = scan(folder, select=[CHECK]).findings
    return found.severity, found.message.endswith("nothing in this repository attaches the policy")


def test_a_policy_that_stands_alone(tmp_path):
    assert told(tmp_path, {"trail/main.tf": POLICY}) == (Severity.LOW, True)


@pytest.mark.parametrize(
    "files",
    [
        {"trail/out.tf": 'output "keep" { value = aws_iam_policy.keep.arn }\n'},
        {"people/sets.yaml": "customerManagedPolicy: keepers-of-trails\n"},
        {"trail/all.tf": 'locals { keep = "arn:aws:iam::111122223333:policy/keepers-of-trails" }\n'},
        {"trail/all.tf": 'data "aws_iam_policy" "again" {\n  name = "keepers-of-trails"\n}\n'},
    ],
)
def test_a_policy_that_something_refers_to(tmp_path, files):
    assert told(tmp_path, {"trail/main.tf": POLICY, **files}) == (Severity.MEDIUM, False)


@pytest.mark.parametrize("name", ['"keep"', '"${var.space}-keepers"', "var.name"])
def test_a_policy_of_which_no_name_is_known_that_tells(tmp_path, name):
    assert told(tmp_path, {"main.tf": POLICY.replace('"keepers-of-trails"', name)}) == (Severity.MEDIUM, False)


DOCUMENT = '{"Statement": [{"Effect": "Allow", "Action": "iam:AttachRolePolicy", "Resource": "*"}]}'
BOOTSTRAP = """
arn=$(aws iam create-policy --policy-name builder --policy-document file://$(pwd)/rights-of-stacks.json)
npx cdk bootstrap --cloudformation-execution-policies "$arn"
"""


@pytest.mark.parametrize(
    ("files", "severity"),
    [
        ({}, Severity.MEDIUM),
        ({"README.md": "The rights are in rights-of-stacks.json.\n"}, Severity.MEDIUM),
        ({"more.sh": "aws iam put-user-policy --policy-document file://rights-of-stacks.json\n"}, Severity.HIGH),
        ({"main.tf": 'resource "aws_iam_policy" "own" { policy = file("rights-of-stacks.json") }\n'}, Severity.HIGH),
        ({"boot.sh": BOOTSTRAP + "aws iam attach-user-policy --user-name x --policy-arn $arn\n"}, Severity.HIGH),
        ({"boot.sh": BOOTSTRAP.replace("--cloudformation-execution-policies", "--tags")}, Severity.HIGH),
    ],
)
def test_a_policy_that_scripts_give_to_cloudformation_alone(tmp_path, files, severity):
    for name, text in {"rights-of-stacks.json": DOCUMENT, "boot.sh": BOOTSTRAP, **files}.items():
        (tmp_path / name).write_text(text)
    told = scan(tmp_path, select=["identity-can-escalate"]).findings
    assert {one.severity for one in told if one.place.path.endswith(".json")} <= {severity}
    assert max(one.severity for one in told) == severity
