"""Settings of Consul agents and rules of Consul policies, and files that only look like them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.consul import agent, rules
from nhilint.formats.consul.claims import CLAIMS
from nhilint.model.fact import Unknown, value_of
from nhilint.source.document import Document, Syntax, read
from tests.odd_values import odd_values


def found(module, value):
    result = module.extract(Document("x.hcl", Syntax.HCL, "", value), CLAIMS[0])
    return result.resources[0].facts if result.recognised else None


def of(module, text):
    return found(module, read("x.hcl", text.encode(), Syntax.HCL).value)


@pytest.mark.parametrize(
    ("text", "default"),
    [
        ('acl { default_policy = "allow" }', "allow"),
        ('acl = { default_policy = "deny" }', "deny"),
        ('acl { default_policy = "extend-cache" }', "deny"),
        ('acl_default_policy = "allow"', "allow"),
    ],
)
def test_defaults(text, default):
    assert value_of(of(agent, text).default) == default


def test_an_expression_is_unknown():
    assert isinstance(of(agent, "acl { default_policy = var.x }").default, Unknown)


@pytest.mark.parametrize("text", ["acl { enabled = true }", 'default_policy = "allow"', 'acl { default_policy = "x" }'])
def test_other_settings_are_left(text):
    assert of(agent, text) is None


@pytest.mark.parametrize(
    ("text", "given_rights"),
    [
        ('acl = "write"', ("acl",)),
        ('acl = "read"', ()),
        ('operator = "write"\nkey_prefix "" { policy = "write" }', ()),
        ('service "web" { policy = "write" }', ()),
    ],
)
def test_rules(text, given_rights):
    assert value_of(of(rules, text).gives_rights) == given_rights


@pytest.mark.parametrize(
    "text",
    [
        'acl = "public-read"',
        'acl = "write"\nbucket = "x"',
        'key_prefix "a" { value = "b" }',
        "",
        'service "a" { port = 1 }',
    ],
)
def test_other_files_are_left(text):
    assert of(rules, text) is None


KEYS = ["acl", "default_policy", "acl_default_policy", "operator", "key_prefix", "", "policy", "service"]
odd = odd_values(KEYS, ["allow", "write", "deny", "{{x}}"])


@given(st.dictionaries(st.sampled_from(KEYS), odd, max_size=5) | odd)
@settings(max_examples=200, deadline=None)
@pytest.mark.parametrize("module", [agent, rules])
def test_any_value_is_read_or_left(module, value):
    facts = found(module, value)
    if facts is not None:
        activate(facts)
