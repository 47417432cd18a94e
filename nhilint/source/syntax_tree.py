"""UTF-8 text becomes a tree-sitter syntax tree, within a bounded time, and its first fault is found.

tree-sitter mends faulty text instead of refusing it, and on some texts mending takes time that grows with the square
of the length; here a faulty tree is an error and a slow parse is given up. Nodes count bytes; `CodePoints` turns those
into the code points that the rest of the package counts. What the nodes mean is for the readers to say.
"""

from __future__ import annotations

import time
from bisect import bisect_right
from itertools import count
from typing import TYPE_CHECKING

from tree_sitter import Parser

from nhilint.source.lines import position_in
from nhilint.source.unreadable import Unreadable, UnreadableKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Language, Node, Tree

_SECONDS = 2.0
_SECONDS_PER_BYTE = 2e-6
"""CPU time of this thread; sound files of the largest size take a fifth of it on a slow machine."""
_LOOKS_PER_TIME = 16
"""Asking the system for the time costs more than what tree-sitter does between two looks."""
_CHUNK = 1 << 16


def parse(language: Language, data: bytes) -> Tree:
    """The syntax tree of UTF-8 data, faulty or not; raises Unreadable('too-large') when parsing takes too long."""
    until = time.thread_time() + _SECONDS + len(data) * _SECONDS_PER_BYTE
    looks = count(1)

    def read(offset: int, _point: object) -> bytes:
        return data[offset : offset + _CHUNK]

    def is_too_slow(_offset: int, _has_error: bool) -> bool:  # noqa: FBT001 - tree-sitter calls it so
        return next(looks) % _LOOKS_PER_TIME == 0 and time.thread_time() > until

    try:
        tree = Parser(language).parse(read, encoding="utf8", progress_callback=is_too_slow)
    except ValueError:
        tree = None
    if tree is None:
        raise Unreadable("the file takes too long to parse", kind=UnreadableKind.TOO_LARGE)
    return tree


def check_sound(tree: Tree, text: str) -> None:
    """Refuse a tree that has a faulty or a missing node, naming the place of the first."""
    if not tree.root_node.has_error:
        return
    fault = _first_fault(tree.root_node)
    message = f"'{fault.type}' is missing here" if fault.is_missing else "the text here fits no rule of the syntax"
    raise Unreadable(message, *position_in(text, CodePoints(text).offset(fault.start_byte)))


def _first_fault(root: Node) -> Node:
    """The innermost first ERROR or MISSING node; without recursion, since faulty trees may be very deep."""
    fault = root
    here: Node | None = root
    while here is not None:
        fault = here
        here = next((child for child in here.children if child.has_error or child.is_missing), None)
    return fault


def nodes_of(tree: Tree) -> Iterator[Node]:
    """Every node of the tree, parents first, from left to right; without recursion."""
    cursor = tree.walk()
    while True:
        node = cursor.node
        if node is not None:
            yield node
        if cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return


class CodePoints:
    """Byte offsets of a UTF-8 text become offsets in code points."""

    __slots__ = ("_ends", "_surplus")

    def __init__(self, text: str) -> None:
        self._ends: list[int] = []
        self._surplus: list[int] = [0]
        if text.isascii():
            return
        surplus = 0
        for offset, character in enumerate(text):
            if character > "\x7f":
                surplus += len(character.encode()) - 1
                self._ends.append(offset + 1 + surplus)
                self._surplus.append(surplus)

    def offset(self, byte_offset: int) -> int:
        """The code points before a byte offset."""
        return byte_offset - self._surplus[bisect_right(self._ends, byte_offset)]
