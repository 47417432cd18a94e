"""JSON policies of files that only permission sets get."""

from __future__ import annotations

import json

import pytest

from nhilint.model.fact import value_of
from tests.formats.kubernetes.cluster_files import identities

POLICIES = json.dumps(
    {"policies": {"dev": {"all": {"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}}}}
)
SETS = """
locals { held = jsondecode(file(var.policies)).policies }
resource "aws_ssoadmin_permission_set_inline_policy" "one" {
  inline_policy = jsonencode(local.held["dev"].all)
}
"""
VARIABLES = 'variable "policies" {\n  default = "policies.json"\n}\n'


def taken_by(main, name="policies.json"):
    found = identities({"sets/main.tf": main, "sets/variables.tf": VARIABLES, f"sets/{name}": POLICIES})
    return value_of(found["all"].taken_by)


def test_the_file_that_a_variable_names():
    assert taken_by(SETS) == "people"


@pytest.mark.parametrize(
    "more",
    [
        'resource "aws_iam_policy" "other" { policy = jsonencode(local.held["dev"].all) }\n',
        'module "other" { source = "../other" }\n',
    ],
)
def test_not_where_something_else_may_get_it(more):
    assert taken_by(SETS + more) == "anything"


def test_no_other_file():
    assert taken_by(SETS, "others.json") == "anything"
