"""Where files come from: the disk, or memory. A scan asks a tree for its paths and for the bytes of some of them."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Protocol

from nhilint import discover

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from nhilint.model.finding import Problem


class Tree(Protocol):
    """A set of files by relative path with forward slashes."""

    def paths(self) -> Sequence[str]:
        """Every path, in order."""
        ...

    def read(self, path: str) -> bytes | Problem | None:
        """The bytes of a file; a Problem when they cannot be had; None for what is no regular file."""
        ...

    def link_target(self, path: str) -> str | None:
        """The file of this tree that a symbolic link leads to; None for what is no such link."""
        ...


def own_bytes(tree: Tree, path: str) -> bytes | None:
    """The bytes of a file that decides about the gate; None where there is none, or none that is a file of its own.

    A symbolic link is not followed there: what it leads to is guarded by nobody who guards the file.
    """
    if tree.link_target(path) is not None:
        return None
    data = tree.read(path)
    return data if isinstance(data, bytes) else None


def is_listed(tree: Tree, path: str) -> bool:
    """Whether a path is one of a tree's, of which there may be many."""
    paths = tree.paths()
    at = bisect_left(paths, path)
    return at < len(paths) and paths[at] == path


_MOST_KEPT = 16_000_000
_LARGEST_KEPT = 100_000
"""Bytes of all the files, and of each of them, that are kept for those who ask for them again."""


class DiskTree:
    """The files of a folder, as discovered.

    `named` are files and folders to look at even where git ignores them; `replaced` holds bytes to use instead of a
    file's own. A small file is read once, as long as there is room: many ask for the same ones.
    """

    def __init__(self, root: Path, named: Sequence[str] = (), replaced: Mapping[str, bytes] | None = None) -> None:
        self._root = root
        self._replaced = dict(replaced or {})
        self._folders: dict[str, bool] = {}
        self._kept: dict[str, bytes] = {}
        self._room = _MOST_KEPT
        listed = discover.list_files(root, named)
        self._paths = tuple(sorted({*listed, *self._replaced}))

    def paths(self) -> Sequence[str]:
        """Every path, in order."""
        return self._paths

    def read(self, path: str) -> bytes | Problem | None:
        """The bytes of a file within the budget."""
        known = self._replaced.get(path, self._kept.get(path))
        if known is not None:
            return known
        data = discover.read_file(self._root, path, self._folders)
        if isinstance(data, bytes) and len(data) <= min(_LARGEST_KEPT, self._room):
            self._kept[path] = data
            self._room -= len(data)
        return data

    def link_target(self, path: str) -> str | None:
        """The file of this tree that a symbolic link leads to."""
        return None if path in self._replaced else discover.link_target(self._root, path)


class MemoryTree:
    """Files given as text, for examples and tests."""

    def __init__(self, files: Mapping[str, str | bytes]) -> None:
        self._files = {path: text.encode() if isinstance(text, str) else text for path, text in sorted(files.items())}
        self._paths = tuple(self._files)

    def paths(self) -> Sequence[str]:
        """Every path, in order."""
        return self._paths

    def read(self, path: str) -> bytes | Problem | None:
        """The bytes of a file."""
        return self._files.get(path)

    def link_target(self, path: str) -> None:
        """Nothing: text in memory is no link."""
