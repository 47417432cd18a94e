"""The composition root: settings and a tree in, one Run out. The only place that knows the order of the stages."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from nhilint.app_code import has_code
from nhilint.evaluate.engine import judge
from nhilint.gather import document_again, gate_document, gather
from nhilint.history import revision_of
from nhilint.judged import judged
from nhilint.model.run import Run
from nhilint.positions import locate_all
from nhilint.settle.equal_files import equal_files
from nhilint.settle.gate import decide
from nhilint.settle.said_twice import said_once
from nhilint.settle.seldom_started import seldom_started
from nhilint.settle.without_machine import told_of_idle_jobs, without_machine
from nhilint.state import ABOUT_THE_GATE, State, state_of, weighed
from nhilint.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nhilint.catalogue.check import Check
    from nhilint.change import Before
    from nhilint.judged import Outcome
    from nhilint.model.delta import ActorDelta
    from nhilint.model.finding import Finding, Problem, Undecided
    from nhilint.model.place import Place
    from nhilint.model.run import Located
    from nhilint.settings import Settings
    from nhilint.source.document import Document
    from nhilint.tree import Tree

__all__ = ["Settled", "delta_of", "gather", "scan", "settle"]


def scan(
    tree: Tree,
    settings: Settings,
    checks: tuple[Check, ...],
    *,
    known: Sequence[Check] = (),
    before: Before | None = None,
) -> Run:
    """Scan a tree and judge it by `checks`.

    `known` are all checks there are, where `checks` is a choice of them. With `before`, only what the change since then
    introduces counts, and exceptions are those of that state.
    """
    settled = settle(tree, settings, checks, known=known, before=before)
    now, outcome = settled.now, settled.outcome
    undecided = _undecided(now, settings)
    of_the_gate = judge([check for check in checks if check.subject in ABOUT_THE_GATE], outcome.about_the_gate)
    added = tuple(weighed(finding, settings) for finding in of_the_gate.findings)
    of_gate = [u.place for u in of_the_gate.undecided]
    positions = {**settled.positions, **_positions(added, of_gate, now, settings)}
    resources = now.gathered.resources
    behind = dict.fromkeys(seldom_started(resources), 1) | dict.fromkeys(without_machine(resources), 2)
    every = _in_order((*outcome.findings, *added))
    once = said_once(every, positions, behind, equal_files(every, tree))
    findings = told_of_idle_jobs(once, resources, settings.severity)
    met = (*now.gathered.problems, *now.judgement.problems, *of_the_gate.problems)
    problems = tuple(_scoped(problem, settings) for problem in met)
    return Run(
        version=__version__,
        started=settings.now,
        root=settings.root.name,
        revision=revision_of(settings.root),
        fail_on=settings.fail_on,
        min_confidence=settings.min_confidence,
        counts=now.gathered.counts,
        findings=findings,
        undecided=undecided + of_the_gate.undecided,
        problems=problems,
        verdict=decide(
            findings,
            problems,
            settings.fail_on,
            recognised=now.gathered.counts.recognised,
            require_inputs=settings.require_inputs,
            exit_zero=settings.exit_zero,
        ),
        positions=positions,
        checks_run=tuple(check.id for check in checks),
        compared=outcome.compared,
        delta=delta_of(settled, settings, before) if before is not None else (),
        stale_baseline=outcome.stale_baseline,
    )


class Settled(Struct, frozen=True, kw_only=True):
    """A tree's state, the one before a change where there is one, what becomes of the findings, and where these and
    the undecided stand."""

    now: State
    then: State | None
    outcome: Outcome
    positions: dict[Place, Located]


def settle(
    tree: Tree,
    settings: Settings,
    checks: Sequence[Check],
    *,
    known: Sequence[Check] = (),
    before: Before | None = None,
) -> Settled:
    """Judge a tree, by itself or as the outcome of a change; not yet what is to be said of the gate itself."""
    moved = before.changes.renamed if before is not None else {}
    earlier = before.tree if before is not None else None
    now = state_of(tree, settings, checks, gather(tree, settings, moved=moved, earlier=earlier), earlier)
    then = _state_before(before, settings, checks, now) if before is not None else None
    scoped = tuple(f for f in now.findings if _in_paths(f.place.path, settings))
    positions = _positions(scoped, [u.place for u in _undecided(now, settings)], now, settings)
    outcome = judged(scoped, now, then, before, settings, checks, known or checks, positions)
    moved_to = [finding for finding in outcome.findings if finding.place not in positions]
    positions = {**positions, **_positions(moved_to, (), now, settings)}
    return Settled(now=now, then=then, outcome=outcome, positions=positions)


def _undecided(now: State, settings: Settings) -> tuple[Undecided, ...]:
    everywhere = now.judgement.undecided
    return tuple(u for u in everywhere if _in_paths(u.place.path, settings)) if settings.paths else everywhere


def delta_of(settled: Settled, settings: Settings, before: Before) -> tuple[ActorDelta, ...]:
    """What a change does to authority, the gate's own first, every shift with its line."""
    if settled.then is None:
        return ()
    from nhilint.delta import authority_delta, gate_delta

    found = authority_delta(settled.then.resources, settled.now.resources, before.changes.older)
    found = (*gate_delta(settled.outcome.about_the_gate), *found)
    lines = {
        gone: _lines(found, state, settings, gone=gone) for gone, state in ((False, settled.now), (True, settled.then))
    }
    return tuple(
        replace(delta, shifts=tuple(replace(s, line=lines[s.gone].get(s.place)) for s in delta.shifts))
        for delta in found
    )


