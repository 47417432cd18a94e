"""Counts, sentences and beginnings read as a person would write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from nhilint.report.words import counted, first_sentence, sentence, shortened, timestamp


def test_counts_are_singular_for_one_only():
    assert [counted(n, "finding") for n in (0, 1, 2, 12_345)] == [
        "0 findings",
        "1 finding",
        "2 findings",
        "12,345 findings",
    ]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("One thing. Another thing.", "One thing."),
        ("Wrapped over\ntwo lines. More.", "Wrapped over two lines."),
        ("No stop at all\n\nNext paragraph.", "No stop at all"),
        ("Use a list:\n\n- a\n", "Use a list"),
        ("Pin it, e.g. to a digest. Then test.", "Pin it, e.g. to a digest."),
        ("Set `a.b` to 1.5 there. Done.", "Set `a.b` to 1.5 there."),
        ("", ""),
    ],
)
def test_the_first_sentence_is_taken(text, first):
    assert first_sentence(text) == first


def test_a_sentence_ends_in_punctuation_once():
    assert [sentence(t) for t in ("a", "a.", "a?", "cut…")] == ["a.", "a.", "a?", "cut…"]


def test_long_text_is_cut_after_a_sentence_or_a_word():
    assert shortened("short", 10) == "short"
    assert shortened("First one here. Second one.", 22) == "First one here."
    assert shortened("several words without any stop", 20) == "several words…"
    assert len(shortened("x" * 2000, 1024)) <= 1024


def test_instants_are_written_in_utc():
    summer = datetime(2026, 6, 1, 12, tzinfo=timezone(timedelta(hours=2)))
    assert timestamp(summer) == "2026-06-01T10:00:00Z"
    assert timestamp(summer.astimezone(UTC).replace(tzinfo=None)) == "2026-06-01T10:00:00Z"
