"""The wildcard matcher against the standard library's, and its time on patterns made to be slow."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhilint.knowledge.aws.wildcard import Automaton, wildcard_test

PATTERNS = st.text("ab*?", max_size=8)
TEXTS = st.text("ab", max_size=10)


def expected(pattern: str, text: str) -> bool:
    expression = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    return re.fullmatch(expression, text) is not None


@given(PATTERNS, TEXTS)
def test_agrees_with_a_regular_expression(pattern, text):
    assert wildcard_test(pattern)(text) is expected(pattern, text)
    assert Automaton.of(pattern, barrier=":").matches(text) is expected(pattern, text)


@pytest.mark.parametrize("pattern", ["*a" * 500 + "b", "?*" * 500 + "b", "*a?" * 300 + "*b"])
def test_no_pattern_is_slow(pattern):
    started = time.process_time()
    assert not wildcard_test(pattern)("a" * 2000)
    assert time.process_time() - started < 0.5


def test_the_pieces_may_not_overlap():
    assert not wildcard_test("ab*ba")("aba")
    assert wildcard_test("ab*ba")("abba")
