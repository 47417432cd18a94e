"""Source lines are cut to the width around their span, and the carets stand under it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhilint.model.run import Located
from nhilint.report.cells import cells, wrap
from nhilint.report.excerpt import excerpt


def shown(text, column, end_column, width=40, end_line=1):
    result = excerpt(Located(1, column, end_line, end_column, text, ""), width)
    return result.line, result.carets


@pytest.mark.parametrize(
    ("text", "column", "end", "line", "carets"),
    [
        ("key: value", 6, 11, "key: value", "     ^^^^^"),
        ("\tkey: value", 2, 5, "    key: value", "    ^^^"),
        ("ab\tkey", 4, 7, "ab  key", "    ^^^"),
        ("名前: value", 5, 10, "名前: value", "      ^^^^^"),
        ("key: 値段", 6, 8, "key: 値段", "     ^^^^"),
        ("e\u0301: x", 5, 6, "e\u0301: x", "   ^"),
        ("a\x1b[0m: x", 8, 9, "a\\x1b[0m: x", "          ^"),
        ("empty", 3, 3, "empty", "  ^"),
        ("short", 99, 120, "short", "     ^"),
        ("", 1, 1, "", "^"),
    ],
)
def test_carets_stand_under_the_span(text, column, end, line, carets):
    assert shown(text, column, end) == (line, carets)


def test_a_span_of_many_lines_is_underlined_to_the_end_of_its_first():
    assert shown("key: |", 6, 3, end_line=4) == ("key: |", "     ^")
    assert shown("block here", 1, 1, end_line=2) == ("block here", "^" * 10)


def test_a_long_line_is_cut_on_both_sides():
    text = "a" * 100 + "TARGET" + "b" * 100
    line, carets = shown(text, 101, 107)
    assert line.startswith("…a")
    assert line.endswith("b…")
    assert cells(line) == 40
    assert line[carets.index("^") :].startswith("TARGET")
    assert carets.count("^") == 6


def test_the_end_of_a_long_line_is_filled_up_from_the_left():
    line, carets = shown("a" * 100 + "TARGET", 101, 107)
    assert line == "…" + "a" * 32 + "TARGET"
    assert carets == " " * 33 + "^" * 6


def test_a_span_longer_than_the_width_begins_in_sight():
    line, carets = shown("x = " + "v" * 500, 5, 505)
    assert "v" in line
    assert line.endswith("…")
    assert cells(line) <= 40
    assert line[carets.index("^")] == "v"
    assert len(carets) <= 40


def test_a_line_of_a_megabyte_is_shown_at_once():
    text = "日" * 1_000_000
    line, _ = shown(text, 500_000, 500_010)
    assert cells(line) <= 40


LINES = st.text(st.characters(blacklist_characters="\n\r"), max_size=120)


@given(LINES, st.integers(1, 130), st.integers(0, 130), st.integers(20, 60))
def test_line_and_carets_keep_to_the_width(text, column, length, width):
    line, carets = shown(text, column, column + length, width)
    # One escape of ten cells is never cut in two.
    assert cells(line) <= width + 10
    assert carets.strip() == carets.lstrip()
    assert set(carets.strip()) == {"^"}
    assert len(carets) <= width + 11


@given(st.text(st.characters(whitelist_categories=["L", "N", "Zs"]), max_size=200), st.integers(5, 60))
def test_wrapping_loses_no_word_and_keeps_to_the_width(text, width):
    lines = wrap(" ".join(text.split()), width)
    assert " ".join(lines).split() == text.split()
    assert all(cells(line) <= width or " " not in line for line in lines)
