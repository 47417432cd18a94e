"""Files of a tree are read one after the other, up to a bound: until they are too much, or only the first of them.

`looked_through` is for questions about a whole tree ("does anything name this file?"), whose answer is only known when
all of it was seen. `first_files` is for those to which every file adds something, and none takes anything away.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nhilint.tree import Tree


class MoreThanIsLookedThroughError(Exception):
    """The files that would have to be read are too large together; what was asked stays open."""


def looked_through(tree: Tree, wanted: Callable[[str], bool], most_bytes: int) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of each file whose path is wanted and that can be read.

    Raises MoreThanIsLookedThroughError once more than `most_bytes` were read.
    """
    size = 0
    for path in tree.paths():
        data = tree.read(path) if wanted(path) else None
        if not isinstance(data, bytes):
            continue
        size += len(data)
        if size > most_bytes:
            raise MoreThanIsLookedThroughError
        yield path, data


def first_files(tree: Tree, wanted: Callable[[str], bool], most: int) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of the first `most` files whose path is wanted, as far as they can be read."""
    for path in islice(filter(wanted, tree.paths()), most):
        data = tree.read(path)
        if isinstance(data, bytes):
            yield path, data
