"""Findings of a change: what was there before it, what it causes, where it is shown, and what it does to the gate.

Not a stage of its own: `judged` calls it where there is a state to compare with, and a plain scan never imports it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from nhilint.coverage import lost_from_sight
from nhilint.exceptions import apply_exceptions
from nhilint.judged import Outcome
from nhilint.model.finding import Disposition
from nhilint.model.run import Compared
from nhilint.settle.changed_place import changed_lines, place_of_line, shown_where_changed
from nhilint.settle.code_owners import code_owners
from nhilint.settle.compare import known_before, side_of
from nhilint.settle.own_gate import gate_changes
from nhilint.settle.own_gate.seen import Both

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nhilint.change import Before
    from nhilint.exceptions import Exceptions
    from nhilint.model.finding import Finding
    from nhilint.model.place import Place
    from nhilint.model.run import Located
    from nhilint.settings import Settings
    from nhilint.settle.waive import Terms
    from nhilint.state import State
    from nhilint.tree import Tree


def judged_change(
    findings: tuple[Finding, ...],
    now: State,
    then: State,
    before: Before,
    settings: Settings,
    exceptions: Exceptions,
    terms: Terms,
    positions: dict[Place, Located],
) -> Outcome:
    """Settle the findings of a state as the outcome of a change."""
    paths = frozenset(now.tree.paths())
    findings, gone = known_before(
        side_of(findings, now.resources),
        side_of(then.findings, then.resources),
        before.changes.older,
        before.changes.removed,
    )
    both = _both(now, then, before, settings, exceptions, findings)
    excepted = apply_exceptions(findings, exceptions, settings, terms, positions, paths, covers=Disposition.UNCHANGED)
    lines_of = _changed_lines(now.tree, before)

    def first_change(path: str) -> Place:
        return place_of_line(_text(now.tree, path) or "", path, min(lines_of(path)))

    findings = shown_where_changed(excepted.findings, positions, lines_of, first_change)
    compared = Compared(name=before.name, commit=before.commit, gone=gone)
    return Outcome(
        findings=findings,
        about_the_gate=(*excepted.waivers, *gate_changes(both)),
        compared=compared,
        stale_baseline=len(excepted.stale),
    )


def _both(
    now: State, then: State, before: Before, settings: Settings, exceptions: Exceptions, findings: Sequence[Finding]
) -> Both:
    found_in = {finding.place.path for finding in findings}
    return Both(
        before=before.tree,
        after=now.tree,
        touched=before.touches,
        owners=code_owners(before.tree),
        pending=exceptions.pending,
        coverage=tuple(lost_from_sight(now.tree, settings, now.gathered, before, then.gathered, found_in)),
        packs=before.packs,
    )


def _changed_lines(tree: Tree, before: Before) -> Callable[[str], frozenset[int]]:
    """The changed lines of files, each looked at once."""

    @cache
    def lines_of(path: str) -> frozenset[int]:
        if path not in before.changes.changed and before.tree.read(path) is not None:
            return frozenset()
        return changed_lines(_text(before.tree, before.changes.older(path)), _text(tree, path) or "")

    return lines_of


def _text(tree: Tree, path: str) -> str | None:
    data = tree.read(path)
    return data.decode("utf-8-sig", "replace") if isinstance(data, bytes) else None
