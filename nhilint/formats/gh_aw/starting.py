"""`on` of an agentic workflow: which events start it, who gets past its own check, whose text it is about.

Beside the events of GitHub Actions there are commands (`slash_command`, on every kind of comment, and `label_command`).
A first job refuses whoever lacks one of `roles`, by default admin, maintainer and write; `all` lets everybody through,
and everybody can read a public repository. Pull requests of forks are refused unless `forks` names them.
Source: https://github.github.com/gh-aw/reference/triggers/ (roles, bots, forks, slash_command, label_command), read
2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from nhilint.formats.github.events import OPEN_EVENTS, Start, opens_to_outsiders, starts, trigger_of
from nhilint.model.fact import Fact, Known, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.agent import OpenTo, Trigger

_SETTINGS = frozenset(
    {
        "roles", "skip-roles", "bots", "skip-bots", "reaction", "status-comment", "steps", "permissions", "needs",
        "names", "stop-after", "manual-approval", "skip-if-match", "skip-if-no-match", "skip-if-check-failing",
        "github-token", "github-app", "restore-memory", "cooldown", "skip-author-associations", "lock-for-agent",
        "stale-check",
    }
)  # fmt: skip
_COMMAND_EVENTS = (
    "issues", "issue_comment", "pull_request_review_comment", "discussion", "discussion_comment",
)  # fmt: skip
_OPEN_ROLES = frozenset({"all", "read", "none"})
_CHECKED = "up to a step or an environment that may refuse the person"
_MOST = 100


class Starting(NamedTuple):
    """What starts a workflow. `events` are those through which outsiders' text can arrive."""

    triggers: tuple[Trigger, ...]
    open_to: Fact[OpenTo]
    started_by: Fact[str]
    checks_actor: Fact[bool]
    events: tuple[Start, ...]


def read_starting(fields: Node) -> Starting:
    """Everything that `on` says."""
    on = fields["on"] if fields["on"].exists else fields["true"]
    found = [start for start in _events(fields, on) if start.event not in _SETTINGS][:_MOST]
    outside = tuple(start for start in found if _lets_outsiders_in(start))
    checks = _checks_actor(fields, on)
    gate = _gate(fields, on, checks)
    triggers = tuple(_trigger(start, gate, is_open=start in outside) for start in found)
    if not outside:
        widest: OpenTo = "nobody" if found and all(s.event == "schedule" for s in found) else "writers"
        return Starting(triggers, Known(widest, on.at), None, checks, ())
    return Starting(triggers, gate, Known(outside[0].event, outside[0].at), checks, outside)


def _events(fields: Node, on: Node) -> Iterator[Start]:
    for start in starts(fields):
        if start.event == "slash_command":
            yield from _of_command(on["slash_command"], start)
        else:
            yield start


def _of_command(command: Node, start: Start) -> Iterator[Start]:
    """The events on which a command is listened for."""
    stated = command["events"].texts()
    names = stated.value if isinstance(stated, Known) and "*" not in stated.value else _COMMAND_EVENTS
    for name in names[:_MOST]:
        event = OPEN_EVENTS.get(name)
        yield Start(name, event.outsider_types | {"*"} if event else frozenset(), start.at, start.details)


def _lets_outsiders_in(start: Start) -> bool:
    """Whether outsiders can cause it in a run that has the repository's own rights."""
    event = OPEN_EVENTS.get(start.event)
    return event is not None and event.privileged and start.event != "workflow_run" and opens_to_outsiders(start)


def _checks_actor(fields: Node, on: Node) -> Fact[bool]:
    """Whether people without write access are refused."""
    node = on["roles"] if on["roles"].exists else fields["roles"]
    if not node.exists or node.value is None:
        return Known(value=True, at=on.at)
    words = [item.value for item in node.items()]
    if not all(isinstance(word, str) and "${{" not in word for word in words):
        return node.unknown("an expression")
    return Known(_OPEN_ROLES.isdisjoint(words), node.at)


def _gate(fields: Node, on: Node, checks: Fact[bool]) -> Fact[OpenTo]:
    """Who gets through when anybody can cause the event."""
    if isinstance(checks, Unknown):
        return checks
    if checks is None or checks.value:
        return Known("writers", checks.at if checks is not None else on.at)
    for node in (
        on["steps"],
        on["manual-approval"],
        fields["environment"],
        fields["if"],
        on["skip-author-associations"],
    ):
        if node.exists and node.value:
            return Unknown(_CHECKED, node.at)
    return Known("anyone", checks.at)


def _trigger(start: Start, gate: Fact[OpenTo], *, is_open: bool) -> Trigger:
    trigger = trigger_of(start)
    if is_open:
        return replace(trigger, open_to=gate)
    if start.event in ("pull_request", "workflow_run"):
        return replace(trigger, open_to=Known("writers", start.at))
    return trigger
