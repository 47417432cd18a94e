"""What an actor held before and holds now become shifts: gained and lost, more and less."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.delta.power import Measure, Power
from nhilint.model.delta import Shift
from nhilint.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.delta.power import Held, Key
    from nhilint.model.delta import Direction


_MORE: Direction = "widened"
_LESS: Direction = "narrowed"
_PLAIN = 1
"""The rank up to which a measure is nothing to speak of when the other side does not state it."""


def shifts(before: tuple[Held, ...], after: tuple[Held, ...]) -> tuple[Shift, ...]:
    """Every difference, what widens first, the worst before the rest; the same words once."""
    found = {
        (shift.direction, shift.words): shift
        for shift in reversed([*_powers(before, after), *_measures(before, after)])
    }
    return tuple(sorted(found.values(), key=lambda s: (s.direction == "narrowed", -s.weight, s.words)))


def _powers(before: tuple[Held, ...], after: tuple[Held, ...]) -> Iterator[Shift]:
    then = {held.key: held for held in before if isinstance(held, Power)}
    now = {held.key: held for held in after if isinstance(held, Power)}
    stays = bool(before and after)
    for power in now.values():
        untold = not power.gained or (power.usual and not stays)
        if power.key not in then and not untold and not _covered(power.key, then):
            yield Shift(_LESS if power.guard else _MORE, power.gained, power.weight, power.place, about=power.about)
    for power in then.values():
        untold = not power.lost or (power.usual and not stays) or (power.within != () and power.within not in now)
        if power.key not in now and not untold and not _covered(power.key, now):
            yield Shift(
                _MORE if power.guard else _LESS, power.lost, power.weight, power.place, gone=True, about=power.about
            )


def _covered(key: Key, powers: dict[Key, Power]) -> bool:
    return any(power.covers(key) for power in powers.values() if power.covers is not None and power.key[0] == key[0])


def _measures(before: tuple[Held, ...], after: tuple[Held, ...]) -> Iterator[Shift]:
    """More and less of one thing. Where one side says nothing, only what is far above the usual is told."""
    then = {held.key: held for held in before if isinstance(held, Measure)}
    now = {held.key: held for held in after if isinstance(held, Measure)}
    for held in now.values():
        older = then.get(held.key)
        if older is None:
            if held.rank > (max(held.usual, _PLAIN) if before else held.usual):
                weight = held.weight if held.rank > _PLAIN else Severity.LOW
                yield Shift(_MORE, held.words, weight, held.place)
        elif older.rank != held.rank:
            direction = _MORE if held.rank > older.rank else _LESS
            words = f"{held.words}; before, {older.was or f'it {_verb(older.words)}'}"
            yield Shift(direction, words, held.weight, held.place)
    for held in then.values():
        if after and held.key not in now and held.rank > max(held.usual, _PLAIN):
            yield Shift(_LESS, f"no longer {held.words}", held.weight, held.place, gone=True)


def _verb(words: str) -> str:
    """The older clause in the past tense, as far as its first word goes."""
    first, _, rest = words.partition(" ")
    past = {
        "is": "was",
        "has": "had",
        "runs": "ran",
        "takes": "took",
        "can": "could",
        "reads": "read",
        "asks": "asked",
        "acts": "acted",
        "offers": "offered",
        "uses": "used",
        "calls": "called",
        "admits": "admitted",
        "stops": "stopped",
        "lets": "let",
        "may": "might",
        "works": "worked",
        "keeps": "kept",
        "only": "only",
    }
    return f"{past.get(first, first)} {rest}".replace("only suggests", "only suggested").replace(
        " and changes ", " and changed "
    )
