"""Who gets through to a job or a step: every event that outsiders can cause, taken through the conditions on the way.

A job that another one guards is open to whom the guard lets through. A job whose environment may have reviewers, and
what stands behind a program that checks the person, is not known to be open. For a workflow that others call, and for
one that follows another, the events at the far end are tried out and marked with `via`; `nhilint.link.github` puts the
real ones in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from nhilint.formats.github.condition import NO, PERHAPS, YES, ignores_needs, labels_asked, reached
from nhilint.formats.github.events import OPEN_EVENTS, Start, opens_to_outsiders
from nhilint.formats.github.guards import (
    answers,
    checks_person,
    checks_person_somewhere,
    may_refuse_as_a_whole,
    may_tell_persons_apart,
    refuses_person,
)
from nhilint.formats.github.world import World
from nhilint.formats.github.written_answers import written_by_outsiders
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.vocabulary.agent import OpenTo, Trigger

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nhilint.formats.github.origins import Origins
    from nhilint.formats.github.world import Level
    from nhilint.formats.node import Node

MOST_NEEDS = 50
"""A chain of jobs longer than this is taken as open beyond."""
LEVELS: tuple[Level, ...] = ("anyone", "contributors", "labelled")
"""Whoever has had a change merged; whoever wrote what somebody with triage rights has set a label on."""
_THROUGH: tuple[int, ...] = (YES,) * len(LEVELS)
_STOPPED: tuple[int, ...] = (NO,) * len(LEVELS)
_FAR = ("workflow_call", "workflow_run")


class Entry(Struct, frozen=True):
    """One event with how far outsiders of each level get: 0 no, 1 perhaps, 2 yes, in the order of LEVELS.

    `labels` are those of which the conditions on the way ask one, None where they ask for no label.
    """

    start: Start
    reach: tuple[int, ...]
    via: str = ""
    labels: frozenset[str] | None = None


def entries_of(starts: Sequence[Start]) -> tuple[Entry, ...]:
    """The events of a workflow that outsiders can cause, before any condition."""
    entries = [Entry(start, _THROUGH) for start in starts if opens_to_outsiders(start) and start.event not in _FAR]
    for start in starts:
        if start.event == "workflow_call":
            entries += [Entry(_far(start, event), _THROUGH, start.event) for event in OPEN_EVENTS]
        elif start.event == "workflow_run":
            entries.append(Entry(start, _THROUGH, start.event))
    return tuple(entries)


def _far(start: Start, event: str) -> Start:
    return Start(event, frozenset({"*"}) | OPEN_EVENTS[event].outsider_types, start.at, start.details)


class Admissions:
    """The jobs of one workflow with their conditions and needs."""

    def __init__(self, starts: Sequence[Start], jobs: Node, origins: Origins) -> None:
        self._entries = entries_of(starts)
        self._jobs = dict(jobs.entries())
        watched = self._jobs.items() if self._asks_outputs() else ()
        guarding = [(name, job) for name, job in watched if checks_person_somewhere(job, name)]
        events = frozenset(entry.start.event for entry in self._entries)
        answered = (
            f"needs.{name.lower()}@{event}={text}" for name, job in guarding for event, text in answers(job, events)
        )
        self._guards = frozenset(f"needs.{name.lower()}" for name, _ in guarding) | frozenset(answered)
        with_rights = frozenset(entry.start.event for entry in self._entries if has_rights(entry))
        self._written = written_by_outsiders(jobs, with_rights, origins) if guarding else frozenset()
        self._known: dict[str, tuple[Entry, ...]] = {}
        self._ending: dict[str, tuple[Node, ...]] = {}

    def _asks_outputs(self) -> bool:
        """Whether what jobs and steps have found out may decide who gets through."""
        if any(has_rights(entry) for entry in self._entries):
            return True
        return bool(self._entries) and any("outputs" in str(job.value_under("if")) for job in self._jobs.values())

    def of_job(self, name: str, _below: frozenset[str] = frozenset()) -> tuple[Entry, ...]:
        """Who gets through to a job. A circle of needs is taken as open."""
        if name in self._known:
            return self._known[name]
        job = self._jobs.get(name)
        if not self._entries or job is None or name in _below or len(_below) > MOST_NEEDS:
            return self._entries
        needs = [need.value for need in job["needs"].items() if isinstance(need.value, str)]
        needed = {need: self.of_job(need, _below | {name}) for need in needs}
        condition = job.value_under("if")
        most = PERHAPS if job["environment"].exists else YES
        found = tuple(
            self._through_job(entry, index, condition, needed, most) for index, entry in enumerate(self._entries)
        )
        self._known[name] = found
        return found

    def _through_job(
        self, entry: Entry, index: int, condition: object, needed: dict[str, tuple[Entry, ...]], most: int
    ) -> Entry:
        if not needed and not isinstance(condition, str | bool):
            return replace(entry, reach=tuple(min(way, most) for way in entry.reach), labels=None)
        waits = not ignores_needs(condition)
        reach = []
        for position, level in enumerate(LEVELS):
            behind = {
                name.lower(): self._past(name, entry, level, found[index].reach[position])
                for name, found in needed.items()
            }
            world = World(entry.start.event, entry.start.types, level, behind, self._guards, self._written)
            way = reached(condition, world) if entry.reach[position] else NO
            reach.append(min(way, most, *(behind.values() if waits else ())))
        before = (found[index].labels for found in needed.values())
        return replace(entry, reach=tuple(reach), labels=_both(labels_asked(condition), *before))

    def _past(self, name: str, entry: Entry, level: Level, way: int) -> int:
        """How far outsiders get a job to succeed: no step that stops it for the wrong person can be foreseen."""
        if way != YES:
            return way
        if name in self._jobs and may_refuse_as_a_whole(self._jobs[name], name):
            return PERHAPS
        world = World(entry.start.event, entry.start.types, level, {}, self._guards)
        stopping = (step for step in self._refusing(name) if reached(step.value_under("if"), world) != NO)
        return PERHAPS if any(True for _ in stopping) else way

    def _refusing(self, name: str) -> tuple[Node, ...]:
        """The steps of a job that check the person and end it; of one whose failure counts as success, none."""
        if name not in self._ending:
            job = self._jobs.get(name)
            steps = () if job is None or job["continue-on-error"].exists else job["steps"].items()
            self._ending[name] = tuple(step for step in steps if refuses_person(step))
        return self._ending[name]

    def passage(self, name: str) -> Passage:
        """The way through the steps of a job."""
        return Passage(self.of_job(name), self._guards)


class Passage:
    """The way through the steps of one job, walked in order, in runs that have the repository's own rights."""

    def __init__(self, job: tuple[Entry, ...], guards: frozenset[str]) -> None:
        self._job = tuple(entry for entry in job if entry.reach != _STOPPED and has_rights(entry))
        self._guards = guards
        self._checked = False
        self._known: dict[tuple[str, bool, frozenset[str]], tuple[Entry, ...]] = {}

    @property
    def is_open(self) -> bool:
        """Whether outsiders get to the job at all in a run that has the repository's rights."""
        return bool(self._job)

    def reaches(self, step: Node) -> tuple[Entry, ...] | None:
        """Who gets to this step; None when it is whoever gets to the job."""
        condition = step.value_under("if")
        if not self._job or not (self._checked or isinstance(condition, str)):
            return None
        key = (str(condition), self._checked, self._guards)
        if key not in self._known:
            self._known[key] = tuple(self._through(entry, condition) for entry in self._job)
        return self._known[key]

    def pass_by(self, step: Node) -> None:
        """Go past a step, which may have checked the person or told persons apart in its outputs."""
        if not self._job:
            return
        self._checked = self._checked or checks_person(step)
        named = step.value_under("id")
        if isinstance(named, str) and may_tell_persons_apart(step):
            self._guards |= {f"steps.{named.lower()}"}

    def _through(self, entry: Entry, condition: object) -> Entry:
        most = PERHAPS if self._checked else YES
        ways = []
        for way, level in zip(entry.reach, LEVELS, strict=True):
            world = World(entry.start.event, entry.start.types, level, {}, self._guards)
            ways.append(min(way, most, reached(condition, world)) if way else NO)
        return replace(entry, reach=tuple(ways), labels=_both(labels_asked(condition), entry.labels))


