"""The blocks of a role become permissions; and facts about what its exclusions do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.azure.stated import texts_of
from nhilint.knowledge.azure import Permissions, overlap
from nhilint.model.fact import Fact, Known, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nhilint.formats.node import Node

_QUERIES_OF_TABLES = frozenset(
    {"microsoft.operationalinsights/workspaces/read", "microsoft.operationalinsights/workspaces/query/read"}
)
_LEFT_OUT_OF_TABLES = frozenset({"microsoft.operationalinsights/workspaces/sharedkeys/read"})
"""The role that Microsoft's own page prints for who may read single tables, which is no slip of who took it over:
learn.microsoft.com/azure/azure-monitor/logs/manage-table-access, read 2026-11-22."""
_BEHIND_A_VERB = ("/read/*", "/write/*", "/delete/*")
"""Ends of patterns that no operation has: `{Company}.{Provider}/{resourceType}/{action}`, the action being `*`, read,
write, delete or action (learn.microsoft.com/azure/role-based-access-control/role-definitions#actions-format, known)."""
_MOST = 3_000
"""Azure refuses a role definition long before a list has so many entries."""
_MOST_COMPARED = 300
"""So many entries of a list are compared with each of another one."""


def permissions_of(blocks: Iterable[Node]) -> tuple[tuple[Permissions, ...], Unknown | None]:
    """The permissions of a role, and why they are not all, if they are not."""
    found: list[Permissions] = []
    unread: Unknown | None = None
    for block in blocks:
        if not block.is_mapping:
            unread = unread or block.unknown("not resolvable from the file")
            continue
        lists: list[tuple[str, ...]] = []
        for key in ("actions", "notActions", "dataActions", "notDataActions"):
            fact = _bounded(texts_of(block[key]))
            unread = unread or (fact if isinstance(fact, Unknown) else None)
            lists.append(fact.value if isinstance(fact, Known) else ())
        found.append(Permissions(*lists))
    return tuple(found), unread


def gathered(blocks: Sequence[Node], key: str) -> Fact[tuple[str, ...]]:
    """The entries of one list over all blocks, placed at the first of them; None where no block has any."""
    found: list[str] = []
    at = None
    for block in blocks:
        fact = _bounded(texts_of(block[key]))
        if isinstance(fact, Unknown):
            return fact
        if fact is not None and fact.value:
            at = at or fact.at
            found.extend(fact.value)
    return Known(tuple(found), at) if at else None


def idle_exclusions(blocks: Sequence[Node]) -> Fact[tuple[str, ...]]:
    """Exclusions of actions that the same role does not give in the first place."""
    idle: list[str] = []
    at = None
    for block in blocks:
        for given, taken in (("actions", "notActions"), ("dataActions", "notDataActions")):
            excluded, allowed = _bounded(texts_of(block[taken])), _bounded(texts_of(block[given]))
            if isinstance(excluded, Unknown) or isinstance(allowed, Unknown):
                return excluded if isinstance(excluded, Unknown) else allowed
            found = _idle_beside(excluded.value if excluded else (), allowed.value[:_MOST_COMPARED] if allowed else ())
            idle.extend(found)
            at = at or (block[taken].at if found else None)
    return Known(tuple(idle), at) if at else None


def _idle_beside(excluded: tuple[str, ...], allowed: tuple[str, ...]) -> list[str]:
    """Those of the excluded entries that take nothing away from what is allowed beside them."""
    if _printed(excluded) == _LEFT_OUT_OF_TABLES and _printed(allowed) == _QUERIES_OF_TABLES:
        return []
    compared = excluded[:_MOST_COMPARED]
    return [one for one in compared if _names_none(one) or not any(overlap(pattern, one) for pattern in allowed)]


def _names_none(entry: str) -> bool:
    """Whether a pattern goes on behind the verb with which every operation ends, so that it matches none."""
    return entry.lower().endswith(_BEHIND_A_VERB)


def _printed(entries: Sequence[str]) -> frozenset[str]:
    return frozenset(entry.lower() for entry in entries)


def _bounded(fact: Fact[tuple[str, ...]]) -> Fact[tuple[str, ...]]:
    if isinstance(fact, Known) and len(fact.value) > _MOST:
        return Unknown("longer than any role that Azure accepts", fact.at)
    return fact
