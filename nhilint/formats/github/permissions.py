"""Reads `permissions` of a workflow or job: what its token may do.

A mapping sets every scope it does not name to none; `read-all` and `write-all` name all of them; `{}` takes everything
away. A job's own statement replaces that of the workflow. Where nothing is stated the setting of the repository or
organisation decides, which the file does not tell.

Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.agent import TokenPermission

if TYPE_CHECKING:
    from nhilint.formats.node import Node
    from nhilint.model.place import Place

ALL = "*"
STRONG_SCOPES = frozenset({ALL, "contents", "packages", "actions", "id-token", "deployments", "pages", "attestations"})
"""Scopes whose writing changes code, releases, runs or deployments, or proves the job's identity to others."""

_LEVELS: dict[str, Literal["none", "read", "write"]] = {"none": "none", "read": "read", "write": "write"}


class Permissions(Struct, frozen=True):
    """What one `permissions` key says. `writes` are the scopes the token may write, each with its place."""

    at: Place
    entries: tuple[TokenPermission | Unknown, ...]
    writes: tuple[tuple[str, Place], ...]

    @property
    def write_all(self) -> bool:
        """Whether every scope may be written."""
        return any(scope == ALL for scope, _ in self.writes)

    @property
    def unclear(self) -> bool:
        """Whether a part of it cannot be read."""
        return any(isinstance(entry, Unknown) for entry in self.entries)


def permissions_of(owner: Node) -> Permissions | None:
    """What the `permissions` of a workflow or job say; None when it has none."""
    node = owner["permissions"]
    if not node.exists:
        return None
    if node.is_mapping:
        return _of_mapping(node)
    value = node.value
    if value in ("write-all", "read-all"):
        access: Literal["read", "write"] = "write" if value == "write-all" else "read"
        entry = _entry(ALL, access, node.at)
        return Permissions(node.at, (entry,), ((ALL, node.at),) if access == "write" else ())
    if value is None or value == "":
        return Permissions(node.at, (), ())
    return Permissions(node.at, (node.unknown("neither a list of scopes nor a word that GitHub knows"),), ())


def _of_mapping(node: Node) -> Permissions:
    entries: list[TokenPermission | Unknown] = []
    writes: list[tuple[str, Place]] = []
    for scope, value in node.entries():
        access = _LEVELS.get(value.value) if isinstance(value.value, str) else None
        if access is None:
            entries.append(value.unknown("no access level that GitHub knows"))
            continue
        entries.append(_entry(scope, access, value.at))
        if access == "write":
            writes.append((scope, value.at))
    return Permissions(node.at, tuple(entries), tuple(writes))


def _entry(scope: str, access: Literal["none", "read", "write"], at: Place) -> TokenPermission:
    return TokenPermission(at=at, scope=Known(scope, at), access=Known(access, at))
