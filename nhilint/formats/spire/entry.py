"""One registration entry becomes an identity: its SPIFFE id, who gets it, how long its papers last, what it may do.

Sources, read 2026-11-22: github.com/spiffe/spire, doc/spire_server.md (`spire-server entry create`)
and proto/spire/common; github.com/spiffe/spire-controller-manager, docs/cluster{spiffeid,staticentry}-crd.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.durations import hours_in
from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.identity import Identity
from nhilint.model.vocabulary.trust import Trust

if TYPE_CHECKING:
    from nhilint.formats.node import Node
    from nhilint.model.fact import Fact

_RIGHTS = ("admin", "downstream")


def entry(node: Node, name: Node, chosen: Fact[tuple[str, ...]], lifetimes: tuple[Node, ...]) -> Identity:
    """The identity of an entry. `name` states its SPIFFE id, `chosen` what a workload itself writes to get it."""
    text = name.text()
    at = name.at
    return Identity(
        at=at,
        name=text,
        provider=Known("spiffe", at),
        kind=Known("service_account", at),
        admin=_rights(node),
        session_hours=longest(lifetimes),
        trusts=(Trust(at=chosen.at if chosen else at, chosen_by_workload=chosen),),
    )


def longest(nodes: tuple[Node, ...]) -> Fact[float]:
    """The longest of some lifetimes, numbers being seconds; None where nothing is stated."""
    found: list[Known[float]] = []
    for node in nodes:
        said = _hours(node)
        if isinstance(said, Unknown):
            return said
        if said is not None:
            found.append(said)
    return max(found, key=lambda one: one.value, default=None)


def _hours(node: Node) -> Fact[float]:
    if isinstance(node.value, int) and not isinstance(node.value, bool):
        return Known(node.value / 3600, node.at)
    text = node.text()
    if not isinstance(text, Known):
        return text
    hours = hours_in(text.value)
    return Known(hours, text.at) if hours is not None else Unknown("not a span of time", text.at)


def _rights(node: Node) -> Fact[bool]:
    """Whether the entry may administer the server, or sign identities in its name."""
    for key in _RIGHTS:
        stated = node[key]
        if stated.value is True:
            return Known(value=True, at=stated.at)
        if stated.is_text:
            return Unknown("a template", stated.at)
    return Known(value=False, at=node.at)
