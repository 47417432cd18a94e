"""What one way in admits: whole accounts, services, and whether all of it could be read; and the words of a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.model.fact import known_records, value_of
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhilint.model.fact import Many
    from nhilint.model.vocabulary.statement import Principal
    from nhilint.model.vocabulary.trust import Trust

_REGIONAL = Deferred(r"\.[a-z]{2}(?:-[a-z]{1,10}){1,3}-\d(?=\.amazonaws\.com)")
"""The region that the names of some services may hold."""
_WORD = Deferred(r"[A-Z]?[a-z]{1,40}|[A-Z]{1,40}(?![a-z])")


def words_of(name: str) -> Iterator[str]:
    """The words of a name in lower case, told apart by marks and by capitals."""
    return (word.lower() for word in _WORD.findall(name[:200]))


def services_of(way: Trust) -> frozenset[str]:
    """The services that a way in admits; none where it admits anybody else as well."""
    admitted = known_records(way.principals)
    if not has_only(way.principals, admitted) or any(value_of(one.kind) != "service" for one in admitted):
        return frozenset()
    return frozenset(_REGIONAL.sub("", value_of(one.value) or "") for one in admitted)


def of_accounts(way: Trust) -> bool:
    """Whether whole accounts enter and no one role, service or directory: whom they let in is theirs to say."""
    admitted = known_records(way.principals)
    return has_only(way.principals, admitted) and all(value_of(one.kind) == "account" for one in admitted)


def has_only(many: Many[Trust] | Many[Principal], known: Sequence[Trust] | Sequence[Principal]) -> bool:
    """Whether a list has something, and all of it could be read."""
    return isinstance(many, tuple) and 0 < len(known) == len(many)
