"""JSON policies that a module makes of every file of a folder."""

from __future__ import annotations

import json

import pytest

from nhilint.model.fact import value_of
from tests.formats.kubernetes.cluster_files import identities

POLICY = json.dumps({"Statement": [{"Effect": "Allow", "Action": "iam:AttachRolePolicy", "Resource": "*"}]})
MADE = """
resource "aws_iam_policy" "each" {
  for_each = %s
  name     = split(".", each.value)[0]
  policy   = file("${path.module}/policies/${each.value}")
}
"""
ALL = 'fileset("${path.module}/policies", "*.json")'


def role(action: str, who: str) -> str:
    statement = f'{{ Effect = "Allow", Action = "sts:{action}", Principal = {who} }}'
    return f"""
resource "aws_iam_role" "{action.lower()}" {{
  assume_role_policy = jsonencode({{ Statement = [{statement}] }})
}}
"""


STAFF = role("AssumeRoleWithSAML", '{ Federated = "arn:aws:iam::111122223333:saml-provider/staff" }')
WORK = role("AssumeRole", '{ Service = "lambda.amazonaws.com" }')


def taken_by(main: str, file: str = "policies/ops.json") -> str | None:
    found = identities({"staff/main.tf": main, f"staff/{file}": POLICY})
    return value_of(found[file.rpartition("/")[2]].taken_by)


@pytest.mark.parametrize("files", [ALL, f"toset({ALL})", 'fileset("./policies/", "**")'])
def test_beside_roles_of_people_alone_they_are_theirs(files):
    assert taken_by(MADE % files + STAFF) == "people"


@pytest.mark.parametrize(
    ("main", "file"),
    [
        (MADE % ALL + STAFF + WORK, "policies/ops.json"),
        (MADE % ALL, "policies/ops.json"),
        (MADE % ALL + STAFF, "others/ops.json"),
        (MADE % ALL + STAFF, "policies/more/ops.json"),
        (MADE % ALL.replace("*.json", "b*") + STAFF, "policies/ops.json"),
    ],
)
def test_not_what_others_may_get_or_the_folder_has_not(main, file):
    assert taken_by(main, file) == "anything"
