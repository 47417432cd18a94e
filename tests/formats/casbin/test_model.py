"""The effect of a Casbin model decides what holds when no line fits."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.formats.casbin import model
from nhilint.formats.casbin.claims import CLAIMS
from nhilint.model.fact import value_of
from nhilint.source.document import Document, Syntax

MODEL = "[request_definition]\nr = sub, obj, act\n\n[policy_effect]\n%s\n\n[matchers]\nm = r.sub == p.sub\n"


def read(text):
    found = model.extract(Document("rbac_model.conf", Syntax.TEXT, text, text), CLAIMS[0])
    return found.resources[0].facts if found.recognised else None


@pytest.mark.parametrize(
    ("effect", "default"),
    [
        ("e = !some(where (p.eft == deny))", "allow"),
        ("# why\n  e=!some(where (p_eft==deny)) # because", "allow"),
        ("e = some(where (p.eft == allow))", "deny"),
        ("e = some(where (p.eft == allow)) && !some(where (p.eft == deny))", "deny"),
        ("e = priority(p.eft) || deny", "deny"),
    ],
)
def test_effects(effect, default):
    assert value_of(read(MODEL % effect).default) == default


def test_places_are_those_of_the_line():
    text = MODEL % "e = some(where (p.eft == allow))"
    assert text[slice(*read(text).default.at.within)] == "e = some(where (p.eft == allow))"


@pytest.mark.parametrize("text", ["", "[policy_effect]\n", "[policy_effect]\ne = x", "[request_definition]\ne = x"])
def test_what_is_no_model_is_left(text):
    assert read(text) is None


@given(st.text(alphabet="[policy_effct]requsdn\n= e!#", max_size=60))
@settings(max_examples=100, deadline=None)
def test_any_text_is_read_or_left(text):
    read("[request_definition]\n[policy_effect]\n" + text)


def test_large_files_end():
    assert read("[request_definition][policy_effect]" + "\n " * 300_000) is None
