"""Tokens of a pipeline and what starts it; workflows and the agents in them share these."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.delta.power import Power, short
from nhilint.model.fact import Many, known_records, value_of
from nhilint.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

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
}
_WHO = {"anyone": ", which anybody can cause", "contributors": ", which earlier contributors can cause"}


def token_permissions(many: Many[TokenPermission]) -> Iterator[Power]:
    """What a token may write, by scope; what it may read is of little weight."""
    for permission in known_records(many):
        scope, access = value_of(permission.scope), value_of(permission.access)
        if scope is None or access in (None, "none"):
            continue
        if access == "write":
            what, weight = _WRITES.get(scope, (f"write {scope}", Severity.MEDIUM))
            said = f"its token may {what} ({short(scope)}: write)"
            lost = f"its token may no longer {what} ({short(scope)}: write)"
            yield Power(
                key=("token", scope, "write"), gained=_its(said), lost=_its(lost), weight=weight, place=permission.at
            )
        else:
            gained, lost = (
                f"may read {short(scope)} with its token",
                f"may no longer read {short(scope)} with its token",
            )
            yield Power(
                key=("token", scope, "read"), gained=gained, lost=lost, weight=Severity.LOW, place=permission.at
            )


def _its(said: str) -> str:
    """The clause with the actor as its subject."""
    return (
        said.replace("its token may no longer ", "may no longer ")
        .replace("its token may ", "may ")
        .replace(" (", " with its token (", 1)
    )


def triggers(many: Many[Trigger]) -> Iterator[Power]:
    """What starts it; one that strangers can cause and that carries rights weighs most."""
    for trigger in known_records(many):
        event = value_of(trigger.event)
        if event is None:
            continue
        who = value_of(trigger.open_to) or ""
        privileged = value_of(trigger.privileged) is True
        weight = Severity.LOW
        if who in _WHO:
            weight = Severity.HIGH if privileged else Severity.MEDIUM
        gained = (
            f"is started by {short(event)}{_WHO.get(who, '')}{' with rights' if privileged and who in _WHO else ''}"
        )
        lost = f"is no longer started by {short(event)}"
        yield Power(key=("trigger", event, who), gained=gained, lost=lost, weight=weight, place=trigger.at)
