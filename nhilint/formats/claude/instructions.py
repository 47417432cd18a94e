"""The text of a skill, command or subagent becomes what in it is more than instruction.

Hidden text: characters that no reader sees and a model reads (Unicode tags, runs of zero-width characters, variation
selectors used as an alphabet, overrides of the writing direction), HTML comments that give a model orders behind the
reader's back, and scripts in Base64 to be handed to a shell. Commands that run on loading are read in `load_commands`.
Flags of England, Scotland and Wales are made of tag characters, joined emoji of single zero-width joiners: both are
left alone. Sources: Unicode Standard 15.1 chapter 23 (tags, zero-width, bidi controls) and Unicode Technical Standard
51 (flag and joiner sequences), read 2026-11-22.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Literal

from nhilint.model.fact import Known
from nhilint.model.vocabulary.agent import Instruction
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node

Kind = Literal["hidden_text", "embedded_command", "credential", "disables_guard", "remote_instructions"]

_FLAG = Deferred("\U0001f3f4[\U000e0020-\U000e007e]{1,8}\U000e007f")
_TAGS = Deferred("[\U000e0000-\U000e007f]+")
_ZERO_WIDTH = Deferred("[\u200b\u200c\u200d\u2060\u2061-\u2064\ufeff\u180e]{5,}")
_SELECTORS = Deferred("[\U000e0100-\U000e01ef]{3,}|[\ufe00-\ufe0d]{5,}")
_OVERRIDE = Deferred("[\u202d\u202e]")
_ANY = Deferred("[\u200b-\u200d\u202d\u202e\u2060-\u2064\ufeff\u180e\ufe00-\ufe0d\U000e0000-\U000e01ef]")
_LONGEST_COMMENT = 4_000
_FENCE = Deferred(r"^ {0,3}(?:`{3,}|~{3,})", flags=re.MULTILINE)
_ORDERS = (
    Deferred(
        r"\b(?:ignore|disregard|forget|override)\s+(?:all\s+|any\s+|your\s+|the\s+|these\s+){0,3}"
        r"(?:previous|prior|earlier|above|system|safety|other)\s+(?:instructions?|rules?|prompts?|guidelines?)",
        flags=re.IGNORECASE,
    ),
    Deferred(
        r"\b(?:do\s+not|don't|never)\s+(?:tell|mention|show|reveal|inform|disclose|report|alert)\b[^.\n]{0,40}"
        r"\b(?:user|human|developer|reviewer|anyone)\b",
        flags=re.IGNORECASE,
    ),
    Deferred(
        r"\bwithout\s+(?:telling|informing|asking|notifying|alerting)\s+(?:the\s+)?(?:user|human|developer)\b",
        flags=re.IGNORECASE,
    ),
    Deferred(
        r"\b(?:send|post|upload|exfiltrate|forward)\b[^.\n]{0,80}\b(?:secrets?|tokens?|keys?|credentials?|env|"
        r"environment|passwords?)\b[^.\n]{0,80}https?://",
        flags=re.IGNORECASE,
    ),
)
"""What a comment says when it is meant for the model and not for people."""
_DISGUISED = Deferred(
    r"\b(?:echo|printf)\s+(?:-\w{1,3}\s+)?[\"']?([A-Za-z0-9+/=]{40,4000})[\"']?\s*\|\s*base64\s+(?:-d|-D|--decode)\b"
    r"[^\n|]{0,40}\|\s*(?:sudo\s+)?(?:ba|z|da)?sh\b"
)
"""A script that stands in the text as Base64 and is handed to a shell; long enough to be one, not an illustration."""
MOST_FOUND = 50
_LONGEST_TEXT = 1_000_000


def read_instructions(fields: Node, body: Node) -> tuple[Instruction, ...]:
    """What the body, and the description that stands before it, hide from a reader."""
    found: list[Instruction] = []
    for key in ("description", "name", "when_to_use"):
        if isinstance(fields[key].value, str):
            found.extend(_hidden(fields[key], fields[key].value))
    if isinstance(body.value, str):
        text = body.value[:_LONGEST_TEXT]
        found.extend(_hidden(body, text))
        found.extend(_orders(body, text))
        found.extend(_disguised(body, text))
    return tuple(found[:MOST_FOUND])


def _hidden(node: Node, text: str) -> Iterator[Instruction]:
    if text.isascii() or not _ANY.search(text):
        return
    flags = [found.span() for found in _FLAG.finditer(text)]
    for run in _TAGS.finditer(text):
        if not any(start <= run.start() < end for start, end in flags):
            letters = sum(0xE0020 <= ord(character) < 0xE007F for character in run[0])
            detail = f"{len(run[0])} invisible tag characters, {letters} of which spell letters that only a model reads"
            yield _instruction(node, run.span(), detail)
    for run in _ZERO_WIDTH.finditer(text):
        yield _instruction(node, run.span(), f"{len(run[0])} zero-width characters in a row, enough to encode text")
    for run in _SELECTORS.finditer(text):
        yield _instruction(node, run.span(), f"{len(run[0])} variation selectors in a row, an alphabet nobody sees")
    for run in _OVERRIDE.finditer(text):
        yield _instruction(node, run.span(), "a character that reverses the order in which the text is shown")


def _orders(node: Node, text: str) -> Iterator[Instruction]:
    """Comments outside code that address the model."""
    if "<!--" not in text:
        return
    fences = [found.start() for found in _FENCE.finditer(text)]
    for start, end in _comments(text):
        line = text[text.rfind("\n", 0, start) + 1 : start]
        if line.count("`") % 2 == 1 or bisect_left(fences, start) % 2 == 1:
            continue
        order = next(filter(None, (pattern.search(text, start, end) for pattern in _ORDERS)), None)
        if order is not None:
            words = " ".join(order[0].split())[:80]
            detail = f"a comment, unseen on the page, gives the model an order: {words}"
            yield _instruction(node, (start, end), detail)


def _disguised(node: Node, text: str) -> Iterator[Instruction]:
    """Commands, inside of code as well, that nobody can read and the agent is to run."""
    if "base64" in text:
        for match in _DISGUISED.finditer(text):
            detail = f"a script written as {len(match[1])} characters of Base64 for a shell"
            yield _instruction(node, match.span(), detail)


def _comments(text: str) -> Iterator[tuple[int, int]]:
    """The offsets of HTML comments. One that is longer than the limit is passed over."""
    start = text.find("<!--")
    while start >= 0:
        end = text.find("-->", start + 4, start + _LONGEST_COMMENT)
        if end >= 0:
            yield start, end + 3
        start = text.find("<!--", end + 3 if end >= 0 else start + 4)


def _instruction(node: Node, span: tuple[int, int], detail: str, kind: Kind = "hidden_text") -> Instruction:
    at = node.at.within_text(*span)
    return Instruction(at=at, kind=Known(kind, at), detail=Known(detail, at))
