"""What a key's own policy gives a principal of the same module is not lost, where its statement names the key in vain.

Source: docs.aws.amazon.com/kms/latest/developerguide/key-policies.html (a key policy that names a principal is enough),
read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.knowledge import aws
from nhilint.model.fact import known_records, value_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from nhilint.model.vocabulary.identity import Identity, ResourcePolicy

_OF_KMS = "kms:"


def without_what_keys_give(
    found: Iterable[tuple[str, Identity]],
    policies: Iterable[tuple[str, ResourcePolicy]],
    arns: Callable[[Identity], Collection[str]],
) -> Iterator[tuple[str, Identity]]:
    """The identities without those slips of which a key's policy makes up for all; `arns` tells how each is named. Of
    several keys nobody can tell which one is meant."""
    keys = [policy for _, policy in policies if value_of(policy.service) == "kms"]
    for name, facts in found:
        if len(keys) != 1 or not facts.slips:
            yield name, facts
            continue
        given = _given(keys, arns(facts))
        lost = {grant.at: value_of(grant.actions) or () for grant in known_records(facts.grants)}
        slips = known_records(facts.slips)
        kept = tuple(
            slip for slip in slips if slip.statement is None or not _makes_up(given, lost.get(slip.statement.at, ()))
        )
        yield name, facts if len(kept) == len(slips) else replace(facts, slips=kept)


def _given(keys: Iterable[ResourcePolicy], named: Collection[str]) -> aws.ActionSet:
    """What the statements of the keys allow one of these names without a condition."""
    total = aws.ActionSet()
    for grant in (grant for key in keys for grant in known_records(key.grants)):
        who = {value_of(each.value) for each in known_records(grant.principals)}
        if value_of(grant.effect) == "allow" and not grant.conditions and not who.isdisjoint(named):
            for word in value_of(grant.actions) or ():
                total = total | aws.matching(word)
    return total


def _makes_up(given: aws.ActionSet, words: Collection[str]) -> bool:
    return bool(words) and all(word.startswith(_OF_KMS) and aws.matching(word) <= given for word in words)
