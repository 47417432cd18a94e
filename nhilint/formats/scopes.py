"""A scope as written becomes a scope grant with what the catalogue knows about it. Shared by every app manifest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from nhilint.knowledge.scopes import look_up
from nhilint.model.fact import Known, Unknown, value_of
from nhilint.model.vocabulary.app import ScopeGrant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.node import Node
    from nhilint.knowledge.scopes import Holder
    from nhilint.model.place import Place

Grant = TypeVar("Grant", bound="ScopeGrant | Unknown")

_GRAVEST_FIRST = ("critical", "high", "medium")


def scope_grants(
    scopes: Node, provider: str, acts_as: Holder | None, *, optional: bool = False
) -> Iterator[ScopeGrant | Unknown]:
    """One grant for each entry of a list of scopes; an entry that cannot be read is an unknown grant.

    `acts_as` says who holds the token where the manifest does: some scopes reach further in a person's name.
    """
    for node in scopes.items():
        text = node.text()
        if isinstance(text, Unknown):
            yield text
        elif text is not None:
            yield scope_grant(text.value.strip(), node.at, provider, acts_as, optional=optional)


def scope_grants_in(
    node: Node, provider: str, acts_as: Holder | None, separators: str, *, optional: bool = False
) -> Iterator[ScopeGrant | Unknown]:
    """One grant for each scope of a text that lists them between separators, each placed at its own characters."""
    text = node.text()
    if isinstance(text, Unknown):
        yield text
    elif text is not None:
        for match in re.finditer(f"[^{re.escape(separators)}]+", text.value):
            at = node.at.within_text(*match.span()) if match.span() != (0, len(text.value)) else node.at
            if match.group().strip():
                yield scope_grant(match.group().strip(), at, provider, acts_as, optional=optional)


def sensitive_as_user(grants: Iterable[ScopeGrant | Unknown]) -> tuple[ScopeGrant | Unknown, ...]:
    """Those used in a person's name on what people write, read or keep, the gravest first; what is unread stays."""
    return gravest_first(
        g for g in grants if isinstance(g, Unknown) or (value_of(g.acts_as) == "user" and _is_sensitive(g))
    )


def gravest_first(grants: Iterable[Grant]) -> tuple[Grant, ...]:
    """The same grants, the gravest first; what is unread last."""
    return tuple(sorted(grants, key=_rank))


def _is_sensitive(grant: ScopeGrant) -> bool:
    """Whether it reaches content; unrated scopes count, knowing who somebody is does not."""
    if isinstance(grant.sensitivity, Unknown):
        return True
    return value_of(grant.sensitivity) in _GRAVEST_FIRST and value_of(grant.category) != "identity"


def _rank(grant: ScopeGrant | Unknown) -> tuple[int, bool]:
    """By sensitivity; what people wrote to each other before other things."""
    if isinstance(grant, Unknown):
        return len(_GRAVEST_FIRST), True
    told = value_of(grant.sensitivity)
    rank = _GRAVEST_FIRST.index(told) if told in _GRAVEST_FIRST else len(_GRAVEST_FIRST)
    return rank, (value_of(grant.category), value_of(grant.access)) != ("messaging", "read")


def scope_grant(scope: str, at: Place, provider: str, acts_as: Holder | None, *, optional: bool = False) -> ScopeGrant:
    """What the catalogue knows of one scope, asked for at a place."""
    known = look_up(provider, scope, acts_as)
    acting = acts_as or (known.acts_as if known else None)
    unheard_of = Unknown("a scope that the catalogue does not have", at)
    return ScopeGrant(
        at=at,
        id=Known(scope, at),
        category=Known(known.category, at) if known else unheard_of,
        access=Known(known.access, at) if known else unheard_of,
        sensitivity=Known(known.sensitivity, at) if known else unheard_of,
        restricted=Known(known.restricted, at) if known else unheard_of,
        superseded=Known(known.superseded, at) if known else unheard_of,
        acts_as=Known(acting, at) if acting else None,
        optional=Known(optional, at),
        narrower=Known(known.narrower, at) if known else unheard_of,
        known=Known(known is not None and not known.inferred, at),
    )
