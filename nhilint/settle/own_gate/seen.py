"""The two states that a change lies between, as the gate's own guard looks at them, and what it sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from nhilint.errors import CatalogueError
from nhilint.model.place import Place
from nhilint.tree import own_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

    from nhilint.model.vocabulary.gate import GatePart
    from nhilint.settle.code_owners import CodeOwners
    from nhilint.settle.waiver import Waiver
    from nhilint.source.document import Document
    from nhilint.tree import Tree


class Seen(Struct, frozen=True):
    """One loosening: the part of the gate, what the change does in words that complete "this change …", and where."""

    part: GatePart
    change: str
    at: Place


class Both(Struct, frozen=True, kw_only=True):
    """Both states of a tree. `touched` says whether a path differs between them; `owners` are those of the older.

    `pending` are waivers that the change adds; `coverage` is what is read no more.
    `packs` are folders of further policies, as the older configuration names them.
    """

    before: Tree
    after: Tree
    touched: Callable[[str], bool]
    owners: CodeOwners
    pending: tuple[Waiver, ...] = ()
    coverage: tuple[Seen, ...] = ()
    packs: tuple[str, ...] = ()

    def texts(self, path: str) -> tuple[bytes | None, bytes | None]:
        """The bytes of a file before and after, None where there is no such file of its own."""
        return own_bytes(self.before, path), own_bytes(self.after, path)

    def documents(self, path: str) -> tuple[Document | None, Document | None]:
        """A YAML file before and after; None where it is absent or no YAML."""
        before, after = self.texts(path)
        return _yaml(before, path), _yaml(after, path)


def whole(path: str) -> Place:
    """A file as a place."""
    return Place(path)


def _yaml(data: bytes | None, path: str) -> Document | None:
    from nhilint.catalogue.strict_yaml import yaml_of

    if data is None:
        return None
    try:
        return yaml_of(data, path)
    except CatalogueError:
        return None
