"""Action patterns become sets of AWS actions, one integer each, so that unions and differences cost microseconds.

A pattern is what a policy's Action or NotAction holds: `s3:Get*`, `iam:PassRole`, `*`, in any case, `*` and `?` as
wildcards (IAM User Guide, "IAM JSON policy elements: Action"). A pattern that names nothing known is the empty set; use
`is_known_service` and `nearest_action` to tell a typo from a new action. Resources, conditions and the effect of a
statement are the caller's business.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from nhilint.knowledge.aws import action_table
from nhilint.knowledge.aws.action_table import Level
from nhilint.knowledge.aws.wildcard import has_wildcard, wildcard_test

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class ActionSet(Struct, frozen=True):
    """A set of AWS actions: |, &, -, <=, len, `in`, and iteration over `service:Name` in table order."""

    bits: int = 0
    """bit n is action n of the table"""

    def __or__(self, other: ActionSet) -> ActionSet:
        return ActionSet(self.bits | other.bits)

    def __and__(self, other: ActionSet) -> ActionSet:
        return ActionSet(self.bits & other.bits)

    def __sub__(self, other: ActionSet) -> ActionSet:
        return ActionSet(self.bits & ~other.bits)

    def __le__(self, other: ActionSet) -> bool:
        return not self.bits & ~other.bits

    def __len__(self) -> int:
        return self.bits.bit_count()

    def __contains__(self, action: str) -> bool:
        return not has_wildcard(action) and bool(self.bits & matching(action).bits)

    def __iter__(self) -> Iterator[str]:
        for service in _services_of(self.bits):
            held = (self.bits & service.all_bits) >> service.first
            names = action_table.names_of(service.prefix)
            while held:
                lowest = held & -held
                yield f"{service.prefix}:{names[lowest.bit_length() - 1]}"
                held ^= lowest

    def levels(self) -> frozenset[Level]:
        """The access levels that occur in the set."""
        return frozenset(level for level in Level if self.bits & action_table.bits_of_level(level))

    def services(self) -> frozenset[str]:
        """The prefixes of the services that occur in the set."""
        return frozenset(service.prefix for service in _services_of(self.bits))

    def at_level(self, level: Level) -> ActionSet:
        """Only the actions of exactly this access level."""
        return ActionSet(self.bits & action_table.bits_of_level(level))

    def with_resource_types(self) -> ActionSet:
        """Only the actions whose use can be narrowed to a resource, see `supports_resource_level`."""
        return ActionSet(self.bits & action_table.bits_with_resource_types())


@lru_cache(maxsize=1024)
def _services_of(bits: int) -> tuple[action_table.Service, ...]:
    """The services that occur, from one to the next: most sets hold few of hundreds, and statements repeat sets."""
    held: list[action_table.Service] = []
    while bits:
        service = action_table.service_at((bits & -bits).bit_length() - 1)
        held.append(service)
        end = service.first + service.size
        bits = bits >> end << end
    return tuple(held)


@cache
def everything() -> ActionSet:
    """Every known action."""
    return ActionSet((1 << action_table.size()) - 1)


@lru_cache(maxsize=8192)
def matching(pattern: str) -> ActionSet:
    """The actions that one Action pattern allows; empty for a pattern that fits nothing known.

    A text without a colon names no action, but for `*` (and a row of stars), which is everything.
    """
    if pattern and not pattern.strip("*"):
        return everything()
    prefix, colon, name = pattern.lower().partition(":")
    if not colon or not name:
        return ActionSet()
    bits = 0
    for service in _services_matching(prefix):
        bits |= _bits_matching(service, name)
    return ActionSet(bits)


def matching_any(patterns: Iterable[str]) -> ActionSet:
    """The actions that at least one of the patterns allows: a statement's Action list."""
    bits = 0
    for pattern in patterns:
        bits |= matching(pattern).bits
    return ActionSet(bits)


def complement(patterns: Iterable[str]) -> ActionSet:
    """The actions that none of the patterns names: a statement's NotAction list."""
    return everything() - matching_any(patterns)


def supports_resource_level(action: str) -> bool:
    """Whether Resource can narrow this action (`service:Name`, any case).

    False when AWS defines no resource type for it, so that `*` is the only choice, and for an action that is not known.
    """
    known = action_table.look_up(action)
    return known is not None and bool(known.resource_types)


def _services_matching(prefix: str) -> list[action_table.Service]:
    known = action_table.services()
    if not has_wildcard(prefix):
        return [known[prefix]] if prefix in known else []
    fits = wildcard_test(prefix)
    return [service for service in known.values() if fits(service.prefix)]


def _bits_matching(service: action_table.Service, name: str) -> int:
    if not name.strip("*"):
        return service.all_bits
    numbers = action_table.numbers_of(service.prefix)
    if not has_wildcard(name):
        return 1 << numbers[name] if name in numbers else 0
    fits = wildcard_test(name)
    return sum(1 << number - service.first for known, number in numbers.items() if fits(known)) << service.first
