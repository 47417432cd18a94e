"""Policies of Cerbos: what everybody may do, what one caller may, and files that only look like them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.cerbos import policy
from nhilint.formats.cerbos.claims import CLAIMS
from nhilint.model.fact import Unknown, known_records, value_of
from nhilint.source.document import Document, Syntax
from tests.odd_values import odd_values


def found(value):
    result = policy.extract(Document("x.yaml", Syntax.YAML, "", value), CLAIMS[0])
    return [resource.facts for resource in result.resources]


def about(**rule):
    stated = {"actions": ["view"], "effect": "EFFECT_ALLOW", "roles": ["user"], **rule}
    value = {"apiVersion": "api.cerbos.dev/v1", "resourcePolicy": {"resource": "album", "rules": [stated]}}
    return known_records(found(value)[0].rules)[0]


@pytest.mark.parametrize(
    ("stated", "everyone", "every_action"),
    [
        ({}, False, False),
        ({"roles": ["*"]}, True, False),
        ({"roles": ["*"], "actions": ["*"]}, True, True),
        ({"roles": None, "derivedRoles": ["owner"], "actions": ["*"]}, False, True),
        ({"actions": ["album:*"]}, False, False),
    ],
)
def test_rules_about_a_resource(stated, everyone, every_action):
    rule = about(**stated)
    assert (value_of(rule.everyone), value_of(rule.every_action)) == (everyone, every_action)


def test_a_condition_narrows():
    assert value_of(about(condition={"match": {"expr": "x"}}).conditioned)


def test_a_policy_that_needs_the_consent_of_the_one_above_allows_nothing_alone():
    rule = {"actions": ["*"], "effect": "EFFECT_ALLOW", "roles": ["*"]}
    consent = "SCOPE_PERMISSIONS_REQUIRE_PARENTAL_CONSENT_FOR_ALLOWS"
    for stated, conditioned in ((consent, True), ("SCOPE_PERMISSIONS_OVERRIDE_PARENT", False)):
        body = {"resource": "album", "scope": "acme", "scopePermissions": stated, "rules": [rule]}
        (read,) = known_records(found({"apiVersion": "api.cerbos.dev/v1", "resourcePolicy": body})[0].rules)
        assert value_of(read.conditioned) is conditioned


def test_an_effect_that_is_no_effect_is_unknown():
    assert isinstance(about(effect="ALLOW").effect, Unknown)


def test_rules_about_a_principal_say_nothing_of_others():
    action = {"action": "*", "effect": "EFFECT_ALLOW"}
    rules = [{"resource": "*", "actions": [action, {**action, "action": "view"}]}]
    value = {"apiVersion": "api.cerbos.dev/v1", "principalPolicy": {"principal": "bot", "rules": rules}}
    first, second = known_records(found(value)[0].rules)
    assert first.everyone is None
    assert value_of(first.every_action)
    assert value_of(first.every_resource)
    assert not value_of(second.every_action)


@pytest.mark.parametrize(
    "value",
    [
        {"apiVersion": "v1", "resourcePolicy": {"resource": "x"}},
        {"apiVersion": "api.cerbos.dev/v1", "disabled": True, "resourcePolicy": {"resource": "x"}},
        {"apiVersion": "api.cerbos.dev/v1", "derivedRoles": {"name": "x"}},
    ],
)
def test_others_are_left(value):
    assert found(value) == []


KEYS = ["apiVersion", "resourcePolicy", "principalPolicy", "resource", "principal", "rules", "actions", "action", "roles",
        "effect", "condition", "disabled", "name"]  # fmt: skip
odd = odd_values(KEYS, ["*", "EFFECT_ALLOW", "{{x}}", "api.cerbos.dev/v1"])


@given(st.dictionaries(st.sampled_from(KEYS), odd, max_size=6) | odd)
@settings(max_examples=300, deadline=None)
def test_any_value_is_read_or_left(value):
    whole = {**value, "apiVersion": "api.cerbos.dev/v1"} if isinstance(value, dict) else value
    for facts in found(whole):
        activate(facts)
