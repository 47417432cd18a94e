"""Which functions of Lambda are given what their callers are checked with, wherever it is put together."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhilint.link import link
from nhilint.model.fact import value_of
from nhilint.pipeline import gather
from nhilint.settings import Settings
from nhilint.testing import WHEN, tree_of

MODULE = """
variable "open" {}
variable "more" {}
variable "key" {}
variable "guard" {}
resource "random_password" "key" {
  length = 32
}
locals {
  given = var.open ? (var.key != null ? var.key : random_password.key[0].result) : null
  around = local.around
  %s
}
resource "aws_lambda_function" "triage" {
  function_name = "triage"
  %s
}
resource "aws_lambda_function_url" "triage" {
  count              = var.open ? 1 : 0
  function_name      = aws_lambda_function.triage.function_name
  authorization_type = "NONE"
}
"""
PLAIN = "environment {\n    variables = %s\n  }"
DYNAMIC = """dynamic "environment" {
    for_each = %s
    content {
      variables = local.all
    }
  }"""
MERGED = "merge(var.more, { API_KEY = %s })"
MADE_UP = MERGED % "random_password.key.result"


def asks(environment, local="all = {}"):
    files = (("modules/triage/main.tf", MODULE % (local, environment)),)
    gathered = gather(tree_of(files), Settings(root=Path(), now=WHEN))
    told = next(one.facts for one in link(gathered.resources) if one.kind == "resource_policy")
    return value_of(told.checks_callers)


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        (MADE_UP, True),
        ("{ TRIAGE_ACCESS_TOKEN = random_password.key.result }", True),
        ("{ API_KEY = var.key }", None),
        ("{ DB_PASSWORD = random_password.key.result }", None),
        (MERGED % "local.given", True),
        (MERGED % "(var.guard ? random_password.key.result : null)", None),
        (MERGED % "local.around", None),
        (f"var.open ? {MADE_UP} : var.more", True),
        (f"var.open && local.given != null ? {MADE_UP} : var.more", True),
        (f"var.open && var.key != null ? {MADE_UP} : var.more", None),
        (f"var.guard ? {MADE_UP} : var.more", None),
        (f"var.guard ? {MADE_UP} : {{ API_KEY = random_password.key.result }}", True),
        ("merge(var.more, { WEBHOOK_SECRET = var.key })", True),
        ("var.more", None),
    ],
)
def test_variables_by_way_of_a_local(variables, told):
    assert asks(PLAIN % "local.all", f"all = {variables}") is told


@pytest.mark.parametrize(
    ("each", "told"), [("length(local.all) > 0 ? [1] : []", True), ("var.guard ? [1] : []", None), ("[1]", None)]
)
def test_a_block_that_is_made_where_it_has_variables(each, told):
    assert asks(DYNAMIC % each, f"all = {MADE_UP}") is told


def test_a_map_that_is_written_out():
    assert asks(PLAIN % "{ API_KEY = local.given }") is True
    assert asks("") is None