def _both(*asked: frozenset[str] | None) -> frozenset[str] | None:
    """The labels that several conditions after one another leave; none of them where they ask for different ones."""
    stated = [labels for labels in asked if labels is not None]
    return frozenset.intersection(*stated) if stated else None


def has_rights(entry: Entry) -> bool:
    """Whether a run of this event has the repository's own rights when an outsider causes it."""
    return OPEN_EVENTS[entry.start.event].privileged


def trigger_of_entry(entry: Entry) -> Trigger | None:
    """An event with who gets through, as a fact; None when no outsider does."""
    at = entry.start.at
    event = OPEN_EVENTS[entry.start.event]
    open_to = _open_to(entry)
    if open_to is None:
        return None
    return Trigger(
        at=at,
        event=Known(entry.start.event, at),
        open_to=open_to,
        carries_input=Known(event.carries_input, at),
        privileged=Known(event.privileged, at),
        labels=Known(tuple(sorted(entry.labels)), at) if entry.labels and open_to == Known("labelled", at) else None,
        via=Known(entry.via, at) if entry.via else None,
    )


def _open_to(entry: Entry) -> Fact[OpenTo]:
    at = entry.start.at
    for way, level in zip(entry.reach, LEVELS, strict=True):
        if way == YES:
            return Known(level, at)
        if way == PERHAPS:
            return Unknown("up to a check of the person, or to a reviewer of the environment", at)
    return None


_ORDER = {"anyone": 0, "unknown": 1, "contributors": 2, "labelled": 3}


def triggers_of_entries(entries: Iterable[Entry]) -> tuple[Trigger, ...]:
    """The events through which outsiders get in, widest first, those with the repository's own rights before others."""
    found = [trigger for trigger in map(trigger_of_entry, entries) if trigger is not None]
    return tuple(sorted(found, key=_rank))


def _rank(trigger: Trigger) -> tuple[bool, bool, int]:
    privileged = isinstance(trigger.privileged, Known) and trigger.privileged.value
    word = trigger.open_to.value if isinstance(trigger.open_to, Known) else "unknown"
    return trigger.via is not None, not privileged, _ORDER[word]


class Opening(Struct, frozen=True):
    """The widest group that starts something with the repository's own rights, and the event that lets them."""

    open_to: Fact[OpenTo]
    started_by: Fact[str]


def widest(admitted: Iterable[Trigger], otherwise: Fact[OpenTo]) -> Opening:
    """Who can start something with rights. `otherwise` is the answer when no outsider gets through."""
    unsure: Opening | None = None
    found: Opening | None = None
    for trigger in admitted:
        if isinstance(trigger.privileged, Known) and not trigger.privileged.value:
            continue
        if trigger.via is not None:
            unsure = unsure or Opening(Unknown("up to the workflow that starts it", trigger.at), trigger.event)
        elif isinstance(trigger.open_to, Unknown):
            unsure = unsure or Opening(trigger.open_to, trigger.event)
        elif trigger.open_to is not None and (found is None or trigger.open_to.value == "anyone"):
            found = Opening(trigger.open_to, trigger.event)
            if trigger.open_to.value == "anyone":
                return found
    return unsure or found or Opening(otherwise, None)
