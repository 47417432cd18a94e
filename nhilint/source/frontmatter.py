"""Front matter that is no valid YAML becomes entries, key by key.

`description: Use when: asked` and `globs: *.ts` are no YAML, and yet the agents they are written for load them. So
each line that starts with `key:` opens an entry, which owns the lines up to the next; an entry that is sound YAML by
itself is read as such, any other is plain text with its lines joined.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Generic, NamedTuple

from nhilint.source.deferred import Deferred
from nhilint.source.place import Offsets, Place
from nhilint.source.unreadable import Unreadable, UnreadableKind
from nhilint.source.yaml_reader import VALUES as YAML_VALUES
from nhilint.source.yaml_reader import places_in
from nhilint.source.yaml_walk import Build, Node, Oddity, walk

if TYPE_CHECKING:
    from collections.abc import Callable

    from nhilint.source.limits import Limits
    from nhilint.source.value import Value

_KEY = Deferred(r"^([A-Za-z_][\w.-]{0,63})[ \t]*:(?=[ \t\r\n]|\Z)[ \t]*", flags=re.MULTILINE)
CONTENT = Deferred(r"^[ \t]*[^\s#]", flags=re.MULTILINE)
"""The start of a line that is neither blank nor a comment."""
_MOST_ENTRIES = 1000


class Made(NamedTuple, Generic[Node]):
    """What entries become: sound YAML by a build whose offsets start at a base, anything else from its text."""

    build: Callable[[str, int], Build[Node]]
    """Takes the walked text and the offset at which it stands in the file."""
    plain: Callable[[str, Offsets, Offsets], Node]
    """Takes the text of the value, the offsets of its key and its own."""
    mapping: Callable[[dict[str, Node], Offsets], Node]


def recover(text: str, start: int, end: int, made: Made[Node], limits: Limits) -> tuple[Node, list[Oddity]] | None:
    """The entries of text[start:end] and what was odd about them; None when it does not consist of entries."""
    keys = list(_KEY.finditer(text, start, end))
    if not 0 < len(keys) <= _MOST_ENTRIES or CONTENT.search(text, start, keys[0].start()):
        return None
    entries: dict[str, Node] = {}
    oddities: list[Oddity] = []
    ends = [key.start() for key in keys[1:]] + [end]
    for key, upto in zip(keys, ends, strict=True):
        if key[1] in entries:
            message = "the key is given twice in the front matter; the last one counts"
            oddities.append(Oddity(message, key.start(), "duplicate-key"))
        entries[key[1]] = _entry(text, key, upto, made, limits)
    return made.mapping(entries, (start, end)), oddities


def _entry(text: str, key: re.Match[str], upto: int, made: Made[Node], limits: Limits) -> Node:
    """One entry: by YAML if it can be, as plain text if not."""
    source = text[key.start() : upto]
    build = made.build(source, key.start())
    try:
        sound = build.keys_of(walk(source, build, limits).documents[0])
    except Unreadable as fault:
        if fault.kind is not UnreadableKind.MALFORMED:
            raise
        sound = None
    if sound is not None and key[1] in sound:
        return sound[key[1]]
    value = text[key.end() : upto]
    stripped = value.rstrip()
    plain = " ".join(stripped.split())
    return made.plain(plain, key.span(1), (key.end(), key.end() + len(stripped)))


def _place(_text: str, key: Offsets, value: Offsets) -> Place:
    return Place(*value, key=key)


VALUES: Made[Value] = Made(
    build=lambda _text, _base: YAML_VALUES,
    plain=lambda text, _key, _value: text,
    mapping=lambda entries, _offsets: entries,
)
PLACES: Made[Place] = Made(
    build=places_in,
    plain=_place,
    mapping=lambda entries, offsets: Place(*offsets, children=entries),
)
