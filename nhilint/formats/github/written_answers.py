"""Outputs of jobs that outsiders write themselves: those of a step that runs the code they brought along.

A job that checks out a pull request and then asks a script of it whether to go on has asked the pull request's author.
What hangs on such an answer is open to whoever gets to the job that gives it. An output of a step before that code
runs is out of its reach and counts as any other.

Sources: those of `checkout`; https://docs.github.com/en/actions/how-tos/write-workflows/choose-what-workflows-do/pass-job-outputs,
named from a survey, the page not re-read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.github.actions import read_uses
from nhilint.formats.github.checkout import brings, brought_past, runs
from nhilint.formats.github.expression import embedded, parse
from nhilint.formats.github.untrusted import flows

if TYPE_CHECKING:
    from nhilint.formats.github.checkout import Brought
    from nhilint.formats.github.origins import Origins
    from nhilint.formats.node import Node


def written_by_outsiders(jobs: Node, events: frozenset[str], origins: Origins) -> frozenset[tuple[str, ...]]:
    """The routes (`needs`, job, `outputs`, name), in lower case. `events` are those that outsiders cause here."""
    found: set[tuple[str, ...]] = set()
    for name, job in jobs.entries():
        given = job["outputs"].entries() if events else ()
        steps = _steps_in_their_hands(job, name, events, origins) if given else frozenset()
        found.update(
            ("needs", name.lower(), "outputs", output.lower())
            for output, node in given
            if steps and _is_of(node.value, steps)
        )
    return frozenset(found)


def _steps_in_their_hands(job: Node, name: str, events: frozenset[str], origins: Origins) -> frozenset[str]:
    """The ids of the steps that run outsiders' code, or come after one that does."""
    scope = origins.of_job(name)
    folder = job["defaults"]["run"].value_under("working-directory")
    brought: Brought | None = None
    has_run = False
    ids: set[str] = set()
    for step in job["steps"].items():
        uses, own = step.value_under("uses"), step.value_under("id")
        reference = read_uses(uses) if isinstance(uses, str) else None
        if brought is not None and not has_run:
            has_run = runs(step, reference, brought, folder if isinstance(folder, str) else "")
        if has_run and isinstance(own, str):
            ids.add(own.lower())
        brought = brings(step, reference, events, scope) or brought_past(brought, step, reference)
    return frozenset(ids)


def _is_of(text: object, steps: frozenset[str]) -> bool:
    """Whether an output is made of what one of the steps has found."""
    terms = [parse(part.source) for part in embedded(text)] if isinstance(text, str) else []
    paths = [flow.context.path for term in terms if term is not None for flow in flows(term)]
    return any(path[:1] == ("steps",) and len(path) > 1 and path[1] in steps for path in paths)
