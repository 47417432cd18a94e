"""Small pieces of English that several reports share: counts, sentences, beginnings."""

from __future__ import annotations

from datetime import UTC, datetime

from nhilint.source.deferred import Deferred

_SENTENCE_END = Deferred(r"(?<=[.!?])\s")
_ABBREVIATIONS = ("e.g.", "i.e.", "etc.", "cf.", "vs.")


def counted(number: int, noun: str) -> str:
    """`1 finding`, `3 findings`, `5,000 findings`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def first_sentence(text: str) -> str:
    """The first sentence of a Markdown text, or its first paragraph where that has no sentence end."""
    paragraph = " ".join(text.strip().split("\n\n", 1)[0].split())
    for end in _SENTENCE_END.finditer(paragraph):
        if not paragraph[: end.start()].endswith(_ABBREVIATIONS):
            return paragraph[: end.start()]
    return paragraph.removesuffix(":")


def sentences(text: str) -> list[str]:
    """The sentences of a Markdown text's first paragraph."""
    paragraph = " ".join(text.strip().split("\n\n", 1)[0].split())
    told: list[str] = []
    start = 0
    for end in _SENTENCE_END.finditer(paragraph):
        if not paragraph[: end.start()].endswith(_ABBREVIATIONS):
            told.append(paragraph[start : end.start()])
            start = end.end()
    return [*told, paragraph[start:]] if paragraph[start:] else told


def sentence(text: str) -> str:
    """The text with a full stop, unless it ends in punctuation."""
    return text if text.endswith((".", "!", "?", "…")) else text + "."


def shortened(text: str, longest: int) -> str:
    """At most `longest` characters, cut after a sentence where one ends in the second half, else after a word."""
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    ends = [end.start() for end in _SENTENCE_END.finditer(cut) if end.start() > longest // 2]
    return cut[: ends[-1]] if ends else cut.rsplit(" ", 1)[0] + "…"


def timestamp(moment: datetime) -> str:
    """An instant as RFC 3339 has it, in UTC to the second; one without a time zone is taken for UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
