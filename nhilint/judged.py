"""Findings meet what was there before and what is excepted; the gate looks at itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from nhilint.exceptions import apply_exceptions, exceptions_of, terms_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.catalogue.check import Check
    from nhilint.change import Before
    from nhilint.model.finding import Finding
    from nhilint.model.place import Place
    from nhilint.model.resource import Resource
    from nhilint.model.run import Compared, Located
    from nhilint.settings import Settings
    from nhilint.state import State


class Outcome(Struct, frozen=True, kw_only=True):
    """Findings with what became of each, what the gate has to say of itself, and how many baseline
    entries cover nothing."""

    findings: tuple[Finding, ...]
    about_the_gate: tuple[Resource, ...] = ()
    compared: Compared | None = None
    stale_baseline: int = 0


def judged(
    findings: tuple[Finding, ...],
    now: State,
    then: State | None,
    before: Before | None,
    settings: Settings,
    ran: Sequence[Check],
    known: Sequence[Check],
    positions: dict[Place, Located],
) -> Outcome:
    """Settle the findings of a state, by itself or as the outcome of a change."""
    exceptions = exceptions_of(now.tree, settings, now.gathered, before, then.gathered if then else None)
    terms = terms_of(settings, known, ran, now.tree, before)
    if before is None or then is None:
        paths = frozenset(now.tree.paths())
        excepted = apply_exceptions(findings, exceptions, settings, terms, positions, paths)
        return Outcome(findings=excepted.findings, about_the_gate=excepted.waivers, stale_baseline=len(excepted.stale))
    from nhilint.judged_change import judged_change

    return judged_change(findings, now, then, before, settings, exceptions, terms, positions)
