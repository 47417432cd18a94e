"""Templates match what they say and nothing else; suggestions are close or absent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhilint.catalogue.spelling import closest, fill_template, match_template


@pytest.mark.parametrize(
    ("template", "text", "parts"),
    [
        ("NHI {n}", "NHI-03", {"n": "3"}),
        ("NHI {n}", "nhi_3", {"n": "3"}),
        ("NHI {n}", "NHI3", {"n": "3"}),
        ("NHI {n}", "NHI--3", None),
        ("NHI {n}", "NHI0", None),
        ("NHI {n}", "NHI12345", None),
        ("NHI {n}", "xNHI3", None),
        ("NHI {n}", "NHI3 ", None),
        ("NHI {n}", "NHI\u0663", None),
        ("GV {n}.{m}", "GV-1.10", {"n": "1", "m": "10"}),
        ("GV {n}.{m}", "GV-1x10", None),
        ("{a}.{b}-{n}", "pr.ac-4", {"a": "pr", "b": "ac", "n": "4"}),
        ("OWASP NHI-03", "owasp nhi-03", {}),
        ("OWASP NHI-03", "OWASP NHI 03", None),
        ("OWASP NHI-03", "OWASP NHI-3", None),
        ("A+ {n}", "AAA1", None),
    ],
)
def test_a_template_matches_the_whole_text_or_nothing(template, text, parts):
    assert match_template(template, text) == parts


@pytest.mark.parametrize(
    ("template", "parts", "filled"),
    [
        ("NHI{n}:2025", {"n": "3"}, "NHI3:2025"),
        ("ASI{nn}", {"n": "3"}, "ASI03"),
        ("ASI{nn}", {"n": "10"}, "ASI10"),
        ("MAESTRO-L{n}-{mm}", {"n": "3", "m": "4"}, "MAESTRO-L3-04"),
        ("{a}.{b}-{nn}", {"a": "pr", "b": "ac", "n": "4"}, "PR.AC-04"),
        ("NHI7:2025", {}, "NHI7:2025"),
    ],
)
def test_filling_a_template(template, parts, filled):
    assert fill_template(template, parts) == filled


@given(st.integers(1, 999), st.sampled_from(["", " ", "-", "_"]), st.integers(0, 3))
def test_numbers_survive_zeros_and_separators(number, separator, zeros):
    parts = match_template("X {n}", f"X{separator}{'0' * zeros}{number}")
    assert parts == {"n": str(number)}


@given(st.text(max_size=40), st.text(alphabet="ABC {n}{m}{a}.:-123", max_size=20))
def test_any_template_against_any_text_is_an_answer(text, template):
    if template.count("{n}") < 2 and template.count("{m}") < 2 and template.count("{a}") < 2:
        match_template(template, text)


@pytest.mark.parametrize(
    ("word", "among", "best"),
    [
        ("severty", ["severity", "since", "status"], ("severity",)),
        ("HIGH", ["high", "low"], ("high",)),
        ("colour", ["severity", "since"], ()),
        ("", ["a"], ()),
        ("a" * 61, ["a" * 61], ()),
    ],
)
def test_the_closest_word_or_none(word, among, best):
    assert closest(word, among) == best
