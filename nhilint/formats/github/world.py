"""What an outsider's run looks like from inside a condition: the value, or the range of values, of every context.

A `World` is one event caused by one sort of person. Values are sets of plain values where they are few, and marks where
they are many: text of the outsider's choice, the outsider's own login, the outsider's own fork, the result of a check
that nobody here can foresee.

Source: https://docs.github.com/en/webhooks/webhook-events-and-payloads and
https://docs.github.com/en/graphql/reference/enums#commentauthorassociation, read 2026-11-22.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from nhilint.formats.github.events import OPEN_EVENTS, payload_of

if TYPE_CHECKING:
    from collections.abc import Mapping

Level = Literal["anyone", "contributors", "labelled"]
Plain = str | float | bool | None


class Mark(Enum):
    """A value that stands for very many."""

    CHOSEN = "any text of the outsider's choice, or a detail that can turn out either way"
    CONFIGURED = "a value from outside of the event: a setting, a secret, what an earlier step has found"
    LOGIN = "the outsider's own login"
    LATEST_ACTOR = "the login of whoever caused the latest event, which an outsider can make a bot"
    FORK = "the outsider's own fork"
    REPOSITORY = "the repository itself"
    OWNER = "the owner of the repository"
    LABELS = "labels that somebody with triage rights has set"
    GUARDED = "the result of a check of the person"


class Few(Struct, frozen=True):
    """One of a few plain values."""

    values: frozenset[Plain]


class Several(Struct, frozen=True):
    """A list of plain values."""

    values: tuple[Plain, ...]


Value = Mark | Few | Several


class Result(Struct, frozen=True):
    """The result of a job: whether an outsider's run can get it to succeed (0 no, 1 perhaps, 2 yes)."""

    succeeds: int


class World(Struct, frozen=True):
    """One event, its activity types, the person, and what is known of jobs (`needs`) and steps that came before.

    `needs` says how far the run of an outsider gets through each job (0, 1 or 2), `guards` names jobs and steps
    (`needs.x`, `steps.y`) that seem to check the person, `needs.x@issues=text` what it answers to anybody's event;
    `written` are the routes of outputs that the outsiders' own code writes.
    """

    event: str
    types: frozenset[str]
    level: Level | Literal["insiders"]
    needs: Mapping[str, int] = {}
    guards: frozenset[str] = frozenset()
    written: frozenset[tuple[str, ...]] = frozenset()


def few(*values: Plain) -> Few:
    """A value that is one of these."""
    return Few(frozenset(values))


_STRANGERS = frozenset({"NONE", "FIRST_TIMER", "FIRST_TIME_CONTRIBUTOR", "MANNEQUIN"})
ASSOCIATIONS = _STRANGERS | {"CONTRIBUTOR", "COLLABORATOR", "MEMBER", "OWNER"}
_NOTHING = few(None)
_TRUE = Few(frozenset({True}))
_FALSE = Few(frozenset({False}))
_UNMERGED = Few(frozenset({False, None}))
_OWN = {  # what the person who causes the event has written
    "issues": "issue",
    "issue_comment": "comment",
    "discussion": "discussion",
    "discussion_comment": "comment",
    "pull_request": "pull_request",
    "pull_request_target": "pull_request",
    "pull_request_review": "review",
    "pull_request_review_comment": "comment",
    "workflow_run": "workflow_run",
}
_PULL_EVENTS = frozenset({"pull_request", "pull_request_target", "workflow_run"})
_ACTORS = frozenset(
    {
        ("github", "actor"),
        ("github", "actor_id"),
        ("github", "triggering_actor"),
        ("github", "event", "sender", "login"),
        ("github", "event", "sender", "id"),
        ("github", "event", "workflow_run", "actor", "login"),
        ("github", "event", "workflow_run", "triggering_actor", "login"),
    }
)


def value_of_context(path: tuple[str, ...], world: World) -> Value | Result:
    """What a context can be in that world. Of an insider's nothing is known but the event."""
    if world.level == "insiders":
        return few(world.event) if path == ("github", "event_name") else Mark.CHOSEN
    if path[0] == "github":
        return _of_github(path, world)
    if path[0] == "needs" and len(path) >= 3:
        return _of_need(path, world)
    if path[0] == "steps" and len(path) >= 3:
        return Mark.GUARDED if f"steps.{path[1]}" in world.guards else Mark.CONFIGURED
    return Mark.CONFIGURED


