"""The events of a YAML text become a tree, of values or of places alike.

One walk serves both: a `Build` says what a node becomes, the walk knows everything else (keys, merge keys, aliases,
duplicate keys, tags, limits). So the value and its positions cannot disagree. Events come from libyaml through
ruamel.yaml's C parser; its composer, resolver and constructors are not used, and no tag is ever constructed.

Merge keys (`<<`) follow https://yaml.org/type/merge.html: keys of the mapping itself win, then earlier sources.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from _ruamel_yaml import CParser  # type: ignore[import-not-found]
from msgspec import Struct
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from nhilint.source.limits import Limits, alias_bomb, too_deep, too_many_nodes
from nhilint.source.lines import position_in
from nhilint.source.unreadable import Unreadable, UnreadableKind
from nhilint.source.yaml_shield import needs_shield, shielded, unshielded

if TYPE_CHECKING:
    from collections.abc import Callable

    from nhilint.source.span import Position

_UNPRINTABLE = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
"""What YAML does not allow in a file (YAML 1.2.2, section 5.1). Compiled where it is needed: that takes 5 ms."""
_MOST_ODDITIES = 100

Node = TypeVar("Node")
Other = TypeVar("Other")
Event = Any
"""An event of ruamel.yaml; its marks count code points from 0 in `index`."""


class Build(Struct, Generic[Node], frozen=True):
    """What the nodes of a walk become."""

    scalar: Callable[[Event], Node]
    mapping: Callable[[Event, Event, dict[str, Node]], Node]
    sequence: Callable[[Event, Event, list[Node]], Node]
    keys_of: Callable[[Node], dict[str, Node] | None]
    """The entries of a finished mapping, for merging; None when the node is no mapping."""
    items_of: Callable[[Node], list[Node] | None]
    keyed: Callable[[Node, Event, Event], Node] | None = None
    """A node under a key: gets the node, the key's event and the value's event."""
    aliased: Callable[[Node, Event], Node] | None = None
    """A node that an alias brings in."""


def paired(first: Build[Node], second: Build[Other]) -> Build[tuple[Node, Other]]:
    """Build two trees in one walk; a key that merges does so where it does in the first."""

    def mapping(start: Event, end: Event, entries: dict[str, tuple[Node, Other]]) -> tuple[Node, Other]:
        halves = ({key: one for key, (one, _) in entries.items()}, {key: other for key, (_, other) in entries.items()})
        return first.mapping(start, end, halves[0]), second.mapping(start, end, halves[1])

    def sequence(start: Event, end: Event, items: list[tuple[Node, Other]]) -> tuple[Node, Other]:
        return first.sequence(start, end, [one for one, _ in items]), second.sequence(start, end, [o for _, o in items])

    def keys_of(node: tuple[Node, Other]) -> dict[str, tuple[Node, Other]] | None:
        ones, others = first.keys_of(node[0]), second.keys_of(node[1])
        return None if ones is None or others is None else {key: (one, others[key]) for key, one in ones.items()}

    def items_of(node: tuple[Node, Other]) -> list[tuple[Node, Other]] | None:
        ones, others = first.items_of(node[0]), second.items_of(node[1])
        return None if ones is None or others is None else list(zip(ones, others, strict=True))

    def keyed(node: tuple[Node, Other], key: Event, value: Event) -> tuple[Node, Other]:
        return (
            first.keyed(node[0], key, value) if first.keyed else node[0],
            second.keyed(node[1], key, value) if second.keyed else node[1],
        )

    def aliased(node: tuple[Node, Other], event: Event) -> tuple[Node, Other]:
        return (
            first.aliased(node[0], event) if first.aliased else node[0],
            second.aliased(node[1], event) if second.aliased else node[1],
        )

    return Build(
        lambda event: (first.scalar(event), second.scalar(event)), mapping, sequence, keys_of, items_of, keyed, aliased
    )


class Oddity(Struct, frozen=True):
    """Something to remark on, at an offset of the walked text."""

    message: str
    offset: int
    kind: str


class _Anchored(Struct, Generic[Node], frozen=True):
    node: Node
    size: int
    height: int


class Walked(NamedTuple, Generic[Node]):
    """What a walk brings home: one node for each document (empty ones yield to others), and what was odd."""

    documents: list[Node]
    oddities: list[Oddity]


def walk(text: str, build: Build[Node], limits: Limits) -> Walked[Node]:
    """Every document of a YAML text; raises Unreadable at the first fault.

    A text that libyaml refuses is tried again behind the shield that makes YAML 1.2 of it.
    """
    shield = needs_shield(text)
    try:
        return _Walk(text, build, limits, shield=shield).take()
    except Unreadable as refusal:
        if shield or refusal.kind is not UnreadableKind.MALFORMED or shielded(text) == text:
            raise
        return _Walk(text, build, limits, shield=True).take()


def open_parser(text: str, *, shield: bool = False) -> Callable[[], Event]:
    """A function that yields the next event of the text, and None after the last; it raises YAMLError at a fault."""
    next_event: Callable[[], Event] = CParser(shielded(text) if shield else text).get_event
    if not shield:
        return next_event

    def next_unshielded() -> Event:
        event = next_event()
        if event.__class__ is ScalarEvent:
            event.value = unshielded(event.value)
        return event

    return next_unshielded


class _Walk(Generic[Node]):
    """One pass over the events of a text."""

    def __init__(self, text: str, build: Build[Node], limits: Limits, *, shield: bool = False) -> None:
        self.oddities: list[Oddity] = []
        self._text = text
        self._build = build
        self._limits = limits
        self._next = open_parser(text, shield=shield)
        self._anchors: dict[str, _Anchored[Node] | None] = {}
        self._nodes = 0
        self._aliases = 0
        self._deepest = 0
        self._last: Event = None

    def take(self) -> Walked[Node]:
        """Every document of the stream, and the oddities."""
        try:
            return Walked(self._documents(), self.oddities)
        except YAMLError as error:
            raise self._malformed(error) from None
        except RecursionError:
            raise too_deep(self._limits) from None

    def _documents(self) -> list[Node]:
        found: list[Node] = []
        empty: list[Node] = []
        while (event := self._next()) is not None and event.__class__ is not StreamEndEvent:
            if event.__class__ is not DocumentStartEvent:
                continue
            self._anchors.clear()
            first = self._next()
            (empty if _is_empty(first) else found).append(self._node(first, 1))
        return found or empty[:1]

    def _node(self, event: Event, depth: int) -> Node:
        kind = event.__class__
        if kind is ScalarEvent:
            node = self._build.scalar(event)
            if event.anchor:
                self._anchors[event.anchor] = _Anchored(node, 1, 0)
            return node
        if kind is AliasEvent:
            return self._alias(event, depth)
        if depth > self._limits.depth:
            raise too_deep(self._limits, self._position(event))
        collect = self._mapping if kind is MappingStartEvent else self._sequence
        if not event.anchor:
            self._deepest = max(self._deepest, depth)
            return collect(event, depth)
        return self._anchored(event, depth, collect)

    def _anchored(self, event: Event, depth: int, collect: Callable[[Event, int], Node]) -> Node:
        """A collection with an anchor: its expanded size and height are what each alias to it will cost."""
        nodes_before, deepest_before = self._nodes, self._deepest
        self._anchors[event.anchor] = None
        self._deepest = depth
        node = collect(event, depth)
        height = self._deepest - depth + 1
        self._deepest = max(self._deepest, deepest_before)
        self._anchors[event.anchor] = _Anchored(node, self._nodes - nodes_before + 1, height)
        return node

    def _alias(self, event: Event, depth: int) -> Node:
        if event.anchor not in self._anchors:
            raise self._fault("an alias names an anchor that was not set before", event)
        target = self._anchors[event.anchor]
        if target is None:
            raise self._fault("an alias names the collection that it stands in", event, UnreadableKind.ALIAS_BOMB)
        self._aliases += 1
        self._nodes += target.size - 1
        self._deepest = max(self._deepest, depth + target.height - 1)
        if self._aliases > self._limits.aliases or self._nodes > self._limits.nodes:
            raise alias_bomb(self._limits, self._position(event))
        if self._deepest > self._limits.depth:
            raise too_deep(self._limits, self._position(event))
        aliased = self._build.aliased
        return aliased(target.node, event) if aliased else target.node

    def _sequence(self, start: Event, depth: int) -> Node:
        items: list[Node] = []
        add, next_event, node = items.append, self._next, self._node
        while (event := next_event()).__class__ is not SequenceEndEvent:
            add(node(event, depth + 1))
        self._last = event
        self._count(len(items), start)
        return self._build.sequence(start, event, items)

    def _mapping(self, start: Event, depth: int) -> Node:
        entries: dict[str, Node] = {}
        merged: dict[str, Node] = {}
        next_event, node, scalar, keyed = self._next, self._node, self._build.scalar, self._build.keyed
        while (event := next_event()).__class__ is not MappingEndEvent:
            key = event.value if event.__class__ is ScalarEvent and not event.anchor else self._key(event, depth)
            value_event = next_event()
            plain = value_event.__class__ is ScalarEvent and not value_event.anchor
            value = scalar(value_event) if plain else node(value_event, depth + 1)
            if key == "<<" and self._merge(merged, event, value):
                continue
            if key in entries:
                self._remark("the key is given twice in one mapping; the last one is read", event, "duplicate-key")
            entries[key] = keyed(value, event, value_event) if keyed else value
        self._last = event
        self._count(len(entries), start)
        return self._build.mapping(start, event, merged | entries if merged else entries)

    def _key(self, event: Event, depth: int) -> str:
        """The text of a key that is no bare scalar: an alias or a collection is kept as its source."""
        self._last = event
        self._node(event, depth + 1)
        if event.__class__ is ScalarEvent:
            return str(event.value)
        return self._text[event.start_mark.index : self._last.end_mark.index].rstrip()

    def _merge(self, merged: dict[str, Node], key: Event, value: Node) -> bool:
        """Take a merge key's sources into `merged`; False when it is an ordinary key, or its value cannot be merged."""
        if key.__class__ is not ScalarEvent or not key.implicit[0]:
            return False
        sources = [value] if (items := self._build.items_of(value)) is None else items
        taken = [entries for source in sources if (entries := self._build.keys_of(source)) is not None]
        if len(taken) != len(sources):
            self._remark("a merge key needs a mapping or a list of mappings; it is kept as a key", key, "odd-merge")
            return False
        for entries in reversed(taken):
            merged.update(entries)
            self._count(len(entries), key, bomb=True)
        return True

    def _count(self, nodes: int, event: Event, *, bomb: bool = False) -> None:
        self._nodes += nodes
        if self._nodes >= self._limits.nodes:
            refuse = alias_bomb if bomb else too_many_nodes
            raise refuse(self._limits, self._position(event))

    def _remark(self, message: str, event: Event, kind: str) -> None:
        if len(self.oddities) < _MOST_ODDITIES:
            self.oddities.append(Oddity(message, event.start_mark.index, kind))

    def _position(self, event: Event) -> Position:
        return position_in(self._text, event.start_mark.index)

    def _fault(self, message: str, event: Event, kind: UnreadableKind = UnreadableKind.MALFORMED) -> Unreadable:
        return Unreadable(message, *self._position(event), kind=kind)

    def _malformed(self, error: YAMLError) -> Unreadable:
        """What libyaml found, in its own words (they never quote the file), where it found it."""
        mark = getattr(error, "problem_mark", None)
        if mark is None:
            unprintable = re.search(_UNPRINTABLE, self._text)
            offset = unprintable.start() if unprintable else 0
            return Unreadable("control characters are not allowed", *position_in(self._text, offset))
        words = [getattr(error, part, None) for part in ("problem", "context")]
        return Unreadable(" ".join(word for word in words if word), *position_in(self._text, mark.index))


def _is_empty(first: Event) -> bool:
    """Whether a document that starts with this event has no content at all."""
    if first.__class__ is not ScalarEvent or first.anchor or not first.implicit[0]:
        return False
    return bool(first.start_mark.index == first.end_mark.index)
