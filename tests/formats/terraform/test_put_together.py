"""Policy documents in lists that functions put together, and documents that a condition chooses."""

from __future__ import annotations

import time

import pytest

from tests.formats.terraform.test_handed_back import granted, identities

MAIN = """
variable "on" {}
variable "none" {
  default = null
}
data "aws_iam_policy_document" "one" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["*"]
  }
}
data "aws_iam_policy_document" "each" {
  for_each = toset(["SendMessage", "ReceiveMessage"])
  statement {
    actions   = ["sqs:${each.key}"]
    resources = ["*"]
  }
}
data "aws_iam_policy_document" "two" {
  count = 2
  statement {
    actions   = ["sns:Publish"]
    resources = ["*"]
  }
}
data "aws_iam_policy_document" "all" {
  source_policy_documents = SOURCE
}
locals {
  one      = data.aws_iam_policy_document.one.json
  two      = data.aws_iam_policy_document.two[0].json
  listed   = [local.one, local.two]
  by_name  = { a = local.one, b = local.two }
  reading  = { Effect = "Allow", Action = "s3:GetObject", Resource = "*" }
  sending  = { Effect = "Allow", Action = "sns:Publish", Resource = "*" }
}
resource "aws_iam_role" "job" {
  name = "job"
}
resource "aws_iam_role_policy" "job" {
  role   = aws_iam_role.job.name
  policy = POLICY
}
"""
READS, SENDS = ("s3:GetObject",), ("sns:Publish",)
QUEUES = [("sqs:SendMessage",), ("sqs:ReceiveMessage",)]
ALL = "data.aws_iam_policy_document.all.json"
EACH = "data.aws_iam_policy_document.each"


def held(source="[]", policy=ALL):
    found = identities({"main.tf": MAIN.replace("SOURCE", source).replace("POLICY", policy)})
    return granted(dict(found)["job"])


@pytest.mark.parametrize(
    ("source", "holds"),
    [
        ("concat([local.one], [local.two])", [READS, SENDS]),
        ('compact([local.one, ""])', [READS]),
        ("flatten([[local.one], [[local.two]]])", [READS, SENDS]),
        ("local.listed", [READS, SENDS]),
        (f"[for d in {EACH} : d.json]", QUEUES),
        (f"[for k, d in {EACH} : d.json]", QUEUES),
        (f"values({EACH})[*].json", QUEUES),
        (f"concat([local.one], values({EACH})[*].json)", [READS, *QUEUES]),
        ("concat([local.one], data.aws_iam_policy_document.two[*].json)", [READS, SENDS]),
        ('[var.on ? local.one : ""]', [READS]),
        ("concat([local.one], var.on ? [local.two] : [])", [READS, SENDS]),
        ("compact([local.one, var.on ? local.two : null])", [READS, SENDS]),
        ("var.none == null ? [local.one] : [var.none]", [READS]),
        ("concat([local.one], var.elsewhere)", [READS, None]),
        (f"[for k, d in {EACH} : other.json]", [None]),
        ("values(data.aws_iam_policy_document.nobody)[*].json", [None]),
    ],
)
def test_a_list_of_documents(source, holds):
    assert held(source) == holds


@pytest.mark.parametrize(
    ("policy", "holds"),
    [
        ('var.on ? local.one : ""', [READS]),
        ("var.on ? local.one : local.two", [READS, SENDS]),
        ("var.none != null ? var.none : local.one", [READS]),
        ("var.none == null ? jsonencode({ Statement = [local.sending] }) : var.none", [SENDS]),
        ("var.on ? local.one : var.elsewhere", [READS, None]),
        ('join("", data.aws_iam_policy_document.two.*.json)', [SENDS]),
        ("element(data.aws_iam_policy_document.two.*.json, 0)", [SENDS]),
        ('join("", [local.one, local.two])', [None]),
        ('local.by_name["b"]', [SENDS]),
        ("local.by_name[var.on]", [None]),
        ("jsonencode({ Statement = concat([local.reading], var.on ? [local.sending] : []) })", [READS, SENDS]),
        ('jsonencode({ "Statement" : var.on ? [local.sending] : [local.reading] })', [SENDS, READS]),
        ("jsonencode({ Statement = concat([local.reading], var.on ? var.elsewhere : []) })", [READS, None]),
    ],
)
def test_a_document_that_is_chosen(policy, holds):
    assert held(policy=policy) == holds


def test_a_condition_that_chooses_no_document_is_none():
    child = 'variable "on" {}\nresource "aws_iam_role" "made" {\n  count = var.on ? 1 : 0\n  name  = var.name\n}\n'
    child += 'variable "name" {}\n'
    call = 'module "made" {\n  source = "./made"\n  on = VALUE\n  name = var.live ? "live" : "trial"\n}\n'
    for value in ("var.live ? true : false", "var.live ? var.a : var.b", "var.live ? { a = 1 } : { a = 2 }"):
        found = identities({"main.tf": call.replace("VALUE", value), "made/main.tf": child})
        assert [name for name, _ in found] == ["made"]
        assert held(policy=value) == [None]


def test_a_document_keeps_the_place_that_states_it():
    found = identities({"main.tf": MAIN.replace("SOURCE", "concat(local.listed, [])").replace("POLICY", ALL)})
    first, second = dict(found)["job"].grants
    assert first.at.pointer[:3] == ("data", "aws_iam_policy_document", "one")
    assert second.at.pointer[:3] == ("data", "aws_iam_policy_document", "two")


@pytest.mark.parametrize("last", ["[]", "local.l0", "[local.one]", "var.on ? local.l0 : local.l1"])
def test_lists_that_hold_each_other_end(last):
    steps = [f"l{i} = concat({', '.join([f'local.l{i + 1}'] * 40)})" for i in range(30)]
    chain = "\nlocals {\n  " + "\n  ".join([*steps, f"l30 = {last}"]) + "\n}\n"
    started = time.process_time()
    identities({"main.tf": MAIN.replace("SOURCE", "local.l0").replace("POLICY", ALL) + chain})
    assert time.process_time() - started < 10


def test_conditionals_within_each_other_end():
    deep = "local.one"
    for number in range(60):
        deep = f"var.on{number} ? local.two : {deep}"
    assert held(f"[{deep}]")