def _of_need(path: tuple[str, ...], world: World) -> Value | Result:
    reached = world.needs.get(path[1], 2)
    if path[2] == "result":
        return Result(reached)
    if reached == 0:
        return few("", None)
    if reached == 2 and path in world.written:
        return Mark.CHOSEN
    if reached == 1 or f"needs.{path[1]}" in world.guards:
        return Mark.GUARDED
    return Mark.CONFIGURED


def _of_github(path: tuple[str, ...], world: World) -> Value:
    if path in _ACTORS:
        return Mark.LATEST_ACTOR if world.event in _PULL_EVENTS else Mark.LOGIN
    if path[1:2] == ("event",) and len(path) > 2:
        return _of_payload(path[2:], world)
    if path == ("github", "event_name"):
        return few(world.event)
    if path in (("github", "ref"), ("github", "ref_type")) and world.event == "pull_request":
        return few("refs/pull/1/merge", "branch")
    return {"repository": Mark.REPOSITORY, "repository_owner": Mark.OWNER}.get(path[-1], Mark.CHOSEN)


def _of_payload(route: tuple[str, ...], world: World) -> Value:
    if route[0] == "action":
        return Few(_types(world))
    if route[0] == "repository":
        return _of_repository(route)
    if route[0] not in payload_of(world.event) or route[0] == "label":
        # A label stands in the payload only of its own setting, which takes triage rights.
        return _NOTHING
    return _of_person(route, world) or _of_origin(route, world)


def _of_person(route: tuple[str, ...], world: World) -> Value | None:
    """Who wrote what the payload is about, how close they are to the repository, and labels that others set."""
    own = route[0] == _OWN.get(world.event)
    if route[-1] == "author_association":
        return Few(_own_association(world) if own and len(route) == 2 else ASSOCIATIONS)
    if route[-2:] in (("user", "login"), ("user", "id")) and "head" not in route:
        return Mark.LOGIN if own else Mark.CHOSEN
    return Mark.LABELS if "labels" in route else None


def _of_origin(route: tuple[str, ...], world: World) -> Value:
    """Where a pull request or an upstream run comes from, and what only maintainers can do to it."""
    if route == ("workflow_run", "event"):
        return few("pull_request", "pull_request_target", "issue_comment", "issues")
    own_pull = world.event in ("pull_request", "pull_request_target")
    if own_pull and route[:3] == ("pull_request", "head", "repo"):
        return _of_fork(route[3:])
    if route[:2] == ("workflow_run", "head_repository"):
        return _of_fork(route[2:])
    if own_pull and route[:3] == ("pull_request", "head", "user"):
        return Mark.LOGIN
    if own_pull and route[:3] == ("pull_request", "base", "repo"):
        return _of_repository(route[2:])
    # What a maintainer has merged is the repository's own by then.
    return _UNMERGED if route[-1] in ("merged", "merged_at", "merged_by") else Mark.CHOSEN


def _of_fork(route: tuple[str, ...]) -> Value:
    if route[:1] == ("fork",):
        return _TRUE
    if route[:1] == ("owner",):
        return Mark.LOGIN
    if route[:1] in (("full_name",), ("id",), ("node_id",), ("html_url",), ("clone_url",), ("url",)):
        return Mark.FORK
    return Mark.CHOSEN


def _of_repository(route: tuple[str, ...]) -> Value:
    if route[1:] in (("full_name",), ("id",), ("node_id",), ("html_url",), ("clone_url",), ("url",)):
        return Mark.REPOSITORY
    if route[1:2] == ("owner",):
        return Mark.OWNER
    return _FALSE if route[1:] == ("fork",) else Mark.CHOSEN


def _types(world: World) -> frozenset[Plain]:
    """The activity types an outsider can cause here."""
    event = OPEN_EVENTS.get(world.event)
    allowed = event.outsider_types if event else frozenset()
    return frozenset[Plain](allowed if "*" in world.types else allowed & world.types)


def _own_association(world: World) -> frozenset[Plain]:
    return frozenset[Plain](_STRANGERS | {"CONTRIBUTOR"} if world.level != "anyone" else _STRANGERS)
