"""Which modules are folders of the repository that is looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhilint.formats.terraform.fragment import Fragment
from nhilint.gather import gather
from nhilint.link import link
from nhilint.settings import Settings
from nhilint.settle.own_modules import with_own_modules
from nhilint.testing import WHEN
from nhilint.tree import MemoryTree

MODULE = """
variable "scope" { type = string }
resource "aws_iam_role" "worker" {
  assume_role_policy = jsonencode({Statement = [{Effect = "Allow", Action = "sts:AssumeRole", Principal = {Service = "ec2.amazonaws.com"}}]})
  inline_policy {
    policy = jsonencode({Statement = [{Effect = "Allow", Action = "s3:GetObject", Resource = var.scope}]})
  }
}
"""


def fragments(source, more=""):
    call = f'module "worker" {{\n  source = "{source}"\n  scope = "*"\n}}\n{more}resource "aws_iam_group" "g" {{}}\n'
    tree = MemoryTree({"live/prod/main.tf": call, "modules/worker/main.tf": MODULE})
    return gather(tree, Settings(root=Path(), now=WHEN)).resources


def scope(resources):
    (worker,) = (one for one in link(resources) if one.at.path == "modules/worker/main.tf")
    return worker.facts.grants[0].all_resources


@pytest.mark.parametrize(
    "source",
    [
        "git::https://github.com/acme/cloud//modules/worker?ref=v1",
        "git::https://github.com/Acme/cloud.git//modules/worker",
        "github.com/acme/cloud//modules/worker/",
        "git::ssh://git@github.com/acme/cloud.git//modules/worker?ref=v1&depth=1",
        "git@github.com:acme/cloud.git//modules/worker",
    ],
)
def test_a_module_of_the_repository_has_what_its_caller_hands_over(source):
    found = with_own_modules(fragments(source), "acme", "cloud")
    assert scope(found).value is True


@pytest.mark.parametrize(
    "source",
    [
        "git::https://github.com/acme/cloudy//modules/worker",
        "git::https://github.com/other/cloud//modules/worker",
        "git::https://example.com/acme/cloud//modules/worker",
        "git::https://github.com/acme/cloud//../cloud/modules/worker",
        "git::https://github.com/acme/cloud",
        "acme/cloud/modules",
    ],
)
def test_a_module_of_elsewhere_stays_there(source):
    read = fragments(source)
    assert with_own_modules(read, "acme", "cloud") == read


def test_nothing_is_known_of_a_repository_without_a_name():
    read = fragments("git::https://github.com/acme/cloud//modules/worker")
    assert with_own_modules(read, "acme", None) == read


@pytest.mark.parametrize(
    "content", [{}, {"module": 1}, {"module": {"a": 1, "b": [1, {"source": 2}, {}]}}, "text", None]
)
def test_odd_calls_are_left(content):
    (one, *_) = (read for read in fragments("./x") if isinstance(read, Fragment))
    odd = Fragment(one.kind, one.name, one.format, one.facts, content=content)
    assert with_own_modules([odd], "acme", "cloud") == (odd,)
