"""What a runtime policy lets whom do, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.delta.power import Power, listed, ranked, short
from nhilint.model.fact import known_records, value_of
from nhilint.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.delta.power import Held
    from nhilint.model.vocabulary import Policy
    from nhilint.model.vocabulary.policy import PolicyRule

_DEFAULT = {"deny": (0, "refuses what no rule allows"), "allow": (2, "allows what no rule forbids")}
_MOST = 3


def held_by_policy(policy: Policy) -> Iterator[Held]:
    """Its default and its rules."""
    yield from ranked(policy.default, _DEFAULT, "default", Severity.CRITICAL)
    for rule in known_records(policy.rules):
        yield from _rule(rule)
    for fact, gained, lost in (
        (policy.gives_rights, "lets its holder decide over rights by {}", "no longer lets its holder decide by {}"),
        (policy.whole_stores, "opens the whole store of secrets {}", "no longer opens the whole store {}"),
    ):
        for name in listed(fact):
            said = short(name)
            yield Power(
                key=(gained, name),
                gained=gained.format(said),
                lost=lost.format(said),
                weight=Severity.HIGH,
                place=fact.at if fact is not None else policy.at,
                about=said,
            )


def _rule(rule: PolicyRule) -> Iterator[Held]:
    callers, actions, resources = listed(rule.callers), listed(rule.actions), listed(rule.resources)
    deny = value_of(rule.effect) == "deny"
    under = " under conditions" if value_of(rule.conditioned) is True else ""
    who = _some(callers, "everybody", "its holder", every=value_of(rule.everyone))
    what = _some(actions, "everything", "something", every=value_of(rule.every_action))
    on = _some(resources, "everything it guards", "", every=value_of(rule.every_resource))
    said = f"{what}{' on ' + on if on else ''}{under}"
    name = value_of(rule.name) or ""
    key = (str(value_of(rule.effect)), *callers, "", *actions, "", *resources, under)
    if not (callers or actions or resources):
        key = (*key, name)
        said = f"what the rule {short(name)} says{under}"
    gained, lost = (f"denies {who} {said}", f"no longer denies {who} {said}")
    if not deny:
        gained, lost = (f"lets {who} do {said}", f"no longer lets {who} do {said}")
    yield Power(key=key, gained=gained, lost=lost, weight=_weight(rule, deny=deny), place=rule.at, guard=deny)


def _weight(rule: PolicyRule, *, deny: bool) -> Severity:
    if deny:
        return Severity.HIGH
    every = [value_of(fact) is True for fact in (rule.everyone, rule.every_action, rule.every_resource)]
    if value_of(rule.exempt_from_rules) is True or (every[1] and every[2]):
        return Severity.CRITICAL
    if any(every):
        return Severity.HIGH
    return Severity.MEDIUM


def _some(named: tuple[str, ...], all_of_them: str, none: str, *, every: bool | None) -> str:
    if every:
        return all_of_them
    shown = ", ".join(short(entry) for entry in named[:_MOST])
    more = f" and {len(named) - _MOST} more" if len(named) > _MOST else ""
    return f"{shown}{more}" or none
