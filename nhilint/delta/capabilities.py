"""What an actor can do to the world, in words; agents and tools share them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from nhilint.delta.deeds import deed, thing
from nhilint.delta.power import Power, short
from nhilint.model.fact import Many, known_records, value_of
from nhilint.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.delta.power import Key
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.capability import Capability

_WEIGHTS = {
    "read": Severity.LOW,
    "write": Severity.MEDIUM,
    "send": Severity.MEDIUM,
    "delete": Severity.MEDIUM,
    "execute": Severity.HIGH,
    "admin": Severity.HIGH,
}
_HELD_BACK = frozenset({"prompt", "reviewer", "denied"})
_SERVED = "served"
"""Marks a capability that a tool server gives, not the product itself."""
_PRECIOUS = frozenset({"secrets", "identity", "payments"})


def capabilities(
    many: Many[Capability],
    servers: frozenset[str] = frozenset(),
    *,
    own_name: str | None = None,
    product_has_them: bool = False,
) -> Iterator[Power]:
    """What an actor can do without somebody being asked.

    `servers` names the tools that are none of its product's. What the product has without any file of its settings
    (`product_has_them`) is not told of such a file when it comes or goes.
    """
    for capability in known_records(many):
        category, access = value_of(capability.category), value_of(capability.access)
        if category is None or access is None or value_of(capability.gate) in _HELD_BACK:
            continue
        weight = max(_WEIGHTS.get(access, Severity.LOW), Severity.MEDIUM if category in _PRECIOUS else Severity.INFO)
        what = deed(access, category)
        through = value_of(capability.through)
        by = f" through {short(through)}" if through and through != own_name else ""
        key: Key = ("capability", category, access)
        if through in servers:
            key = (*key, _SERVED)
        held_in = ", inside its sandbox" if value_of(capability.gate) == "sandbox" else ""
        yield Power(
            key=key,
            gained=f"can {what}{by}{held_in}",
            lost=f"can no longer {what}",
            weight=_weighed(weight, category, held_in),
            place=capability.at,
            about=f"{thing(category)}{by}",
            covers=partial(_same, key),
            usual=product_has_them and key[-1] != _SERVED,
        )


def _weighed(weight: Severity, category: str, held_in: str) -> Severity:
    if category == "other":
        return Severity.LOW
    return min(weight, Severity.MEDIUM) if held_in else weight


def every_tool(place: Place) -> Power:
    """The right to use whatever the product has: it includes each capability that no server gives."""
    gained, lost = "may use every tool of its product", "may no longer use every tool of its product"
    return Power(
        key=("capability", "*"), gained=gained, lost=lost, weight=Severity.MEDIUM, place=place, covers=_of_product
    )


def _of_product(other: Key) -> bool:
    return _SERVED not in other


def _same(mine: Key, other: Key) -> bool:
    """One capability is the same whoever gives it."""
    return other[1:3] == mine[1:3]
