"""How values read in the sentence of a finding."""

from __future__ import annotations

import pytest

from nhilint.evaluate.messages import render

TEMPLATE = "it holds {{ subject.held }}"


@pytest.mark.parametrize("template", [TEMPLATE, TEMPLATE + "{% if item.x %}!{% endif %}"])
def test_a_long_list_names_whole_ones_and_counts_the_rest(template):
    held = [f"a right of NUMBER_{number}_OF_MANY" for number in range(30)]
    text = render(template, {"held": held}, {})
    assert text.startswith("it holds a right of NUMBER_0_OF_MANY, a right of NUMBER_1_OF_MANY")
    named = text.count("a right of")
    assert text.endswith(f"{held[named - 1]} and {30 - named} more")
    assert 3 <= named < 10


def test_a_list_with_room_is_named_whole():
    assert render(TEMPLATE, {"held": ["a", "b"]}, None) == "it holds a, b"


def test_one_long_value_is_cut():
    text = render(TEMPLATE, {"held": ["x" * 500, "y"]}, None)
    assert text.endswith("…")
    assert len(text) == len("it holds ") + 160


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["the secret A"], "the secret A"),
        (["the secret A", "a token that may write x"], "the secret A and a token that may write x"),
        (["the secret HOOK", "the secret B_KEY"], "the secrets B_KEY and HOOK"),
        (["the secret A", "the secret B", "the variable C"], "the secrets A and B and the variable C"),
        (
            ["the secret A", "the secret B", "the secret C_TOKEN", "the secret D"],
            "the secrets C_TOKEN, A, B and 1 other",
        ),
        ([f"the secret {name}" for name in "ABCDE"] + ["x"], "the secrets A, B, C and 2 others and x"),
        (["A", "B"], "A, B"),
    ],
)
def test_secrets_are_told_together(words, told):
    assert render("{{ subject.held }}", {"held": words}, None) == told


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("CloudFormation", "statement CloudFormation"),
        ("statement 2", "statement 2"),
        ("AWS' policy AmazonS3FullAccess", "AWS' policy AmazonS3FullAccess"),
        (None, "(unknown)"),
    ],
)
def test_the_id_of_a_statement_does_not_read_like_a_means(name, told):
    assert render("by {{ item.name | as_statement }}", {}, {"name": name}) == f"by {told}"
