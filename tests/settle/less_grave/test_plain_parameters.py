"""Who may read every parameter is told less gravely where all parameters of the repository are plain settings."""

from __future__ import annotations

import pytest

from nhilint.api import scan
from nhilint.model.finding import Severity

POLICY = """
resource "aws_iam_role" "shop" {
  name               = "shop"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole",
    Principal = { Service = "lambda.amazonaws.com" } }] })
}
resource "aws_iam_role_policy" "shop" {
  role   = aws_iam_role.shop.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["ssm:GetParameter", "sqs:SendMessage"], Resource = "*" }] })
}
"""


def parameter(kind='"String"', value="var.region", label="one"):
    return f'resource "aws_ssm_parameter" "{label}" {{\n  name  = "a"\n  type  = {kind}\n  value = {value}\n}}\n'


READ = 'data "aws_ssm_parameter" "x" {\n  name = "NAME"\n}\n'
STACK = "Resources:\n  One:\n    Type: AWS::SSM::Parameter\n    Properties: {Name: a, Type: String, Value: b}\n"
TAKES = "Parameters:\n  One: {Type: 'AWS::SSM::Parameter::Value<String>'}\n"


@pytest.mark.parametrize(
    ("files", "severity"),
    [
        ({"p.tf": parameter()}, Severity.LOW),
        ({"p.tf": parameter('"StringList"') + parameter(label="two")}, Severity.LOW),
        ({"p.tf": parameter() + READ.replace("NAME", "/aws/service/ami")}, Severity.LOW),
        ({"stack.yaml": STACK}, Severity.LOW),
        ({"p.tf": parameter(), "a.py": "x(WithDecryption=False)\n"}, Severity.LOW),
        ({"p.tf": parameter(value="var.allow_no_token")}, Severity.LOW),
        ({"p.tf": parameter(), "show.sh": 'aws ssm get-parameter --name "$1" --with-decryption\n'}, Severity.LOW),
        (
            {"p.tf": parameter(), "show.sh": "aws ssm get-parameter --name /shop/db --with-decryption\n"},
            Severity.MEDIUM,
        ),
        ({"p.tf": parameter(), "show.sh": "aws ssm get-parameter --with-decryption --name db\n"}, Severity.MEDIUM),
        ({"p.tf": parameter() + parameter(value="var.slack_token", label="two")}, Severity.MEDIUM),
        ({}, Severity.MEDIUM),
        ({"stack.yaml": TAKES}, Severity.MEDIUM),
        ({"p.tf": parameter() + READ.replace("NAME", "/shop/db")}, Severity.MEDIUM),
        ({"p.tf": parameter() + parameter('"SecureString"', label="two")}, Severity.MEDIUM),
        ({"p.tf": parameter() + parameter("var.kind", label="two")}, Severity.MEDIUM),
        ({"p.tf": parameter() + parameter(value="var.db_password", label="two")}, Severity.MEDIUM),
        ({"p.tf": parameter(), "a.py": "x(WithDecryption=True)\n"}, Severity.MEDIUM),
        ({"p.tf": parameter(), "put.sh": "aws ssm put-parameter --type SecureString --name a\n"}, Severity.MEDIUM),
    ],
)
def test_by_the_parameters_of_the_repository(tmp_path, files, severity):
    for path, text in {"main.tf": POLICY, **files}.items():
        (tmp_path / path).write_text(text)
    (found,) = scan(tmp_path, select=["parameters-of-every-workload"]).findings
    assert found.severity == severity
    assert found.message.endswith("none of them a SecureString") is (severity == Severity.LOW)
