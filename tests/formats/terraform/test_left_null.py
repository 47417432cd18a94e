"""A variable that nobody sets is null, also through calls that hand it on; one that somebody sets is not."""

from __future__ import annotations

import pytest

from tests.formats.terraform.test_handed_back import identities

CHILD = """
variable "given" {
  default = null
}
resource "aws_iam_role" "job" {
  name = var.given == null ? "by-default" : "given"
}
"""
CALL = 'variable "own" {\n  DEFAULT\n}\nmodule "job" {\n  source = "./job"\n  ARGUMENT\n}\n'


def name_of(call):
    return next(name for name, _ in identities({"main.tf": call, "job/main.tf": CHILD}))


@pytest.mark.parametrize(
    ("default", "argument", "name"),
    [
        ("default = null", "", "by-default"),
        ("default = null", "given = var.own", "by-default"),
        ("", "given = var.own", "job"),
        ('default = "x"', "given = var.own", "given"),
        ("default = null", 'given = "x"', "given"),
        ("default = null", "given = aws_vpc.main.id", "given"),
    ],
)
def test_what_a_condition_asks(default, argument, name):
    assert name_of(CALL.replace("DEFAULT", default).replace("ARGUMENT", argument)) == name


def test_a_module_that_waits_for_a_value_is_not_taken_out():
    waiting = CHILD.replace("name =", "count = var.given != null ? 1 : 0\n  name =")
    assert identities({"main.tf": waiting})
