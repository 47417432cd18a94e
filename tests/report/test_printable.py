"""No text of a scanned repository reaches a terminal or a CI log as anything but text."""

from __future__ import annotations

import re
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhilint.report.printable import inert, one_line, printable, printable_lines

ANY_TEXT = st.text(st.characters(), max_size=60)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("plain text", "plain text"),
        ("naïve 日本語 🔑", "naïve 日本語 🔑"),
        ("red\x1b[31m", "red\\x1b[31m"),
        ("a\nb\tc\r", "a\\x0ab\\x09c\\x0d"),
        ("\x9b31m", "\\x9b31m"),
        ("abc\u202ecba", "abc\\u202ecba"),
        ("a\u2028b", "a\\u2028b"),
        ("tag\U000e0041", "tag\\U000e0041"),
        ("byte\udcff", "byte\\xff"),
        ("half\ud83d", "half\\ud83d"),
        ("wide\u3000space\u00a0here", "wide\u3000space\u00a0here"),
    ],
)
def test_what_cannot_be_shown_is_spelled_out(raw, shown):
    assert printable(raw) == shown


@given(ANY_TEXT)
def test_nothing_that_controls_is_left(text):
    assert not [c for c in printable(text) if category(c)[0] == "C" or category(c) in {"Zl", "Zp"}]


@given(ANY_TEXT)
def test_the_result_stays_the_same_when_made_printable_again(text):
    assert printable(printable(text)) == printable(text)


def test_white_space_of_a_message_is_folded_before_it_is_spelled():
    assert one_line(" a\r\n  b\tc\u2028d\x1be ") == "a b c d\\x1be"


def test_line_breaks_of_a_page_are_kept():
    assert printable_lines("a\n\tb\x1b\n") == "a\n    b\\x1b\n"


@pytest.mark.parametrize("line", ["::error::x", "   ::add-mask::x", "\u3000::warning::x"])
def test_no_line_starts_a_workflow_command(line):
    assert not re.search(r"(?m)^\s*::", inert(f"first\n{line}\nlast"))


def test_the_older_command_is_broken_anywhere_in_a_line():
    assert "##[" not in inert("text ##[add-mask]x ###[group]")


def test_two_colons_inside_a_line_stay():
    assert inert("std::string\n") == "std::string\n"
