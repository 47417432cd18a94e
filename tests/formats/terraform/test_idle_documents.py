"""Policy documents of `data` blocks that nothing in their module names, and how a block is told apart from its like."""

from __future__ import annotations

import pytest

from nhilint.formats.terraform.claims import CLAIMS
from nhilint.formats.terraform.fragment import extract, unread
from nhilint.link.terraform import join
from nhilint.source.document import read

CLAIM = next(claim for claim in CLAIMS if claim.format == "terraform-aws")
VALUES = next(claim for claim in CLAIMS if claim.format == "terraform-values")
DOCUMENT = """
data "aws_iam_policy_document" "worker" {
  statement {
    actions   = ["iam:AttachRolePolicy"]
    resources = ["*"]
  }
}
"""
ROLE = 'resource "aws_iam_role" "other" { name = "other" }\n'
PROVIDER = 'provider "aws" { assume_role { policy = data.aws_iam_policy_document.worker.json } }\n'


def setting_of_the_document(beside, claim=CLAIM):
    parts = [("iam.tf", DOCUMENT, CLAIM), ("beside.tf", beside, claim)]
    read_in = [one for path, text, of in parts for one in extract(read(path, text.encode(), of.syntax), of).resources]
    (found,) = [one for one in join(tuple(read_in)) if one.name == "worker"]
    return found.setting


@pytest.mark.parametrize(
    ("beside", "setting"),
    [
        (ROLE, "example"),
        ('output "policy" { value = data.aws_iam_policy_document.worker.json }', "production"),
        ('resource "aws_sqs_queue" "q" { policy = data.aws_iam_policy_document.worker_queue.json }', "example"),
        (PROVIDER + ROLE, "production"),
        (
            'module "role" {\n source = "acme/role/aws"\n held = [data.aws_iam_policy_document.worker.json]\n}',
            "production",
        ),
    ],
)
def test_a_document_that_its_module_nowhere_names_is_kept_unused(beside, setting):
    assert setting_of_the_document(beside) == setting


def test_a_file_that_only_lends_values_may_name_it():
    handed = 'module "role" {\n  source = "acme/role/aws"\n  policy = data.aws_iam_policy_document.worker.json\n}\n'
    assert setting_of_the_document(handed, VALUES) == "production"


def test_a_file_by_itself_may_be_a_part_of_something_else():
    assert setting_of_the_document('variable "region" {}', VALUES) == "production"


@pytest.mark.parametrize(
    ("stated", "beside", "setting"),
    [
        ("", ROLE, "example"),
        ("", ROLE + 'output "arn" { value = aws_iam_policy.worker.arn }', "production"),
        ("", ROLE + 'provider "aws" { assume_role { policy_arns = [aws_iam_policy.worker.arn] } }', "production"),
        ('name = "worker"', ROLE, "production"),
        ("", 'resource "aws_iam_policy" "other" { name = "other" }', "production"),
    ],
)
def test_a_policy_without_a_name_that_nothing_refers_to_is_in_force_nowhere(stated, beside, setting):
    policy = f'resource "aws_iam_policy" "worker" {{\n  {stated}\n  policy = jsonencode({{ Statement = [] }})\n}}\n'
    found = join(extract(read("iam.tf", (policy + beside).encode(), CLAIM.syntax), CLAIM).resources)
    assert [one.setting for one in found if one.facts.at.pointer[2] == "worker"] == [setting]


def names(text, path="modules/vm/iam.tf"):
    return [one.name for one in join(extract(read(path, text.encode(), CLAIM.syntax), CLAIM).resources)]


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        ("name = var.name", "aws_iam_role.main of modules/vm"),
        ('name = "node"', "node"),
        ('name = "${var.env}-build-node"', "…-build-node"),
        ('name_prefix = "build-node-"', "build-node-…"),
        ("name_prefix = var.name", "aws_iam_role.main of modules/vm"),
    ],
)
def test_a_label_that_many_have_is_told_apart(stated, name):
    assert names(f'variable "name" {{}}\nresource "aws_iam_role" "main" {{\n  {stated}\n}}\n') == [name]


def test_a_label_of_its_own_and_the_top_of_a_repository():
    assert names('resource "aws_iam_role" "builder" { name = var.name }') == ["builder"]
    assert names('resource "aws_iam_role" "this" { name = var.name }', "iam.tf") == ["aws_iam_role.this of iam.tf"]


def test_a_file_that_could_not_be_read_may_name_it():
    (document,) = extract(read("iam.tf", (DOCUMENT + ROLE).encode(), CLAIM.syntax), CLAIM).resources
    (found,) = [one for one in join((document, unread("broken.tf", CLAIM))) if one.name == "worker"]
    assert found.setting == "production"
