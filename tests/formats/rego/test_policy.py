"""Which declarations of a Rego file are judged, and which are left."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.rego import policy
from nhilint.formats.rego.claims import CLAIMS
from nhilint.model.fact import value_of
from nhilint.source.document import Document, Syntax


def read(text, path="authz.rego"):
    found = policy.extract(Document(path, Syntax.TEXT, text, text), CLAIMS[0])
    return found.resources[0].facts if found.recognised else None


@pytest.mark.parametrize(
    "rule",
    [
        "allow := true",
        "allow = true",
        "allow if true",
        "allow if { true }",
        "allow { true }",
        "allow {\n  true\n}",
        "allow = true { true }",
        "allowed := true # for now",
        "allow := true\r",
    ],
)
def test_rules_without_a_condition(rule):
    (one,) = read(f"package a\n{rule}\n").rules
    assert value_of(one.everyone) is True


@pytest.mark.parametrize(
    "rule",
    [
        "allow",
        "allow := false",
        "allow if input.x",
        "allow if {\n  input.x\n}",
        "allow := true if input.x",
        "allow = true {\n  input.x\n}",
        "allow { true; input.x }",
        "  allow := true",
        "allowlist := true",
        "# allow := true",
        "x := `\nallow := true\n`",
        "allow contains true",
        'allow["a"] := true',
        "allow := true_for(input)",
    ],
)
def test_everything_else_is_left(rule):
    assert read(f"package a\n{rule}\n").rules == ()


@pytest.mark.parametrize(
    ("text", "default"),
    [
        ("default allow := true", "allow"),
        ("default allow = true", "allow"),
        ("default authorized := false", "deny"),
        ("default deny := false", None),
        ("default allow_x := true", None),
        ("# default allow := true", None),
        ("default allow := false\ndefault allowed := true", "allow"),
        ("default allow := true\nallow := false if input.request.method == 1", "allow"),
        ("default allow := true\nallow := false if input.desk == 1", None),
        ("default allow := true\ndeny[msg] { input.user; msg := 1 }", None),
        ("default allow := true\ndeny contains msg if { input.user; msg := 1 }", None),
    ],
)
def test_defaults(text, default):
    assert value_of(read(f"package a.b\n{text}\n").default) == default


def test_tests_and_other_files_are_left():
    assert read("package a\nallow := true", "authz_test.rego") is None
    assert read("allow := true") is None


@pytest.mark.parametrize(
    ("path", "setting"),
    [
        ("docker_files/policy_test/authz.rego", "test"),
        ("integration-tests/authz.rego", "test"),
        ("latest/authz.rego", "production"),
        ("policies/authz.rego", "production"),
    ],
)
def test_a_policy_of_a_folder_that_tests_with_it_is_a_test(path, setting):
    text = "package a\ndefault allow := true"
    assert policy.extract(Document(path, Syntax.TEXT, text, text), CLAIMS[0]).resources[0].setting == setting


def test_places_are_those_of_the_declaration():
    text = "package a\n\ndefault allow := true\n"
    assert text[slice(*read(text).default.at.within)] == "default allow := true"


@given(st.lists(st.sampled_from(["package a\n", "default ", "allow", ":= ", "= ", "true", "if ", "{", "}", "\n", '"', "`",
       "#", "false", " ", "\\"]), max_size=40))  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_or_left(words):
    found = read("package x\n" + "".join(words))
    if found is not None:
        activate(found)


def test_large_files_end():
    assert len(read("package a\n" + "allow := true\n" * 20_000).rules) == 500
    assert read("package a\nallow" + " " * 300_000 + "x").rules == ()
    assert read('package a\n"' + '\\"' * 200_000).rules == ()
