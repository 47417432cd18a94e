"""The files in which a project says whose it is, read from a tree within bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from nhilint.tree import Tree

_LONGEST = 200_000


def text_of(tree: Tree, path: str) -> str:
    """The beginning of a file as text, as far as anything is looked for in it; empty where there is none."""
    data = tree.read(path)
    return data[:_LONGEST].decode("utf-8", "replace") if isinstance(data, bytes) else ""


def package_of(tree: Tree, path: str = "package.json") -> dict[str, Any]:
    """A package.json, the one at the top unless told; empty where there is none, or none that can be read."""
    try:
        package = msgspec.json.decode(text_of(tree, path) or "{}")
    except (ValueError, RecursionError):
        return {}
    return package if isinstance(package, dict) else {}
