"""A principal whose one policy stands in a file beside the module."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.link import link
from nhilint.model.fact import value_of
from nhilint.pipeline import gather
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

MODULE = """
data "template_file" "policy" {
  template = file("${path.module}/policy.json")
}
resource "aws_iam_user" "watch" { name = "watch" }
resource "aws_iam_user_policy" "watch" {
  user   = aws_iam_user.watch.name
  policy = data.template_file.policy.rendered
}
"""
GROUP = """
resource "aws_iam_group" "team" { name = "team" }
resource "aws_iam_group_policy" "team" {
  group  = aws_iam_group.team.name
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:PutObject", Resource = "*" }] })
}
resource "aws_iam_user_group_membership" "watch" {
  user   = aws_iam_user.watch.name
  groups = [aws_iam_group.team.name]
}
"""


def watch(action: str, more: str = ""):
    policy = f'{{"Statement": [{{"Effect": "Allow", "Action": "{action}", "Resource": "*"}}]}}'
    tree = MemoryTree({"watch/main.tf": (MODULE + more).encode(), "watch/policy.json": policy.encode()})
    found = link(gather(tree, Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))).resources)
    return next(one.facts for one in found if one.kind == "identity" and one.name == "watch")


@pytest.mark.parametrize(
    ("action", "more", "reads"),
    [
        ("rds:DescribeDBInstances", "", True),
        ("rds:DeleteDBInstance", "", False),
        ("rds:DescribeDBInstances", GROUP, False),
    ],
)
def test_what_only_reads_by_a_file_only_reads(action, more, reads):
    assert value_of(watch(action, more).only_reads) is reads


def test_what_only_sends_mail_by_a_file_only_sends_mail():
    assert value_of(watch("ses:SendRawEmail").only_sends_mail) is True


DOMAIN = """
data "template_file" "policy" {
  template = file("${path.module}/policy.json.tpl")
  vars = { region = var.region }
}
resource "aws_elasticsearch_domain" "es" {
  domain_name     = "es"
  access_policies = data.template_file.policy.rendered
  NETWORK
}
"""
BY_FILE = """
resource "aws_opensearch_domain" "es" {
  access_policies = file("${path.module}/policy.json.tpl")
  NETWORK
}
"""


def public(**files: str) -> list[str]:
    policy = '{"Statement": [{"Effect": "Allow", "Action": "es:*", "Principal": {"AWS": "*"}, "Resource": "RESOURCE"}]}'
    held = {f"{name}/main.tf": text.encode() for name, text in files.items()}
    held |= {f"{name}/policy.json.tpl": policy.replace("RESOURCE", "arn:aws:es:${region}:*").encode() for name in files}
    found = link(gather(MemoryTree(held), Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))).resources)
    return sorted({one.facts.grants[0].at.path for one in found if one.kind == "resource_policy"})


@pytest.mark.parametrize("module", [DOMAIN, BY_FILE])
def test_a_policy_from_a_file_stands_on_the_domain_that_names_it(module):
    inside = module.replace("NETWORK", 'vpc_options { subnet_ids = ["subnet-1"] }')
    assert public(es=inside) == []
    assert public(es=module.replace("NETWORK", "")) == ["es/policy.json.tpl"]


def test_a_file_that_an_open_domain_names_too_is_told_all_the_same():
    inside = BY_FILE.replace("NETWORK", 'vpc_options { subnet_ids = ["subnet-1"] }')
    both = inside + BY_FILE.replace("NETWORK", "").replace('"es"', '"open"')
    assert public(es=both) == ["es/policy.json.tpl"]
