"""HCL text (Terraform and its kin) becomes a value, and, when asked, places and comments.

Value and places come from the walk in `hcl_walk` over the tree-sitter tree. A text with a faulty or missing node is
Unreadable: tree-sitter would carry on with a part of it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import tree_sitter_hcl
from tree_sitter import Language

from nhilint.source.comment import Comment, comment_at
from nhilint.source.hcl_names import with_bare_names
from nhilint.source.hcl_walk import Build, Node, Oddity, Walk
from nhilint.source.limits import Limits, check_size, too_deep
from nhilint.source.lines import Lines
from nhilint.source.place import Offsets, Place, Reader, Reading, Style
from nhilint.source.syntax_tree import CodePoints, check_sound, nodes_of, parse
from nhilint.source.unreadable import Remark
from nhilint.source.value import Expression, Value

if TYPE_CHECKING:
    from tree_sitter import Node as Syntax
    from tree_sitter import Tree


def read_hcl(text: str, limits: Limits) -> Reading:
    """The value of an HCL text: attributes and blocks by name, every block type ending in a list of bodies."""
    return _reading(text, *_sound(text, limits), limits)


def find_places(text: str, limits: Limits) -> Place:
    """The places of an HCL text; the key of a block's body is its header."""
    return _found(text, *_parsed(text, text.encode()), limits)


def read_placed(text: str, limits: Limits) -> tuple[Reading, Place]:
    """Value and places from one tree."""
    data, tree = _sound(text, limits)
    return _reading(text, data, tree, limits), _found(text, data, tree, limits)


def _sound(text: str, limits: Limits) -> tuple[bytes, Tree]:
    data = text.encode()
    check_size(data, limits, is_tree=True)
    data, tree = _parsed(text, data)
    check_sound(tree, text)
    return data, tree


def _reading(text: str, data: bytes, tree: Tree, limits: Limits) -> Reading:
    walk = Walk(data, _values(data), limits)
    value = _walked(walk, tree.root_node, limits)
    return Reading(value, _remarks(text, walk.oddities))


def _found(text: str, data: bytes, tree: Tree, limits: Limits) -> Place:
    return _walked(Walk(data, _places(text), limits), tree.root_node, limits)


def _parsed(text: str, data: bytes) -> tuple[bytes, Tree]:
    """The tree of a text, where it has faults that of the text as versions before 0.12 meant it, if that has none."""
    tree = parse(_language(), data)
    meant = with_bare_names(text) if tree.root_node.has_error else text
    other = parse(_language(), meant.encode()) if meant != text else tree
    return (meant.encode(), other) if not other.root_node.has_error else (data, tree)


def find_comments(text: str) -> tuple[Comment, ...]:
    """Every `#`, `//` and `/* */` comment."""
    if "#" not in text and "//" not in text and "/*" not in text:
        return ()
    lines, code_points = Lines(text), CodePoints(text)
    return tuple(
        comment_at(text, lines, code_points.offset(node.start_byte), code_points.offset(node.end_byte))
        for node in nodes_of(parse(_language(), text.encode()))
        if node.type == "comment"
    )


def _values(data: bytes) -> Build[Value]:
    def expression(offsets: Offsets, function: str | None, arguments: list[Value]) -> Value:
        return Expression(data[slice(*offsets)].decode(), function, tuple(arguments))

    return Build(
        scalar=lambda value, _offsets, _style: value,
        expression=expression,
        mapping=lambda entries, _offsets: entries,
        sequence=lambda items, _offsets: items,
        keyed=lambda value, _key: value,
    )


def _places(text: str) -> Build[Place]:
    offset = CodePoints(text).offset

    def scalar(_value: Value, offsets: Offsets, style: Style) -> Place:
        return Place(offset(offsets[0]), offset(offsets[1]), style)

    def expression(offsets: Offsets, _function: str | None, arguments: list[Place]) -> Place:
        return Place(offset(offsets[0]), offset(offsets[1]), children=arguments)

    def mapping(entries: dict[str, Place], offsets: Offsets) -> Place:
        return Place(offset(offsets[0]), offset(offsets[1]), children=entries)

    def sequence(items: list[Place], offsets: Offsets) -> Place:
        return Place(offset(offsets[0]), offset(offsets[1]), children=items)

    def keyed(place: Place, key: Offsets) -> Place:
        place.key = (offset(key[0]), offset(key[1]))
        return place

    return Build(scalar, expression, mapping, sequence, keyed)


def _walked(walk: Walk[Node], root: Syntax, limits: Limits) -> Node:
    try:
        return walk.file(root)
    except RecursionError:
        raise too_deep(limits) from None


def _remarks(text: str, oddities: list[Oddity]) -> tuple[Remark, ...]:
    if not oddities:
        return ()
    lines, code_points = Lines(text), CodePoints(text)
    return tuple(Remark(odd.message, *lines.position(code_points.offset(odd.offset)), odd.kind) for odd in oddities)


@cache
def _language() -> Language:
    return Language(tree_sitter_hcl.language())


HCL = Reader(read_hcl, find_places, find_comments, read_placed)
