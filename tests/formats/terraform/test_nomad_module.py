"""Policies of Nomad that a Terraform module writes."""

from __future__ import annotations

from pathlib import Path

from nhilint.gather import gather
from nhilint.link import link
from nhilint.model.fact import Unknown, known_records, value_of
from nhilint.settings import Settings
from nhilint.testing import WHEN, tree_of

POLICY = 'resource "nomad_acl_policy" "a" {\n  name = "anonymous"\n  rules_hcl = %s\n}\nvariable "ns" {}\n'
RULE = '<<EOT\n# ${var.ns}\nnamespace "%s" { policy = "write" }\nEOT'


def read(rules):
    gathered = gather(tree_of((("a.tf", POLICY % rules),)), Settings(root=Path(), now=WHEN))
    return {r.name: r.facts for r in link(gathered.resources)}


def test_the_name_of_a_policy_tells_whom_it_is_for():
    (rule,) = known_records(read(RULE % "*")["anonymous"].rules)
    assert value_of(rule.everyone) is True
    assert value_of(rule.every_resource) is True


def test_places_point_into_the_text():
    text = POLICY % (RULE % "web")
    (rule,) = known_records(read(RULE % "web")["anonymous"].rules)
    assert 'namespace "web"' in text[text.index("<<EOT") :][slice(*rule.at.within)]


def test_a_namespace_from_elsewhere_is_unknown():
    (rule,) = known_records(read(RULE % "${var.ns}")["anonymous"].rules)
    assert isinstance(rule.every_resource, Unknown)


def test_a_text_from_elsewhere_is_unknown():
    assert isinstance(read("var.ns")["anonymous"].rules[0], Unknown)


def test_a_policy_in_a_file_is_judged_there():
    assert read('file("${path.module}/a.hcl")') == {}
