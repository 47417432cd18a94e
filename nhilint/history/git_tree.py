"""The files of one commit as a tree to scan, read from the object store: nothing is checked out.

Symbolic links follow the rules of a tree on disk: a link to a file of the tree stands for that file, one that leads
anywhere else is said and not followed.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from nhilint.model.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_MOST_LINKS = 8
"""Links that lead to links: more than git itself would ever need."""
MOST_BYTES = 50_000_000


class Entry(Struct, frozen=True):
    """One path of a commit: what it is, and the object that holds its bytes (a link's target, for a link)."""

    kind: Literal["file", "link"]
    blob: str


class GitTree:
    """The files of a commit. `load` gives the bytes of an object, or a sentence on why they cannot be had."""

    def __init__(self, entries: Mapping[str, Entry], load: Callable[[str], bytes | str]) -> None:
        self._entries = dict(entries)
        self._paths = tuple(sorted(self._entries))
        self._load = load

    def paths(self) -> Sequence[str]:
        """Every path, in order."""
        return self._paths

    def read(self, path: str) -> bytes | Problem | None:
        """The bytes of a file, or of the file that a link leads to."""
        entry = self._entries.get(path)
        if entry is None:
            return None
        if entry.kind == "link":
            target = self.link_target(path)
            if target is None:
                said = "a symbolic link that leads to no file of this tree"
                return Problem(path, "outside", said, incomplete=False)
            entry = self._entries[target]
        found = self._load(entry.blob)
        return Problem(path, "unreadable", found) if isinstance(found, str) else found

    def link_target(self, path: str) -> str | None:
        """The file of this tree that a symbolic link leads to."""
        name = path
        for _ in range(_MOST_LINKS):
            entry = self._entries.get(name)
            if entry is None or entry.kind == "file":
                return name if entry is not None and name != path else None
            said = self._load(entry.blob)
            target = said.decode("utf-8", "surrogateescape") if isinstance(said, bytes) else "/"
            name = posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
        return None
