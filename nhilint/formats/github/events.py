"""What starts a workflow, and who can cause each of those events before any condition is looked at.

An outsider is somebody without write access: on a public repository anyone with an account may open an issue or a pull
request, comment and review. A `pull_request` from a fork runs without secrets and with a reading token; every other
event runs with the repository's own rights. A review of a fork's pull request is limited like the pull request, but an
outsider may as well review one that comes from the repository itself.

Sources, read 2026-11-22: https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
and https://docs.github.com/en/actions/reference/security/secure-use (forked pull requests).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.agent import Trigger

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.agent import OpenTo


class Event(Struct, frozen=True):
    """One event: the types of activity that outsiders can cause, those meant when none are named, its payload.

    `insiders` are the keys of the payload that are a writer's own wherever the run has the repository's rights.
    """

    outsider_types: frozenset[str] = frozenset()
    default_types: frozenset[str] = frozenset()
    payload: frozenset[str] = frozenset()
    privileged: bool = True
    carries_input: bool = True
    insiders: frozenset[str] = frozenset()


class Start(Struct, frozen=True):
    """One event of one workflow with its place. `types` are the activity types that count here."""

    event: str
    types: frozenset[str]
    at: Place
    details: Node


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_OWN_PULL = _words("opened synchronize reopened closed edited ready_for_review converted_to_draft")
_OWN_ISSUE = _words("opened edited closed reopened")
_COMMENT = _words("created edited deleted")
_PULL_DEFAULT = _words("opened synchronize reopened")

OPEN_EVENTS: dict[str, Event] = {
    "pull_request": Event(_OWN_PULL, _PULL_DEFAULT, _words("pull_request number changes label"), privileged=False),
    "pull_request_target": Event(_OWN_PULL, _PULL_DEFAULT, _words("pull_request number changes label before after")),
    "issues": Event(_OWN_ISSUE, frozenset(), _words("issue changes label assignee milestone")),
    "issue_comment": Event(_COMMENT, frozenset(), _words("issue comment changes")),
    "discussion": Event(_COMMENT | _words("answered closed reopened"), frozenset(), _words("discussion answer")),
    "discussion_comment": Event(_COMMENT, frozenset(), _words("discussion comment changes")),
    "pull_request_review": Event(
        _words("submitted edited"), frozenset(), _words("pull_request review changes"), insiders=_words("pull_request")
    ),
    "pull_request_review_comment": Event(
        _COMMENT, frozenset(), _words("pull_request comment changes"), insiders=_words("pull_request")
    ),
    "workflow_run": Event(_words("completed requested in_progress"), frozenset(), _words("workflow_run workflow")),
    "fork": Event(_words("-"), _words("-"), _words("forkee"), carries_input=False),
    "watch": Event(_words("started"), _words("started"), frozenset(), carries_input=False),
}
"""Events that people without write access can cause."""

_CLOCK = frozenset({"schedule"})
_NO_TEXT = _words("schedule branch_protection_rule page_build public workflow_dispatch")
_ALWAYS_IN_PAYLOAD = _words("action sender repository organization installation enterprise")


def starts(root: Node) -> list[Start]:
    """The events of `on`, whatever its form: one name, a list of names, or a mapping with details."""
    on = root["on"] if root["on"].exists else root["true"]
    found = [_start(name, node) for name, node in _named(on)]
    return [start for start in found if start is not None]


def _named(on: Node) -> Iterator[tuple[object, Node]]:
    if on.is_mapping:
        yield from on.entries()
        return
    for item in on.items():
        yield item.value, item


def _start(name: object, node: Node) -> Start | None:
    if not isinstance(name, str):
        return None
    event = OPEN_EVENTS.get(name)
    stated = node["types"].texts() if node.is_mapping else None
    types = frozenset(stated.value) if isinstance(stated, Known) else event.default_types if event else frozenset()
    if event is not None and not types:
        types = event.outsider_types | {"*"}
    return Start(name, types, node.at.at_key() if node.is_mapping or node.value is None else node.at, node)


def opens_to_outsiders(start: Start) -> bool:
    """Whether people without write access can cause this event with at least one of its types."""
    event = OPEN_EVENTS.get(start.event)
    return event is not None and not start.types.isdisjoint(event.outsider_types)


def payload_of(event: str) -> frozenset[str]:
    """The keys of `github.event` that an event fills."""
    known = OPEN_EVENTS.get(event)
    return _ALWAYS_IN_PAYLOAD | known.payload if known else _ALWAYS_IN_PAYLOAD


def brings_outsiders(event: str, key: str) -> bool:
    """Whether a key of the payload may hold outsiders' text in a run of the event with the repository's rights.

    A fork's pull request never does. A review's run has them only where the reviewed pull request comes from the
    repository itself, so its title, body and branch are a writer's; the review is anybody's.
    """
    known = OPEN_EVENTS.get(event)
    return key in payload_of(event) and (known is None or (known.privileged and key not in known.insiders))


def trigger_of(start: Start) -> Trigger:
    """The event as a fact of the workflow, before conditions of its jobs."""
    event = OPEN_EVENTS.get(start.event)
    at = start.at
    if start.event == "workflow_call":
        caller = Unknown("up to whoever calls this workflow", at)
        return Trigger(at=at, event=Known(start.event, at), open_to=caller, carries_input=caller, privileged=caller)
    if start.event == "workflow_run":
        followed = Unknown("up to the workflow that it follows", at)
        return Trigger(at=at, event=Known(start.event, at), open_to=followed, carries_input=followed)
    outside = opens_to_outsiders(start)
    open_to: OpenTo = "anyone" if outside else "nobody" if start.event in _CLOCK else "writers"
    return Trigger(
        at=at,
        event=Known(start.event, at),
        open_to=Known(open_to, at),
        carries_input=Known(event.carries_input if event else start.event not in _NO_TEXT, at),
        privileged=Known(outside and event is not None and event.privileged, at),
        branches=start.details["branches"].texts() if start.event == "push" and start.details.is_mapping else None,
    )
