"""Policies in files that Terraform fills in count with the identity that takes them, whatever the file is called."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.link import link
from nhilint.model.fact import value_of
from nhilint.pipeline import gather
from nhilint.settings import Settings
from nhilint.tree import MemoryTree
from tests.formats.terraform.test_handed_back import granted, identities

POLICY = '{ "Statement": [{ "Effect": "Allow", "Action": "${act}", "Resource": "*" }] }'
MAIN = """
resource "aws_iam_role" "job" {
  name               = "job"
  assume_role_policy = file("${path.module}/trust.tpl")
}
resource "aws_iam_role_policy" "job" {
  role   = aws_iam_role.job.name
  policy = templatefile("${path.module}/FILE", { act = "s3:*" })
}
"""
TRUST = """{ "Statement": [{
  "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "Service": "lambda.amazonaws.com" }
}] }"""


@pytest.mark.parametrize("name", ["job.tpl", "job.pol.tpl", "job.tftpl", "job.tmpl", "job.json.tpl"])
def test_the_ending_of_a_template(name):
    ((called, facts),) = identities({"main.tf": MAIN.replace("FILE", name), name: POLICY, "trust.tpl": TRUST})
    assert called == "job"
    assert granted(facts) == [("s3:*",)]
    assert facts.grants[0].at.path == name
    assert [value_of(principal.value) for trust in facts.trusts for principal in trust.principals] == [
        "lambda.amazonaws.com"
    ]


def test_a_template_that_no_module_fills_in_is_nobodys():
    assert not identities({"job.tpl": POLICY})
    module = 'resource "aws_iam_role" "job" {\n  name = "job"\n}\n'
    assert [name for name, _ in identities({"main.tf": module, "job.tftpl": POLICY})] == ["job"]


def test_the_policy_of_a_resource_is_told_once():
    policy = POLICY.replace('"Effect"', '"Principal": "*", "Effect"').replace("${act}", "s3:GetObject")
    bucket = 'resource "aws_s3_bucket" "b" {}\n'
    for call in ('file("b.tpl")', 'templatefile("b.tpl", {})'):
        named = f'resource "aws_s3_bucket_policy" "b" {{\n  bucket = aws_s3_bucket.b.id\n  policy = {call}\n}}\n'
        tree = MemoryTree({path: text.encode() for path, text in {"main.tf": bucket + named, "b.tpl": policy}.items()})
        found = link(gather(tree, Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))).resources)
        assert len([one for one in found if one.kind == "resource_policy"]) == 1


def test_a_script_with_a_policy_in_it_is_no_policy():
    script = "#!/bin/sh\naws iam put-role-policy --policy-document '{ \"Statement\": [] }'\n"
    assert identities({"main.tf": MAIN.replace("FILE", "run.tpl"), "run.tpl": script})[0][0] == "job"
    assert not identities({"run.tpl": script})
