"""Statements that give or take permissions, in words, with how much they matter."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import partial
from typing import TYPE_CHECKING

from nhilint.delta.power import Power, listed, short, stated
from nhilint.model.fact import value_of
from nhilint.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.delta.power import Held, Key
    from nhilint.model.vocabulary.statement import Grant

EVERYBODY = "everybody"
_MOST_SHOWN = 3
_ROLES = ("roles/", "projects/", "organizations/")
"""How Google Cloud names roles, which stand where other clouds list actions."""
_ROLE_WEIGHTS = {
    "owner": Severity.CRITICAL,
    "editor": Severity.HIGH,
    "policies": Severity.HIGH,
    "impersonation": Severity.HIGH,
    "act_as": Severity.HIGH,
    "viewer": Severity.MEDIUM,
}
_WIDE = frozenset({"tenant", "management_group", "subscription", "organization", "folder"})
_LOOKS = ("List", "Describe")
"""How AWS begins the names of actions that hand out no content; the levels of a statement are of all its actions."""
_GRAVE_IN_CLUSTER = ("secrets", "pods/exec", "impersonate ", "escalate ", "bind ", "serviceaccounts/token")


def granted(grant: Grant, who: str = "") -> Iterator[Held]:
    """What one statement gives or denies its holder, or `who` where it stands on a resource."""
    actions, effect = listed(grant.actions), value_of(grant.effect) or "allow"
    if not actions:
        yield from _everything_but(grant, who, effect)
        yield from _by_role(grant, who, effect)
        return
    resources = listed(grant.resources)
    conditioned, target = _limits(grant), _target(grant, resources)
    for action in actions:
        key = ("grant", effect, who, action, conditioned, *sorted(resources))
        what = f"{short(action)}{target}{conditioned}"
        if effect == "deny":
            said = f"{who + ' ' if who else ''}{what}"
            yield _denial(grant, key, f"is denied {said}", f"is no longer denied {said}", short(action))
            continue
        gained, lost = _verbs(action, who)
        yield Power(
            key=key,
            gained=f"{gained} {what}",
            lost=f"{lost} {what}",
            weight=_weight(grant, action, who),
            place=grant.at,
            about=short(action),
            covers=partial(_covers, key),
        )


def _verbs(action: str, who: str) -> tuple[str, str]:
    if action.startswith(_ROLES):
        named = (f"gives {who} the role", f"no longer gives {who} the role")
        return named if who else ("is given the role", "is no longer given the role")
    return (f"lets {who} do", f"no longer lets {who} do") if who else ("may do", "may no longer do")


def _denial(grant: Grant, key: Key, gained: str, lost: str, about: str = "") -> Power:
    return Power(key=key, gained=gained, lost=lost, weight=Severity.HIGH, place=grant.at, guard=True, about=about)


def _everything_but(grant: Grant, who: str, effect: str) -> Iterator[Held]:
    """A statement that names what it leaves out (NotAction)."""
    found = stated(grant.not_actions)
    if found is None:
        return
    resources = listed(grant.resources)
    said = f"everything but {_some(found[0])}{_target(grant, resources)}{_limits(grant)}"
    key = ("all-but", effect, who, _limits(grant), *sorted(found[0]), "", *sorted(resources))
    if effect == "deny":
        yield _denial(grant, key, f"is denied {said}", f"is no longer denied {said}")
        return
    gained, lost = _verbs("", who)
    weight = Severity.CRITICAL if who == EVERYBODY or value_of(grant.all_resources) is True else Severity.HIGH
    yield Power(key=key, gained=f"{gained} {said}", lost=f"{lost} {said}", weight=weight, place=grant.at)


def _by_role(grant: Grant, who: str, effect: str) -> Iterator[Held]:
    """A role of which only the name is known, as in Azure."""
    role = value_of(grant.role)
    if role is None or effect == "deny" or grant.not_actions is not None:
        return
    level = value_of(grant.scope_level)
    where = f" on {_a(level)}" if level is not None else ""
    what = f"{short(role)}{where}{_limits(grant)}"
    gained, lost = _verbs(_ROLES[0], who)
    key = ("role", who, role, level or "", _limits(grant))
    about = short(role)
    weight = _weight(grant, role, who)
    yield Power(key=key, gained=f"{gained} {what}", lost=f"{lost} {what}", weight=weight, place=grant.at, about=about)


def _a(level: str) -> str:
    named = level.replace("_", " ")
    if level in _WIDE or level in ("project", "resource_group"):
        return f"a whole {named}"
    return f"a {named}"


def _limits(grant: Grant) -> str:
    """What narrows it: a condition, one namespace. Nothing for what holds everywhere."""
    place = " in one namespace" if value_of(grant.cluster_wide) is False else ""
    return f"{' under conditions' if value_of(grant.conditioned) is True else ''}{place}"


def _target(grant: Grant, resources: tuple[str, ...]) -> str:
    if value_of(grant.cluster_wide) is True and resources in ((), ("*",)):
        return " in every namespace"
    return f" on {_some(resources)}" if resources and resources != ("*",) else ""


def _covers(mine: Key, other: Key) -> bool:
    """Whether one allow includes another: the same holder, patterns that match, conditions no narrower."""
    if other[:3] != mine[:3] or (mine[4] and mine[4] != other[4]):
        return False
    if not fnmatchcase(other[3].lower(), mine[3].lower()):
        return False
    return all(any(fnmatchcase(resource, pattern) for pattern in mine[5:]) for resource in other[5:])


def _weight(grant: Grant, action: str, who: str) -> Severity:
    hands_out = value_of(grant.hands_out_roles) is True
    everything = action in ("*", "*:*", "* *") or value_of(grant.all_actions) is True
    if everything or value_of(grant.controls_directory) is True:
        return Severity.CRITICAL
    if hands_out and value_of(grant.scope_level) in _WIDE:
        return Severity.CRITICAL
    if hands_out or who == EVERYBODY or action.endswith(":*") or action in listed(grant.whole_services):
        return Severity.HIGH
    if value_of(grant.changes) is not None:
        return _weight_in_cluster(grant, action)
    by_role = _ROLE_WEIGHTS.get(value_of(grant.role_power) or "")
    return _weight_of_actions(grant, action) if by_role is None else by_role


def _weight_of_actions(grant: Grant, action: str) -> Severity:
    """What an action that hands out secrets or rights weighs, one that changes something, one that only looks."""
    precious = {*listed(grant.permission_actions), *listed(grant.sensitive_reads), *listed(grant.store_reads)}
    if any(fnmatchcase(entry.lower(), action.lower()) for entry in precious):
        return Severity.HIGH
    levels = listed(grant.levels)
    reads = bool(levels) and set(levels) <= {"list", "read"}
    looks = action.partition(":")[2].startswith(_LOOKS)
    return Severity.LOW if reads or looks else Severity.MEDIUM


def _weight_in_cluster(grant: Grant, action: str) -> Severity:
    wide = value_of(grant.cluster_wide) is True
    if action.startswith("* ") or any(word in action for word in _GRAVE_IN_CLUSTER):
        return Severity.HIGH if wide else Severity.MEDIUM
    return Severity.LOW if action.startswith(("get ", "list ", "watch ")) else Severity.MEDIUM


def _some(texts: tuple[str, ...]) -> str:
    shown = ", ".join(short(text) for text in texts[:_MOST_SHOWN])
    return shown if len(texts) <= _MOST_SHOWN else f"{shown} and {len(texts) - _MOST_SHOWN} more"
