"""A scope as written becomes a scope grant with what the catalogue knows about it. Shared by every app manifest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

from nhilint.knowledge.scopes import look_up
from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.app import ScopeGrant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.knowledge.scopes import Scope

ActsAs = Literal["user", "app"]
Access = Literal["read", "write", "send", "delete", "execute", "admin"]
Sensitivity = Literal["low", "medium", "high", "critical"]


def scope_grants(
    scopes: Node, provider: str, acts_as: ActsAs | None, *, optional: bool = False
) -> Iterator[ScopeGrant | Unknown]:
    """One grant for each entry of a list of scopes; an entry that cannot be read is an unknown grant."""
    for node in scopes.items():
        text = node.text()
        if isinstance(text, Unknown):
            yield text
        elif text is not None:
            yield _grant(node, text.value.strip(), provider, acts_as, optional=optional)


def _grant(node: Node, scope: str, provider: str, acts_as: ActsAs | None, *, optional: bool) -> ScopeGrant:
    known = look_up(provider, scope)
    acting: ActsAs | None = acts_as or _acts_as(known)
    at = node.at
    return ScopeGrant(
        at=at,
        id=Known(scope, at),
        category=Known(known.category, at) if known else Unknown("a scope that the catalogue does not have", at),
        access=Known(cast("Access", known.access), at) if known else Unknown("a scope without a known meaning", at),
        sensitivity=Known(cast("Sensitivity", known.sensitivity), at) if known else Unknown("an unrated scope", at),
        restricted=Known(known.restricted, at) if known else None,
        acts_as=Known(acting, at) if acting else None,
        optional=Known(optional, at),
        narrower=Known(known.narrower, at) if known and known.narrower else None,
        known=Known(known is not None and not known.inferred, at),
    )


def _acts_as(known: Scope | None) -> ActsAs | None:
    return cast("ActsAs", known.acts_as) if known and known.acts_as else None
