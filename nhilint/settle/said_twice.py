"""What a run would say several times in the same words becomes one finding that names the other places.

The same server in the settings of four clients of one project, the same package in six hooks of a file: one decision
mends them all, and a reader wants it once. Files elsewhere are somebody else's decision, whatever their things are
called, and so are two workflows or two policies: those are told each by itself. It is done last, when baseline, waivers
and the comparison with an earlier state have looked at every place by itself, so that each keeps its own identity and
none can hide behind another one's exception.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.model.finding import Disposition, Note

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.model.finding import Finding, Severity

_SAME_WORDS = "the same here"

_KINDS_OF_CLIENTS = frozenset({"agent", "tool"})
"""Kinds of subjects that one project declares again for every client that its people use."""

_Words = tuple[str, str, "Severity", str, str, str]


def said_once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings in their order; of active ones about things of one name, in one wording and of one file or project
    the first, with the places of the others as related ones and the others themselves as copies."""
    kept: list[Finding] = []
    first: dict[_Words, int] = {}
    copies: dict[int, list[Finding]] = {}
    for finding in findings:
        about = finding.subject
        words = (_where(finding), finding.check, finding.severity, about.kind, about.name, finding.message)
        position = first.get(words) if finding.disposition is Disposition.ACTIVE else None
        if position is not None:
            copies.setdefault(position, []).append(finding)
            continue
        if finding.disposition is Disposition.ACTIVE:
            first[words] = len(kept)
        kept.append(finding)
    for position, others in copies.items():
        kept[position] = _with_copies(kept[position], others)
    return tuple(kept)


def each_place(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings with those that were folded into them, for a reader that keeps a record of every place."""
    return tuple(one for finding in findings for one in (finding, *finding.copies))


def _where(finding: Finding) -> str:
    """The file; for what clients are told, the folder that holds their settings, if its name or theirs has a dot."""
    path = finding.place.path
    parts = path.split("/")
    hidden = next((index for index, part in enumerate(parts) if part.startswith(".")), None)
    if hidden is None or finding.subject.kind not in _KINDS_OF_CLIENTS:
        return path
    return "/".join((*parts[:hidden], "."))


def _with_copies(finding: Finding, others: list[Finding]) -> Finding:
    shown = {finding.place, *(note.place for note in finding.related)}
    notes = tuple(Note(_SAME_WORDS, other.place) for other in others if other.place not in shown)
    return replace(finding, related=(*finding.related, *notes), copies=tuple(others))
