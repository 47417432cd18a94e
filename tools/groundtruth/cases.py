"""The rows of a ground-truth table become cases: one peer's verdict on one place of one file.

The table is tab-separated with a header (suite, repo, commit, file, locator, peer_rule_id, expected, family …). Rows
without a verdict of pass or fail are refused: a table that is only partly understood measures nothing.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Case:
    """What a peer's own test suite expects of one place. `locator` is written in that suite's own way."""

    suite: str
    repository: str
    file: str
    locator: str
    rule: str
    fails: bool
    family: str


def read_cases(table: Path) -> tuple[Case, ...]:
    """The cases of a table in its order. ValueError for a row that says neither pass nor fail."""
    with table.open(encoding="utf-8", newline="") as lines:
        return tuple(_case(row) for row in csv.DictReader(lines, delimiter="\t"))


def _case(row: dict[str, str]) -> Case:
    if row["expected"] not in ("pass", "fail"):
        raise ValueError(f"{row['file']} {row['locator']}: expected is {row['expected']!r}")
    return Case(
        suite=row["suite"],
        repository=row["repo"],
        file=row["file"],
        locator=row["locator"],
        rule=row["peer_rule_id"],
        fails=row["expected"] == "fail",
        family=row["family"],
    )
