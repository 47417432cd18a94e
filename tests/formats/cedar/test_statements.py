"""The text of Cedar policies, and texts that only look like them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.cedar import policy
from nhilint.formats.cedar.claims import CLAIMS
from nhilint.formats.cedar.statements import statements
from nhilint.model.fact import value_of
from nhilint.source.document import Document, Syntax


def rules(text):
    found = policy.extract(Document("p.cedar", Syntax.TEXT, text, text), CLAIMS[0])
    return found.resources[0].facts.rules if found.recognised else None


def test_the_parts_of_a_scope():
    (one,) = statements('permit(principal in G::"a, b", action in [A::"x", A::"y"], resource is T in F::"z");') or []
    assert (one.principal, one.action, one.resource) == ('in G::"a, b"', 'in [ A::"x" , A::"y" ]', 'is T in F::"z"')


def test_names_come_from_annotations():
    first, second = rules(
        '@doc("x") @id("one")\npermit(principal, action, resource);forbid(principal, action, resource);'
    )
    assert (value_of(first.name), value_of(second.name)) == ("one", "statement 2")
    assert value_of(second.effect) == "deny"


def test_comments_and_texts_hide_nothing():
    text = '// permit(principal, action, resource);\npermit(principal == U::"a;}", action, resource) when { "}" == "\\"}" };'
    (one,) = rules(text)
    assert value_of(one.everyone) is False
    assert value_of(one.conditioned) is True


def test_a_slot_of_a_template_is_somebody():
    (one,) = rules("permit(principal == ?principal, action, resource in ?resource);")
    assert value_of(one.everyone) is False
    assert value_of(one.every_resource) is False


def test_places_are_those_of_the_head():
    text = '@id("a")\n\npermit ( principal, action, resource ) when { x };'
    (one,) = rules(text)
    assert text[slice(*one.at.within)] == "permit ( principal, action, resource )"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "permit",
        "permit(principal, action, resource)",
        "permit(action, principal, resource);",
        "permit(principal, action, resource) when { a;",
        "entity User; // permit",
        "permit(principal, action, resource); and so on",
    ],
)
def test_what_is_no_policy_is_left(text):
    assert rules(text) is None


@given(st.lists(st.sampled_from(["permit", "forbid", "(", ")", "principal", "action", "resource", ",", ";", "when",
       "{", "}", "@id", '"x"', '"', "::", "==", "in", "[", "]", "\n", "//", "é"]), max_size=40))  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_or_left(words):
    text = " ".join(words)
    for resource in policy.extract(Document("p.cedar", Syntax.TEXT, text, text), CLAIMS[0]).resources:
        activate(resource.facts)


def test_large_files_end():
    assert len(rules("permit(principal, action, resource);" * 3_000)) == 2_000
    assert rules("permit(" + "(" * 300_000) is None
    assert rules('permit("' + '\\"' * 200_000) is None
