"""TOML text becomes places and comments, by way of its syntax tree.

Values are not read here: the text is known to be sound. What is rebuilt is only how tables, arrays of tables and
dotted keys nest, so that the places mirror the decoder's value.
"""

from __future__ import annotations

import tomllib
from functools import cache
from typing import TYPE_CHECKING

import tree_sitter_toml
from tree_sitter import Language

from nhilint.source.comment import Comment, comment_at
from nhilint.source.lines import Lines
from nhilint.source.place import Place, Style
from nhilint.source.syntax_tree import CodePoints, nodes_of, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from nhilint.source.limits import Limits

_KEYS = frozenset(("bare_key", "quoted_key", "dotted_key"))
_TABLES = frozenset(("table", "table_array_element"))


def find_places(text: str, _limits: Limits) -> Place:
    """The places of a text that the decoder has read."""
    return _Places(text).take()


def find_comments(text: str) -> tuple[Comment, ...]:
    """Every comment, in order."""
    code_points, lines = CodePoints(text), Lines(text)
    return tuple(
        comment_at(text, lines, code_points.offset(node.start_byte), code_points.offset(node.end_byte))
        for node in _nodes(text)
        if node.type == "comment"
    )


def longest_key(text: str) -> int:
    """The number of parts of the longest dotted key."""
    longest = run = 0
    for node in _nodes(text):
        run = run + 1 if node.type == "dotted_key" else 0
        longest = max(longest, run)
    return longest + 1


class _Places:
    """The growing places of one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._code_points = CodePoints(text)
        self._root = Place(0, len(text), children={})

    def take(self) -> Place:
        """The root of the places."""
        tree = parse(_language(), self._text.encode())
        for node in tree.root_node.named_children:
            if node.type == "pair":
                self._pair(node, self._root)
            elif node.type in _TABLES:
                self._table(node)
        return self._root

    def _table(self, node: Node) -> None:
        """A `[table]` or an element of `[[tables]]`, and the pairs below its header."""
        header, *rest = _without_comments(node)
        if header.type not in _KEYS:
            return
        *outer, last = self._parts(header)
        table = self._descend(self._root, outer)
        start = self._code_points.offset(node.start_byte)
        if node.type == "table_array_element":
            array = _child(table, last, Place(start, start, children=[]))
            if isinstance(array.children, list):
                table = Place(start, start, children={}, key=last[1:])
                array.children.append(table)
        else:
            table = self._descend(table, [last])
        table.end = self._code_points.offset(node.end_byte)
        for child in rest:
            if child.type == "pair":
                self._pair(child, table)

    def _pair(self, node: Node, table: Place) -> None:
        """One `key = value`, the key perhaps dotted."""
        named = _without_comments(node)
        if len(named) != 2 or named[0].type not in _KEYS:
            return
        *outer, last = self._parts(named[0])
        table = self._descend(table, outer)
        if isinstance(table.children, dict):
            place = self._value(named[1])
            place.key = last[1:]
            table.children[last[0]] = place

    def _value(self, node: Node) -> Place:
        start, end = self._code_points.offset(node.start_byte), self._code_points.offset(node.end_byte)
        if node.type == "array":
            return Place(start, end, children=[self._value(item) for item in _without_comments(node)])
        if node.type == "inline_table":
            table = Place(start, end, children={})
            for pair in node.named_children:
                if pair.type == "pair":
                    self._pair(pair, table)
            return table
        if node.type != "string":
            return Place(start, end)
        return Place(start, end, Style.ESCAPED if self._text[start] == '"' else Style.QUOTED)

    def _parts(self, key: Node) -> list[tuple[str, int, int]]:
        """The parts of a key from left to right: text, start and end of each."""
        parts: list[tuple[str, int, int]] = []
        while key.type == "dotted_key":
            key, last = key.named_children[0], key.named_children[-1]
            parts.append(self._part(last))
        return [self._part(key), *reversed(parts)]

    def _part(self, node: Node) -> tuple[str, int, int]:
        start, end = self._code_points.offset(node.start_byte), self._code_points.offset(node.end_byte)
        source = self._text[start:end]
        if source[:1] == "'":
            return source[1:-1], start, end
        text = source if source[:1] != '"' else str(tomllib.loads(f"key = {source}")["key"])
        return text, start, end

    def _descend(self, table: Place, parts: list[tuple[str, int, int]]) -> Place:
        """The table that a route of keys leads to; tables that are only implied come into being."""
        for part in parts:
            table = _child(table, part, Place(part[1], part[2], children={}))
            if isinstance(table.children, list) and table.children:
                table = table.children[-1]
        return table


def _child(table: Place, part: tuple[str, int, int], fresh: Place) -> Place:
    """The entry of a table, made from `fresh` if it is not there yet."""
    if not isinstance(table.children, dict):
        return fresh
    name, start, end = part
    if name not in table.children:
        fresh.key = (start, end)
        table.children[name] = fresh
    return table.children[name]


def _without_comments(node: Node) -> list[Node]:
    return [child for child in node.named_children if child.type != "comment"]


def _nodes(text: str) -> Iterator[Node]:
    return nodes_of(parse(_language(), text.encode()))


@cache
def _language() -> Language:
    return Language(tree_sitter_toml.language())
