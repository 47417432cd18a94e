"""Lists in front matter become entries with their places: `Read, Grep`, `Bash(git add *) Read`, or a YAML list.

A skill's `allowed-tools` may be parted by spaces or commas, a subagent's `tools` by commas; parentheses hold an entry
together. Sources: https://code.claude.com/docs/en/skills and /sub-agents (front matter), read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.place import Place

MOST_ENTRIES = 500
"""Longer lists are read up to here."""


class Entry(NamedTuple):
    """One entry of a list and where it stands."""

    text: str
    at: Place


def entries_of(node: Node) -> tuple[Entry, ...]:
    """The entries of a list or of a text; nothing for any other value."""
    found: list[Entry] = []
    for item in node.items():
        if not isinstance(item.value, str):
            continue
        if item.pointer != node.pointer and _is_one(item.value):
            found.append(Entry(item.value.strip(), item.at))
        else:
            found.extend(Entry(text, item.at.within_text(start, end)) for text, start, end in _parted(item.value))
        if len(found) >= MOST_ENTRIES:
            break
    return tuple(found[:MOST_ENTRIES])


def _is_one(text: str) -> bool:
    """Whether an item of a YAML list is one entry: commas outside parentheses part even there."""
    return sum(1 for _ in _parted(text)) <= 1


def _parted(text: str) -> Iterator[tuple[str, int, int]]:
    """The entries of a text with their offsets, parted by commas and white space outside parentheses."""
    depth, start = 0, -1
    for index, character in enumerate(text):
        if depth == 0 and (character == "," or character.isspace()):
            if start >= 0:
                yield text[start:index], start, index
            start = -1
            continue
        if start < 0:
            start = index
        depth = max(0, depth + (character == "(") - (character == ")"))
    if start >= 0:
        yield text[start:].rstrip(), start, len(text.rstrip())
