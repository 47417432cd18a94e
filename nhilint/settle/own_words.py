"""The files in which a project says whose it is, read from a tree within bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from nhilint.app_code.looked_through import first_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nhilint.tree import Tree

_LONGEST = 200_000


def text_of(tree: Tree, path: str) -> str:
    """The beginning of a file as text, as far as anything is looked for in it; empty where there is none."""
    data = tree.read(path)
    return _beginning(data) if isinstance(data, bytes) else ""


def first_texts(tree: Tree, wanted: Callable[[str], bool], most: int) -> Iterator[tuple[str, str]]:
    """Path and beginning of the first `most` files whose path is wanted."""
    return ((path, _beginning(data)) for path, data in first_files(tree, wanted, most))


def package_of(tree: Tree, path: str = "package.json") -> dict[str, Any]:
    """A package.json, the one at the top unless told; empty where there is none, or none that can be read."""
    try:
        package = msgspec.json.decode(text_of(tree, path) or "{}")
    except (ValueError, RecursionError):
        return {}
    return package if isinstance(package, dict) else {}


def _beginning(data: bytes) -> str:
    return data[:_LONGEST].decode("utf-8", "replace")
