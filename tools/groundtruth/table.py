"""Outcomes become the printed tables: one row a family, one row a peer's rule, and on request every wrong case."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cases import Case
    from mapping import Answer

RECALL = 0.97
ALARMS = 0.02
_COLUMNS = ("found", "false alarms", "peer's own", "its alarms")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A case, what answers for it, and whether that was flagged; `read` is false where its text could not be had."""

    case: Case
    answer: Answer
    flagged: bool
    read: bool
    by_peer: bool | None = None
    """what the peer says that labelled the case; None where it did not run"""

    @property
    def counts(self) -> bool:
        """Whether the case is on a mapped row."""
        return self.read and bool(self.answer.checks)

    @property
    def wrong(self) -> bool:
        """Whether nhilint says otherwise than the peer's suite."""
        return self.counts and self.flagged != self.case.fails


@dataclass(frozen=True, slots=True)
class Row:
    """What was found of the failing cases of a group, and said of its passing ones."""

    name: str
    found: int
    failing: int
    alarms: int
    passing: int
    peer_found: int
    peer_failing: int
    peer_alarms: int
    peer_passing: int

    @property
    def misses_bar(self) -> bool:
        """Whether recall is below 97 % or more than 2 % of the passing cases are flagged."""
        return self.found < RECALL * self.failing or self.alarms > ALARMS * self.passing


def rows_by(outcomes: Iterable[Outcome], key: str) -> list[Row]:
    """The rows of mapped cases, grouped by an attribute of the case (`family`, `rule`)."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.counts:
            groups[getattr(outcome.case, key)].append(outcome)
    return [_row(name, groups[name]) for name in sorted(groups)]


def _row(name: str, held: list[Outcome]) -> Row:
    failing = [o for o in held if o.case.fails]
    passing = [o for o in held if not o.case.fails]
    by_peer = [[o.by_peer for o in group if o.by_peer is not None] for group in (failing, passing)]
    return Row(
        name,
        sum(o.flagged for o in failing),
        len(failing),
        sum(o.flagged for o in passing),
        len(passing),
        sum(by_peer[0]),
        len(by_peer[0]),
        sum(by_peer[1]),
        len(by_peer[1]),
    )


def printed(outcomes: list[Outcome], *, show: bool) -> str:
    """The tables as text."""
    lines = [_line("family", *_COLUMNS), *map(_told_row, rows_by(outcomes, "family"))]
    lines.extend(("", _line("peer's suite", *_COLUMNS), *map(_told_row, rows_by(outcomes, "suite"))))
    lines.extend(("", _line("peer's rule", *_COLUMNS), *map(_told_row, rows_by(outcomes, "rule"))))
    lines.append("\n" + "\n".join(_uncounted(outcomes)))
    if show:
        lines.extend(f"{'miss ' if o.case.fails else 'alarm'} {_told(o)}" for o in outcomes if o.wrong)
    return "\n".join(lines)


def _told_row(row: Row) -> str:
    ours = (f"{row.found}/{row.failing}", f"{row.alarms}/{row.passing}")
    if not row.peer_failing and not row.peer_passing:
        return _line(row.name, *ours)
    return _line(row.name, *ours, f"{row.peer_found}/{row.peer_failing}", f"{row.peer_alarms}/{row.peer_passing}")


def _line(name: str, *cells: str) -> str:
    return f"{name[:42]:<42}" + "".join(f"{cell:>14}" for cell in cells)


def _uncounted(outcomes: list[Outcome]) -> Iterator[str]:
    declined = Counter(o.answer.declined for o in outcomes if o.read and not o.answer.checks)
    yield f"{sum(o.counts for o in outcomes)} of {len(outcomes)} cases are on mapped rows"
    yield from (f"{number:>6} declined: {reason}" for reason, number in declined.most_common())
    unread = [o for o in outcomes if not o.read]
    if unread:
        yield f"{len(unread):>6} not read: no file of theirs is there, or their text stands in no literal"


def _told(outcome: Outcome) -> str:
    case = outcome.case
    return f"{case.rule} {case.file}#{case.locator}"
