"""The comment that stands on a pull request: the Markdown report, short enough, known again by its first line.

GitHub refuses a body of more than 65,536 characters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.model.finding import Disposition
from nhilint.report.markdown import page

if TYPE_CHECKING:
    from nhilint.model.run import Run
    from nhilint.report import Context

MARK = "<!-- nhilint -->"
QUIET_MARK = "<!-- nhilint: nothing to say -->"
MOST_BYTES = 60_000


def render(run: Run, context: Context) -> str:
    """The comment. The first line says when there is nothing in it that anybody has to read."""
    telling = (
        any(finding.disposition is Disposition.ACTIVE for finding in run.findings)
        or any(problem.incomplete for problem in run.problems)
        or any(delta.shifts for delta in run.delta)
    )
    return f"{MARK if telling else QUIET_MARK}\n{page(run, context, MOST_BYTES)}"
