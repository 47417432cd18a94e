"""Policies of Nomad: where jobs may be run, by whom, and files that only look like them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.nomad import policy
from nhilint.formats.nomad.claims import CLAIMS
from nhilint.model.fact import Unknown, known_records, value_of
from nhilint.source.document import Document, Syntax, read
from tests.odd_values import odd_values


def found(value, path="ci.policy.hcl"):
    result = policy.extract(Document(path, Syntax.HCL, "", value), CLAIMS[0])
    return result.resources[0].facts if result.recognised else None


def of(text, path="ci.policy.hcl"):
    return found(read(path, text.encode(), Syntax.HCL).value, path)


@pytest.mark.parametrize(
    ("text", "effect", "every_action", "every_resource"),
    [
        ('namespace "*" { policy = "write" }', "allow", True, True),
        ('namespace "*" { policy = "read" }', "allow", False, True),
        ('namespace "web" { capabilities = ["submit-job"] }', "allow", True, False),
        ('namespace "*" {\n policy = "read"\n capabilities = ["alloc-exec"]\n}', "allow", True, True),
        (
            'namespace "web" { capabilities = ["register-job"] }\noperator { capabilities = ["license-read"] }',
            "allow",
            True,
            False,
        ),
        ('namespace "web" { policy = "deny" }', "deny", False, False),
        ('namespace "web" { capabilities = ["deny", "submit-job"] }', "deny", False, False),
    ],
)
def test_namespaces(text, effect, every_action, every_resource):
    (rule,) = known_records(of(text).rules)
    stated = (value_of(rule.effect), value_of(rule.every_action), value_of(rule.every_resource))
    assert stated == (effect, every_action, every_resource)


def test_what_is_allowed_is_told_as_written():
    (rule,) = known_records(of('namespace "web" {\n policy = "read"\n capabilities = ["submit-job"]\n}').rules)
    assert value_of(rule.actions) == ("read", "submit-job")


def test_a_namespace_that_is_filled_in_later_may_be_all_of_them():
    (rule,) = known_records(of('namespace "${ns}" { policy = "write" }').rules)
    assert isinstance(rule.every_resource, Unknown)


def test_a_word_that_is_filled_in_later_is_unknown():
    (rule,) = known_records(of('namespace "web" { policy = var.x }\nagent { policy = "read" }').rules)
    assert isinstance(rule.every_action, Unknown)


@pytest.mark.parametrize(
    ("path", "everyone"),
    [("anonymous.policy.hcl", True), ("acl-anonymous_policy.hcl", True), ("ci.hcl", None), ("anonymously.hcl", None)],
)
def test_the_policy_for_requests_without_a_token(path, everyone):
    (rule,) = known_records(of('namespace "web" { policy = "read" }', path).rules)
    assert value_of(rule.everyone) is everyone


@pytest.mark.parametrize(
    "text",
    [
        'job "x" { namespace = "y" }',
        'node "x" { policy = "read" }',
        'agent { trust_domain = "x" }',
        'namespace "x" { description = "y" }',
        'namespace "x" { policy = "read" }\nkey_prefix "" { policy = "write" }',
        "",
    ],
)
def test_other_files_are_left(text):
    assert of(text) is None


KEYS = ["namespace", "agent", "node", "operator", "policy", "capabilities", "*", "web", "variables", "host_volume"]
odd = odd_values(KEYS, ["write", "read", "deny", "submit-job", "${x}"])


@given(st.dictionaries(st.sampled_from(KEYS[:4]), odd, max_size=4) | odd)
@settings(max_examples=300, deadline=None)
def test_any_value_is_read_or_left(value):
    facts = found(value)
    if facts is not None:
        activate(facts)
