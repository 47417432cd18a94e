"""How values read in the sentence of a finding."""

from __future__ import annotations

import pytest

from nhilint.evaluate.messages import render

TEMPLATE = "it holds {{ subject.held }}"


@pytest.mark.parametrize("template", [TEMPLATE, TEMPLATE + "{% if item.x %}!{% endif %}"])
def test_a_long_list_names_whole_ones_and_counts_the_rest(template):
    held = [f"the secret NUMBER_{number}_OF_MANY" for number in range(30)]
    text = render(template, {"held": held}, {})
    assert text.startswith("it holds the secret NUMBER_0_OF_MANY, the secret NUMBER_1_OF_MANY")
    named = text.count("the secret")
    assert text.endswith(f"{held[named - 1]} and {30 - named} more")
    assert 3 <= named < 10


def test_a_list_with_room_is_named_whole():
    assert render(TEMPLATE, {"held": ["a", "b"]}, None) == "it holds a, b"


def test_one_long_value_is_cut():
    text = render(TEMPLATE, {"held": ["x" * 500, "y"]}, None)
    assert text.endswith("…")
    assert len(text) == len("it holds ") + 160
