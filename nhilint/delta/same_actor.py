"""Which actors of two states are the same one under another name, file or number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.delta.holdings import held_by
from nhilint.delta.power import Measure, Power
from nhilint.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from nhilint.model.resource import Resource

ActorKey = tuple[str, str, str, int]
"""Kind, file before the change, name, number among those of one name."""

_ONE_A_FILE = frozenset({"workflow", "app"})
_ALIKE = 0.5
_MOST_COMPARED = 60
"""Actors of a kind in one file on either side; with more, names alone decide."""


def match_moved(then: dict[ActorKey, Resource], now: dict[ActorKey, Resource]) -> None:
    """Give actors of the newer state the key of the older one that they continue.

    First one of a kind and name that only changed its file, then a pipeline or an app, of which a file holds one, then
    what holds at least half of the same in the same file.
    """
    _pair(then, now, lambda key: (key[0], key[2]))
    _pair(then, now, lambda key: (key[0], key[1]) if key[0] in _ONE_A_FILE else key)
    gone, new = _left(then, now), _left(now, then)
    for place in dict.fromkeys((key[0], key[1]) for key in new):
        older = [key for key in gone if key[:2] == place]
        newer = [key for key in new if key[:2] == place]
        if older and max(len(older), len(newer)) <= _MOST_COMPARED:
            _pair_alike(older, newer, then, now)


def _left(mine: dict[ActorKey, Resource], others: dict[ActorKey, Resource]) -> list[ActorKey]:
    return [key for key in mine if key not in others]


def _pair(
    then: dict[ActorKey, Resource], now: dict[ActorKey, Resource], by: Callable[[ActorKey], tuple[object, ...]]
) -> None:
    gone, new = _grouped(_left(then, now), by), _grouped(_left(now, then), by)
    for group, keys in new.items():
        older = gone.get(group, [])
        if len(keys) == len(older) == 1:
            now[older[0]] = now.pop(keys[0])


def _grouped(
    keys: Iterable[ActorKey], by: Callable[[ActorKey], tuple[object, ...]]
) -> dict[tuple[object, ...], list[ActorKey]]:
    found: dict[tuple[object, ...], list[ActorKey]] = {}
    for key in keys:
        found.setdefault(by(key), []).append(key)
    return found


def _pair_alike(
    older: list[ActorKey], newer: list[ActorKey], then: dict[ActorKey, Resource], now: dict[ActorKey, Resource]
) -> None:
    """The most alike first, each once."""
    before, after = {key: _traits(then[key]) for key in older}, {key: _traits(now[key]) for key in newer}
    pairs = sorted(
        ((_likeness(before[old], after[new]), old, new) for old in older for new in newer),
        key=lambda pair: -pair[0],
    )
    taken: set[ActorKey] = set()
    for likeness, old, new in pairs:
        if likeness < _ALIKE:
            return
        if old not in taken and new not in taken and old not in now:
            taken |= {old, new}
            now[old] = now.pop(new)


def _traits(resource: Resource) -> frozenset[object]:
    """What tells one actor from another: what it holds, less what hardly matters."""
    return frozenset(
        held.key if isinstance(held, Power) else (held.key, held.rank)
        for held in held_by(resource)
        if isinstance(held, Measure) or held.weight >= Severity.LOW
    )


def _likeness(mine: frozenset[object], other: frozenset[object]) -> float:
    together = mine | other
    return len(mine & other) / len(together) if together else 0.0
