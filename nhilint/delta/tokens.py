"""Tokens of a pipeline and what starts it; workflows and the agents in them share these."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from nhilint.delta.power import Power, short
from nhilint.model.fact import Many, known_records, value_of
from nhilint.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.delta.power import Key
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.agent import TokenPermission, Trigger

_WRITES = {
    "contents": ("change code and releases", Severity.HIGH),
    "packages": ("publish packages", Severity.HIGH),
    "id-token": ("prove its identity to a cloud", Severity.HIGH),
    "actions": ("control other pipelines", Severity.HIGH),
    "workflows": ("change pipelines", Severity.HIGH),
    "deployments": ("deploy", Severity.HIGH),
    "pull-requests": ("change and approve pull requests", Severity.MEDIUM),
    "issues": ("change issues and comments", Severity.MEDIUM),
    "attestations": ("attest builds", Severity.MEDIUM),
    "security-events": ("change security alerts", Severity.MEDIUM),
    "pages": ("publish the site", Severity.MEDIUM),
    "checks": ("set checks", Severity.MEDIUM),
    "statuses": ("set commit statuses", Severity.MEDIUM),
    "discussions": ("change discussions", Severity.MEDIUM),
    "models": ("use models at the organisation's cost", Severity.LOW),
    "copilot-requests": ("use Copilot at the organisation's cost", Severity.LOW),
}
OPEN_WITH_RIGHTS = "can cause with rights"
_WIDTH = {"anyone": 4, "contributors": 3, "labelled": 2, "conditions": 1}
_WHO = {
    "anyone": ", which anybody can cause",
    "contributors": ", which earlier contributors can cause",
    "labelled": ", which anybody can cause once a label is set",
}


def token_permissions(many: Many[TokenPermission]) -> Iterator[Power]:
    """What a token may write, by scope; what it may read is of little weight."""
    for permission in known_records(many):
        scope, access, place = value_of(permission.scope), value_of(permission.access), permission.at
        if scope is None or access in (None, "none"):
            continue
        if access == "write":
            yield may_write(scope, place)
        else:
            said = short(scope)
            gained, lost = f"may read {said} with its token", f"may no longer read {said} with its token"
            key = ("token", scope, "read")
            yield Power(key=key, gained=gained, lost=lost, weight=Severity.LOW, place=place, about=said)


def may_write(scope: str, place: Place) -> Power:
    """The right to write one scope with the token of a run. It includes reading the same."""
    what, weight = _WRITES.get(scope, (f"write {scope}", Severity.MEDIUM))
    said = f"{what} with its token ({short(scope)}: write)"
    return Power(
        key=("token", scope, "write"),
        gained=f"may {said}",
        lost=f"may no longer {said}",
        weight=weight,
        place=place,
        covers=lambda other: other[:2] == ("token", scope),
    )


def triggers(many: Many[Trigger], admitted: frozenset[str] | None = None) -> Iterator[Power]:
    """What starts it; one that strangers can cause and that carries rights weighs most.

    `admitted` names the events of outsiders that get past the conditions of its jobs, where those are known.
    """
    for trigger in known_records(many):
        event = value_of(trigger.event)
        if event is None:
            continue
        who: str = value_of(trigger.open_to) or ""
        privileged = value_of(trigger.privileged)
        said = _WHO.get(who, "")
        if said and admitted is not None and event not in admitted:
            who, said, privileged = "conditions", ", behind conditions on who causes it", False
        weight = Severity.LOW
        if who in _WHO:
            weight = Severity.HIGH if privileged else Severity.LOW if privileged is False else Severity.MEDIUM
            said += " with rights" if privileged else ""
        key = ("trigger", event, who)
        yield Power(
            key=key,
            gained=f"is started by {short(event)}{said}",
            lost=f"is no longer started by {short(event)}{said if who in _WHO and privileged else ''}",
            weight=weight,
            place=trigger.at,
            about=short(event),
            covers=partial(_opens_wider, key),
        )


def _opens_wider(mine: Key, other: Key) -> bool:
    """Whether an event that this one's people can cause includes the other's."""
    return other[1] == mine[1] and _WIDTH.get(mine[2], 0) >= _WIDTH.get(other[2], 0)
