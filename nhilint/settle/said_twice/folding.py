"""Findings that are alike become one, which keeps the others as copies and shows their places."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.model.finding import Disposition, Note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from nhilint.model.finding import Finding
    from nhilint.model.place import Place
    from nhilint.model.run import Located

_SAME_WORDS = "the same here"
_TELLS_OF_SECRET = " the secret"  # noqa: S105 - what the words of a finding have

Likeness = tuple[object, ...]
"""What two findings share that are one thing; made of whatever tells it apart from all else."""


def folded(findings: Iterable[Finding], likenesses: Callable[[Finding], tuple[Likeness, ...]]) -> tuple[Finding, ...]:
    """The findings; of active ones with a likeness in common the first, with the others beside it."""
    kept: list[Finding] = []
    first: dict[Likeness, int] = {}
    copies: dict[int, list[Finding]] = {}
    for finding in findings:
        alike = likenesses(finding) if finding.disposition is Disposition.ACTIVE else ()
        position = next((first[likeness] for likeness in alike if likeness in first), None)
        if position is not None:
            copies.setdefault(position, []).append(finding)
            continue
        first.update(dict.fromkeys(alike, len(kept)))
        kept.append(finding)
    for position, others in copies.items():
        kept[position] = _with_copies(kept[position], others)
    return tuple(kept)


def gathered(findings: tuple[Finding, ...], wholes: Callable[[Finding], dict[Likeness, int]]) -> tuple[Finding, ...]:
    """The findings; of more active parts of one whole than are told apart, the first stands for all."""
    active = (finding for finding in findings if finding.disposition is Disposition.ACTIVE)
    counts = Counter(whole for finding in active for whole in wholes(finding))
    return folded(findings, lambda finding: tuple(w for w, most in wholes(finding).items() if counts[w] > most))


def each_place(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings with those that were folded into them, for a reader that keeps a record of every place."""
    return tuple(one for finding in findings for one in (finding, *finding.copies))


def _with_copies(first: Finding, others: list[Finding]) -> Finding:
    """The surest of the gravest, one that tells of a secret before one of a token alone, with the others beside it."""
    found = (first, *others)
    finding = max(found, key=lambda one: (one.severity, one.confidence, _TELLS_OF_SECRET in one.message))
    every = each_place(one for one in found if one is not finding)
    shown = {finding.place, *(note.place for note in finding.related)}
    notes = {
        other.place: Note(_SAME_WORDS if other.message == finding.message else other.message, other.place)
        for other in every
        if other.place not in shown
    }
    return replace(finding, related=(*finding.related, *notes.values()), copies=(*finding.copies, *every))


def with_each_line_once(finding: Finding, positions: Mapping[Place, Located]) -> Finding:
    """The finding without notes that lead to a line shown already: an alias of YAML stands at its anchor's place."""
    shown = {_line_at(finding.place, positions)} - {None}
    notes: list[Note] = []
    for note in finding.related:
        line = _line_at(note.place, positions)
        if note.message != _SAME_WORDS or line not in shown:
            notes.append(note)
            shown |= {line} - {None}
    return finding if len(notes) == len(finding.related) else replace(finding, related=tuple(notes))


def _line_at(place: Place, positions: Mapping[Place, Located]) -> tuple[str, int] | None:
    located = positions.get(place)
    return (place.path, located.line) if located is not None else None


def line_of(finding: Finding, positions: Mapping[Place, Located]) -> tuple[str, int]:
    """The path and the line of a finding, 0 where the line is not known."""
    located = positions.get(finding.place)
    return finding.place.path, located.line if located is not None else 0
