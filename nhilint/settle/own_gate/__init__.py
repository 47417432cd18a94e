"""What a change does to the gate that judges it.

Nothing of this decides the run: configuration, exceptions and packs are those of the state before the change. It is
said, so that somebody agrees to it knowingly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.model.fact import Known
from nhilint.model.resource import Resource
from nhilint.model.vocabulary import GateChange
from nhilint.settle.own_gate import configuration, exceptions, guards, invocations, packs
from nhilint.settle.own_gate.invocations import files_that_run_it

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.settle.own_gate.seen import Both, Seen

__all__ = ["FORMAT", "gate_changes"]

FORMAT = "nhilint-gate"
_PARTS = {
    "configuration": "the configuration",
    "waiver": "the waivers",
    "baseline": "the baseline",
    "ignore_file": "an ignore file",
    "policy_pack": "a policy pack",
    "workflow": "the workflow",
    "hook": "the hook",
    "codeowners": "the code owners",
    "coverage": "what is read",
}


def gate_changes(both: Both) -> tuple[Resource, ...]:
    """Every loosening of the gate between two states, as subjects of checks."""
    found = tuple(_seen(both))
    if not found:
        return ()
    first = not any(path.startswith(".nhilint/") for path in both.before.paths()) and not files_that_run_it(both.before)
    return tuple(_resource(seen, both, first=first) for seen in found)


def _seen(both: Both) -> Iterator[Seen]:
    yield from configuration.loosened(both)
    yield from exceptions.added(both)
    yield from packs.edited(both)
    yield from invocations.softened(both)
    yield from guards.lost(both)
    yield from both.coverage


def _resource(seen: Seen, both: Both, *, first: bool) -> Resource:
    at = seen.at
    owners = both.owners.of(at.path)
    facts = GateChange(
        at=at,
        name=Known(_PARTS[seen.part], at),
        part=Known(seen.part, at),
        change=Known(seen.change, at),
        file=Known(at.path, at),
        owners=Known(owners, at) if owners else None,
        first=Known(first, at),
        guarded=Known(bool(owners), at),
    )
    return Resource("gate_change", _PARTS[seen.part], FORMAT, facts)