def _lines(deltas: Iterable[ActorDelta], state: State, settings: Settings, *, gone: bool) -> dict[Place, int]:
    places = [shift.place for delta in deltas for shift in delta.shifts if shift.gone is gone]
    return {place: located.line for place, located in _positions((), places, state, settings).items()}


def _state_before(before: Before, settings: Settings, checks: Iterable[Check], now: State) -> State:
    """The state before a change. What the change left as it was is not read twice."""
    listed = frozenset(now.tree.paths())
    newer = now.gathered.readings
    known = {
        path: newer.get(path)
        for path in before.tree.paths()
        if path in listed and not before.touches(path) and not _is_link(path, before.tree, now.tree)
    }
    gathered = gather(before.tree, settings, known=known)
    older = gathered.readings
    same = older.keys() == newer.keys() and all(older[path] is newer[path] for path in older)
    if same and not any(map(has_code, gathered.resources)):
        return replace(now, tree=before.tree, gathered=gathered)
    return state_of(before.tree, settings, checks, gathered)


def _is_link(path: str, *trees: Tree) -> bool:
    return any(tree.link_target(path) is not None for tree in trees)


def _positions(
    findings: Iterable[Finding], others: Iterable[Place], now: State, settings: Settings
) -> dict[Place, Located]:
    places = [p for f in findings for p in (f.place, *(n.place for n in (*f.related, *f.flow)))]
    places.extend(others)

    @cache
    def opened(path: str) -> Document | None:
        return document_again(path, now.tree, settings, now.gathered) or gate_document(path, now.tree)

    return locate_all(places, now.resources, opened)


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """By file; within one as the engine ordered them, what is said of the gate last."""
    return tuple(sorted(findings, key=lambda finding: finding.place.path))


def _scoped(problem: Problem, settings: Settings) -> Problem:
    """Who asked for some files only is told of trouble elsewhere, but the gate is about those files."""
    if not problem.incomplete or _in_paths(problem.path, settings):
        return problem
    return replace(problem, incomplete=False)


def _in_paths(path: str, settings: Settings) -> bool:
    scopes = [scope.strip("/") for scope in settings.paths]
    return not scopes or "." in scopes or any(path == s or path.startswith(s + "/") for s in scopes)
