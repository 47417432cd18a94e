"""A policy on a resource of its module that no file of the folder declares is never in force: an example."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.link import link
from nhilint.pipeline import gather
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

POLICY = """
variable "region" {}
resource "aws_sqs_queue_policy" "open" {
  queue_url = TARGET
  policy = jsonencode({Statement = [{Effect = "Allow", Principal = "*", Action = "sqs:*", Resource = "*"}]})
}
"""
OF_QUEUE = "aws_sqs_queue.jobs.id"


@pytest.mark.parametrize(
    ("target", "beside", "told"),
    [
        (OF_QUEUE, "", False),
        (OF_QUEUE, 'resource "aws_sqs_queue" "mail" {}', False),
        (OF_QUEUE, 'resource "aws_sqs_queue" "jobs" {}', True),
        (OF_QUEUE, 'resource "aws_sqs_queue" "jobs" { count = 0 }', True),
        ("aws_sqs_queue.jobs[0].id", 'resource "aws_sqs_queue" "jobs" { count = var.on ? 1 : 0 }', True),
        ("aws_made_by_a_provider_of_ours.jobs.id", "", True),
        ("data.aws_sqs_queue.jobs.url", "", True),
        ("var.queue", "", True),
        ("module.jobs.url", "", True),
    ],
)
def test_a_policy_counts_where_what_it_stands_on_is_declared(target, beside, told):
    tree = MemoryTree({"m/main.tf": POLICY.replace("TARGET", target).encode(), "m/queue.tf": beside.encode()})
    found = link(gather(tree, Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))).resources)
    (policy,) = [one for one in found if one.kind == "resource_policy"]
    assert policy.setting == ("production" if told else "example")


@pytest.mark.parametrize(
    "beside",
    [
        b'resource "aws_sqs_queue" "jobs" {\n  # read by aws_iam_role.jobs\n  name = }',
        b'resource "aws_sqs_queue" "jobs" { name = "\xff" }',
    ],
)
def test_what_a_file_declares_that_cannot_be_read_is_not_known(beside):
    tree = MemoryTree({"m/main.tf": POLICY.replace("TARGET", OF_QUEUE), "m/queue.tf": beside})
    gathered = gather(tree, Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC)))
    assert [problem.path for problem in gathered.problems] == ["m/queue.tf"]
    assert [one.setting for one in link(gathered.resources)] == ["production"]


@pytest.mark.parametrize(
    ("beside", "setting"),
    [
        ("", "production"),
        ('resource "aws_sqs_queue" "other" {}', "production"),
        ('resource "aws_lightsail_instance" "vm" {}', "example"),
        ('output "region" { value = "eu-west-1" }', "example"),
    ],
)
def test_of_an_excerpt_the_rest_may_stand_anywhere(beside, setting):
    text = POLICY.replace("TARGET", OF_QUEUE).replace('variable "region" {}', beside)
    tree = MemoryTree({"main.tf": text.encode()})
    found = link(gather(tree, Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))).resources)
    assert [one.setting for one in found if one.kind == "resource_policy"] == [setting]


LEFT = """
resource "aws_instance" "vm" {
  key_name               = "${local.stage}-${local.key}"
  vpc_security_group_ids = [aws_security_group.web.id, aws_security_group.jobs.id]
}
resource "aws_iam_role" "vm" {
  name = "vm"
}
"""


@pytest.mark.parametrize(
    ("beside", "setting"),
    [
        ({}, "example"),
        ({"m/locals.tf": 'locals { key = "k" }'}, "production"),
        ({"m/net.tf": 'variable "a" {}\nresource "aws_security_group" "web" {}'}, "production"),
        ({"m/provider.tf": 'provider "aws" { access_key = var.key }'}, "production"),
        ({"m/terragrunt.hcl": "inputs = {}"}, "production"),
        ({"top/main.tf": 'module "m" { source = "../m" }'}, "production"),
        ({"m/broken.tf": "# aws_iam_role\nlocals { stage = }"}, "production"),
    ],
)
def test_a_folder_that_names_much_that_nobody_declares_is_left_over(beside, setting):
    tree = MemoryTree({path: text.encode() for path, text in {"m/main.tf": LEFT, **beside}.items()})
    found = link(gather(tree, Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))).resources)
    assert [one.setting for one in found if one.name == "vm"] == [setting]
