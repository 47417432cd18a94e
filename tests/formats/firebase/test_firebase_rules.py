"""Which rules of Firebase hold for everybody, and on what."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.firebase import database_rules, rules
from nhilint.formats.firebase.claims import CLAIMS
from nhilint.model.fact import Unknown, value_of
from nhilint.source.document import Document, Syntax

FIRESTORE, DATABASE = CLAIMS


def read(text):
    found = rules.extract(Document("firestore.rules", Syntax.TEXT, text, text), FIRESTORE)
    return found.resources[0].facts.rules if found.recognised else None


def within(body):
    return read(f"service cloud.firestore {{ match /databases/{{database}}/documents {{ {body} }} }}")


def read_database(value):
    document = Document("database.rules.json", Syntax.JSONC, json.dumps(value), value)
    found = database_rules.extract(document, DATABASE)
    return found.resources[0].facts.rules if found.recognised else None


@pytest.mark.parametrize("condition", ["", ": if true", ":if true ", ": if (true)", ":\n  if true // for now\n"])
def test_conditions_that_always_hold(condition):
    (rule,) = within(f"match /a/{{b}} {{ allow write{condition}; }}")
    assert value_of(rule.everyone) is True
    assert value_of(rule.conditioned) is False


@pytest.mark.parametrize(
    "condition",
    [
        "if false",
        "if request.auth != null",
        "if request.time < timestamp.date(2026, 12, 24)",
        "if isOpen()",
        "if true && isOwner()",
        "if x.matches('^[a-z]{3}$')",
    ],
)
def test_conditions_that_narrow(condition):
    (rule,) = within(f"match /a/{{b}} {{ allow write: {condition}; }}")
    assert value_of(rule.everyone) is False


def test_methods_by_their_short_words():
    first, second, third = within("match /a { allow read; allow write; allow create, update; }")
    assert value_of(first.actions) == ("get", "list")
    assert [value_of(rule.every_action) for rule in (first, second, third)] == [False, True, False]


def test_paths_are_put_together_and_functions_do_not_count():
    (rule,) = within(
        "function f(a) { return a.matches('.{1,2}'); }match /a/{b} { match /c { allow read: if f(1); } } match /d{ }"
    )
    assert value_of(rule.name) == "/a/{b}/c"


@pytest.mark.parametrize(
    ("path", "everything"),
    [("/{document=**}", True), ("/{a}/{b=**}", True), ("/users/{rest=**}", False), ("/{a}/{b}", False)],
)
def test_what_stands_for_everything(path, everything):
    (rule,) = within(f"match {path} {{ allow read; }}")
    assert value_of(rule.every_resource) is everything


def test_storage_and_a_named_bucket():
    text = "service firebase.storage { match /b/acme.appspot.com/o { match /{all=**} { allow read, write; } } }"
    (rule,) = read(text)
    assert value_of(rule.every_resource) is True


def test_comments_are_no_rules_and_other_files_none_of_ours():
    assert within("/* match /a { allow read; } */ // allow write;") == ()
    assert read("-A INPUT -j ACCEPT") is None


def test_rules_of_a_realtime_database():
    found = read_database({"rules": {".read": True, "a": {".write": "auth != null", "$b": {".write": "true"}}}})
    assert [(value_of(r.name), value_of(r.everyone)) for r in found] == [("/", True), ("/a", False), ("/a/$b", True)]
    assert [value_of(rule.every_resource) for rule in found] == [True, False, False]


def test_a_rule_below_an_open_place_does_not_count():
    found = read_database({"rules": {"a": {"b": {".write": True, ".read": True}, ".write": True}, ".read": False}})
    assert [(value_of(r.name), value_of(r.actions)) for r in found] == [
        ("/", ("read",)),
        ("/a", ("write",)),
        ("/a/b", ("read",)),
    ]


def test_a_rule_that_is_filled_in_later_stays_unknown():
    (rule,) = read_database({"rules": {".write": "{{ OPEN }}"}})
    assert isinstance(rule.everyone, Unknown)


def test_json_without_rules_is_something_else():
    assert read_database({"rules": ["a"]}) is None
    assert read_database({".write": True}) is None


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["match /a/{b} {", "{", "}", "allow read", ";", ": if ", "true", "/*", "*/", "//", "\n", " ", "é"]
        )
    )
)
def test_any_text_is_read(parts):
    text = "service cloud.firestore " + "".join(parts)
    found = rules.extract(Document("a.rules", Syntax.TEXT, text, text), FIRESTORE)
    assert all(activate(resource.facts) is not None for resource in found.resources)


@settings(max_examples=200, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.sampled_from(["true", "{{x}}", "auth != null"]),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["rules", ".read", ".write", "$a", "b"]), inner, max_size=4)
        ),
    )
)
def test_any_value_is_read(value):
    found = read_database({"rules": value})
    assert found is None or all(activate(rule) is not None for rule in found)
