"""Finds where a script writes a text of others among the variables of its job: `curl … >> $GITHUB_ENV` and the like.

What is fetched at a branch or a newest release is worded anew at every run by whoever owns the address. A line of it
sets a variable of the steps to come, where it goes to the file as it is, or stands between delimiters that the script
has fixed: a line with the same word ends the text, and the next one says `BASH_ENV=…`. A delimiter that is made up at
every run, an encoding, a pipe that makes one line of it, or a commit in the address keep it a value.

Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands (environment variables,
multiline strings), read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.github.handed_on import lines_to_environment
from nhilint.model.fact import Known
from nhilint.model.vocabulary.workflow import FetchedVariables
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhilint.formats.github.job import JobFacts
    from nhilint.formats.node import Node

_ADDRESS = r"(?:curl|wget)\b[^\n|]{0,300}?(https?://[^\s\"'|;)<>]{1,400})"
_FETCHED = Deferred(rf"^[ \t]{{0,80}}(?:export[ \t]+|local[ \t]+)?([A-Za-z_]\w{{0,80}})=[\"']?\$\([ \t]*{_ADDRESS}")
_AT_ONCE = Deferred(rf"^[ \t]{{0,80}}{_ADDRESS}")
_WHOLE = Deferred(
    r"^[ \t]{0,80}(?:echo|printf)[ \t]+(?:-e[ \t]+|[\"']%s(?:\\n)?[\"'][ \t]+)?"
    r"[\"']?\$\{?(\w{1,80})\}?[\"']?[ \t]{0,9}(?=>>|\s*$)"
)
"""A line that says nothing but what a variable holds."""
_WRITES = Deferred(r"\s*(?:echo|printf|curl|wget)\b")
_ONE_LINE = Deferred(
    r"\bjq\b[^\n|]{0,80}\.(?:tag_name|name|version|sha|id)\b(?![^\n|]{0,200}\.body\b)|\bbase64\b"
    r"|\b(?:head|tail)[ \t]+-(?:n[ \t]?)?1\b|\bgrep\b|\btr\b"
)
_FIXED = Deferred(r"(?<![0-9a-f])[0-9a-f]{40}(?![0-9a-f])|\$|//(?:localhost|127\.0\.0\.1)\b")
"""Addresses that stay, that are put together when the script runs, or that are nobody else's."""
_MOST_LINES = 500
_LONGEST = 2_000


def fetched_variables(jobs: Sequence[JobFacts]) -> tuple[FetchedVariables, ...]:
    """The first such text of every step."""
    return tuple(one for job in jobs for one in _in_job(job))


def _in_job(job: JobFacts) -> Iterator[FetchedVariables]:
    for step in job.node["steps"].items():
        script = step.value_under("run") if step.is_mapping else None
        if isinstance(script, str) and "GITHUB_ENV" in script and "http" in script:
            found = next(_in_script(script), None)
            if found is not None:
                yield _record(job, step["run"], *found)


def _in_script(script: str) -> Iterator[tuple[str, int, int]]:
    """The address, and where the line that writes the text starts and ends."""
    texts: dict[str, str] = {}
    for line in script.splitlines()[:_MOST_LINES]:
        match = _FETCHED.search(line[:_LONGEST])
        if match is not None and _FIXED.search(match[2]) is None and _ONE_LINE.search(line[:_LONGEST]) is None:
            texts[match[1]] = match[2]
    for start, line in lines_to_environment(script, _WRITES):
        at_once, whole = _AT_ONCE.search(line[:_LONGEST]), _WHOLE.search(line[:_LONGEST])
        address = at_once[1] if at_once is not None else texts.get(whole[1], "") if whole is not None else ""
        if address and _FIXED.search(address) is None:
            yield address, start, start + len(line.rstrip("\n"))


def _record(job: JobFacts, script: Node, address: str, start: int, end: int) -> FetchedVariables:
    at = script.at.within_text(start, end)
    return FetchedVariables(
        at=at,
        address=Known(address, at),
        own=Known(value=False, at=at),
        job=Known(job.name, job.node.at),
        rights=job.rights.level,
        held=job.rights.held,
    )
