"""What a change does to authority: for each actor, what it gained and lost, in plain words."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from nhilint.model.finding import Severity
from nhilint.model.place import Place

Direction = Literal["widened", "narrowed"]


class Shift(Struct, frozen=True):
    """One thing that an actor may now do, or may no longer.

    `words` is a clause whose subject is the actor; `weight` is how much it matters. `place` is in the newer state where
    that still says it, else in the older one (`gone`); `line` is where it stands there.
    `about` is the part of the words that differs between shifts of one sort.
    """

    direction: Direction
    words: str
    weight: Severity
    place: Place
    gone: bool = False
    about: str = ""
    line: int | None = None


class ActorDelta(Struct, frozen=True):
    """An actor that a change adds, removes or alters, with its shifts, worst first; `formerly` is its name before.

    `consequence` is one sentence that ties the worst shift to what else is true of the actor; empty where there is
    nothing to add.
    """

    kind: str
    name: str
    path: str
    state: Literal["added", "removed", "changed"]
    shifts: tuple[Shift, ...]
    consequence: str = ""
    formerly: str = ""

    @property
    def weight(self) -> Severity:
        """The weight of what it gained, INFO where it only lost."""
        return max((s.weight for s in self.shifts if s.direction == "widened"), default=Severity.INFO)
