"""An agentic workflow whose compiled twin refuses to start it any more."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.gather import gather
from nhilint.link import link
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

SOURCE = "---\non: {schedule: daily}\npermissions: {contents: write}\nstop-after: +1mo\n---\nTidy up.\n"
COMPILED = """%s
name: Tidy
on: {schedule: [{cron: "1 1 * * *"}]}
permissions: {contents: write}
jobs:
  agent:
    runs-on: x
    steps:
      - uses: acme/tidy@v1
      - run: claude -p tidy
        env: {%s, GH_TOKEN: "${{ github.token }}"}
"""
HEAD = "# gh-aw-metadata: {}"
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def kinds(head: str, variable: str, now: datetime | None = NOW) -> list[tuple[str, int]]:
    files = {".github/workflows/tidy.md": SOURCE, ".github/workflows/tidy.lock.yml": COMPILED % (head, variable)}
    found = link(gather(MemoryTree(files), Settings(root=Path(), now=NOW)).resources, "acme", now)
    return [(one.kind, len(getattr(one.facts, "steps", ()))) for one in found]


@pytest.mark.parametrize(
    ("head", "variable", "asleep"),
    [
        (HEAD, "GH_AW_STOP_TIME: 2026-03-27 06:30:08", True),
        ("#", "GH_AW_STOP_TIME: 2026-03-27 06:30:08", True),
        ("#", "NOTE: 'STOP_TIME=\"2025-09-05 17:04:49\"'", True),
        (HEAD, "GH_AW_STOP_TIME: 2026-12-27 06:30:08", False),
        (HEAD, "GH_AW_STOP_TIME: 2026-99-27 06:30:08", False),
        (HEAD, "GH_AW_STOP_TIME: soon", False),
        (HEAD, "OTHER: 2026-03-27 06:30:08", False),
    ],
)
def test_a_workflow_whose_time_is_over_runs_no_agent(head, variable, asleep):
    found = kinds(head, variable)
    assert found == [("workflow", 0)] if asleep else sorted(found) == [("agent", 0), ("agent", 0), ("workflow", 2)]


def test_without_a_clock_everything_runs():
    assert len(kinds(HEAD, "GH_AW_STOP_TIME: 2026-03-27 06:30:08", None)) == 3
