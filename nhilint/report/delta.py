"""The authority delta as text, Markdown or JSON: what a change lets whom do, actor by actor, worst first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.model.finding import Severity
from nhilint.report import json_shape as shape
from nhilint.report.cells import wrap
from nhilint.report.json_text import to_json
from nhilint.report.markdown_text import code, plain
from nhilint.report.printable import inert, one_line, printable
from nhilint.report.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhilint.model.delta import ActorDelta, Shift
    from nhilint.report.paint import Paint

MOST_SHIFTS = 12
"""Shifts of one actor that text and Markdown show; JSON has them all."""
MOST_OF_GONE = 4
"""Of an actor that is gone, what it could do interests less."""
MOST_ACTORS = 60
_FEW = 3
_NAMED = 8
_STATES = {"added": "new", "removed": "gone", "changed": ""}
_KINDS = {"resource_policy": "resource policy", "gate": "the gate"}
_SIGNS = {"widened": "+", "narrowed": "-"}


def headline(deltas: Sequence[ActorDelta]) -> str:
    """The delta in one sentence."""
    if not deltas:
        return "This change leaves everybody's authority as it is"
    gate = "the gate itself is loosened" if any(delta.kind == "gate" for delta in deltas) else ""
    deltas = [delta for delta in deltas if delta.kind != "gate"]
    states = [delta.state for delta in deltas]
    wider = sum(any(s.direction == "widened" for s in d.shifts) and d.state == "changed" for d in deltas)
    narrower = sum(bool(d.shifts) and all(s.direction == "narrowed" for s in d.shifts) for d in deltas)
    parts = [
        counted(states.count("added"), "new actor") if "added" in states else "",
        f"{counted(wider, 'actor')} with more authority" if wider else "",
        f"{counted(narrower, 'actor')} with less" if narrower else "",
        f"{counted(states.count('removed'), 'actor')} gone" if "removed" in states else "",
        gate,
    ]
    return ", ".join(part for part in parts if part) or f"{counted(len(deltas), 'actor')} changed"


def text(deltas: Sequence[ActorDelta], paint: Paint, width: int) -> str:
    """Lines of at most `width` cells."""
    lines: list[str] = []
    telling = [delta for delta in deltas if delta.shifts]
    for delta in telling[:MOST_ACTORS]:
        lines += [*_actor(delta, paint, width), ""]
    if len(telling) > MOST_ACTORS:
        lines += [f"{counted(len(telling) - MOST_ACTORS, 'more actor')}; --format json has all", ""]
    for said in _bare(deltas):
        lines += [*wrap(said, width), ""]
    return inert("\n".join([*lines, headline(deltas)]) + "\n")


def _bare(deltas: Sequence[ActorDelta]) -> Iterator[str]:
    """Actors that came or went with no authority of their own, in one line each way."""
    for state, words in (("added", "new, with no authority of its own"), ("removed", "gone, with none of its own")):
        names = [one_line(delta.name) for delta in deltas if not delta.shifts and delta.state == state]
        if names:
            rest = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
            yield f"{words}: {', '.join(names[:_NAMED])}{rest}"


def _actor(delta: ActorDelta, paint: Paint, width: int) -> Iterator[str]:
    state = _STATES[delta.state]
    kind = _KINDS.get(delta.kind, delta.kind)
    about = ", ".join(part for part in (state, kind, _formerly(delta), printable(delta.path)) if part)
    yield f"{paint.bold(printable(delta.name))} {paint.dim(f'({about})')}"
    told = _folded(delta.shifts)
    most = _most(delta)
    for shift in told[:most]:
        first, *rest = wrap(_said(delta, shift), width - 4)
        sign = _SIGNS[shift.direction]
        marked = paint.severity(shift.weight, sign) if shift.direction == "widened" else paint.dim(sign)
        place = f":{shift.line}" if shift.line is not None else ""
        at = "" if shift.place.path == delta.path and not place else f"  {printable(shift.place.path)}{place}"
        yield f"  {marked} {first}" + ("" if rest else paint.dim(at))
        yield from (f"    {line}" for line in rest)
        if rest and at:
            yield f"    {paint.dim(at.strip())}"
    if len(told) > most:
        yield f"    {paint.dim(f'and {len(told) - most} more')}"


def _most(delta: ActorDelta) -> int:
    return MOST_OF_GONE if delta.state == "removed" else MOST_SHIFTS


def _formerly(delta: ActorDelta) -> str:
    return f"formerly {printable(delta.formerly)}" if delta.formerly else ""


def _said(delta: ActorDelta, shift: Shift) -> str:
    """The words of a shift, with the consequence behind the gravest one."""
    words = one_line(shift.words)
    worst = delta.shifts[0]
    first = shift.place == worst.place and shift.weight == worst.weight and shift.about == worst.about
    return f"{words}; {one_line(delta.consequence)}" if delta.consequence and first else words


def _folded(shifts: Sequence[Shift]) -> list[Shift]:
    """Shifts of one sort said as one: may use A, B, C and 11 more without a question."""
    groups: dict[tuple[str, Severity, bool, str], list[Shift]] = {}
    for shift in shifts:
        pattern = shift.words.replace(shift.about, "\0", 1) if shift.about else shift.words
        groups.setdefault((shift.direction, shift.weight, shift.gone, pattern), []).append(shift)
    told: list[Shift] = []
    for (_, _, _, pattern), group in groups.items():
        if len(group) == 1 or not group[0].about:
            told += group
            continue
        named = [shift.about for shift in group[:_FEW]]
        *first, last = named if len(group) <= _FEW else [*named, f"{len(group) - _FEW} more"]
        told.append(replace(group[0], words=pattern.replace("\0", f"{', '.join(first)} and {last}", 1)))
    return told


def markdown(deltas: Sequence[ActorDelta]) -> str:
    """A section of a page: the sentence, then a block for each actor, the grave ones open."""
    sections = [f"### What this change does to authority\n\n{plain(headline(deltas))}."]
    telling = [delta for delta in deltas if delta.shifts]
    sections += [_block(delta) for delta in telling[:MOST_ACTORS]]
    if len(telling) > MOST_ACTORS:
        sections.append(f"{counted(len(telling) - MOST_ACTORS, 'more actor')}.")
    sections += [f"{plain(said[:1].upper() + said[1:])}." for said in _bare(deltas)]
    return inert("\n\n".join(sections) + "\n")


def _block(delta: ActorDelta) -> str:
    state = _STATES[delta.state]
    kind = _KINDS.get(delta.kind, delta.kind)
    title = (
        f"{code(printable(delta.name))} ({plain(', '.join(part for part in (state, kind, _formerly(delta)) if part))})"
    )
    lines = []
    told = _folded(delta.shifts)
    most = _most(delta)
    for shift in told[:most]:
        place = f"{printable(shift.place.path)}{f':{shift.line}' if shift.line is not None else ''}"
        grave = f"**{shift.weight.word}** " if shift.direction == "widened" and shift.weight >= Severity.HIGH else ""
        sign = "➕" if shift.direction == "widened" else "➖"
        lines.append(f"- {sign} {grave}{plain(_said(delta, shift))} {code(place)}")
    if len(told) > most:
        lines.append(f"- and {len(told) - most} more")
    return "\n".join([title, "", *lines]) if lines else title


def json(deltas: Sequence[ActorDelta], base: str, head: str) -> str:
    """One object with every actor and shift; `base` and `head` are commits, an empty head the work tree."""
    return to_json(shape.Delta(schema="nhilint/delta/1", base=base, head=head, actors=actors(deltas)))


def actors(deltas: Sequence[ActorDelta]) -> tuple[shape.ActorDelta, ...]:
    """The deltas as the JSON reports have them."""
    return tuple(
        shape.ActorDelta(
            delta.kind,
            delta.name,
            delta.path,
            delta.state,
            delta.formerly,
            delta.consequence,
            tuple(shape.Shift(s.direction, s.words, _weight(s), s.place.path, s.line, s.gone) for s in delta.shifts),
        )
        for delta in deltas
    )


def _weight(shift: Shift) -> shape.SeverityWord:
    words: dict[Severity, shape.SeverityWord] = {
        Severity.CRITICAL: "critical",
        Severity.HIGH: "high",
        Severity.MEDIUM: "medium",
        Severity.LOW: "low",
        Severity.INFO: "info",
    }
    return words[shift.weight]
