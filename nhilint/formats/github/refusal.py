"""Whether GitHub refuses a workflow or action as a whole, so that nothing in it runs.

* A key given twice, at any depth: its parser says that the key "is already defined", where others take the last one.
* A context that it does not have where a job's `if` is decided, before there is a matrix, a machine or a step: it says
  "Unrecognized named-value". A step's `if` may use them all.

Sources, read 2026-11-22: https://github.com/radius-project/radius/pull/11744 (keys at the top of a workflow),
https://github.com/MDA2AV/HttpArena/pull/1036 (in a step), https://github.com/hahwul/deadfinder/issues/28 (an action);
https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#context-availability (`jobs.<job_id>.if`),
https://github.com/actions/runner/issues/1985 and https://github.com/paradedb/paradedb/pull/5408 (`matrix` there).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.github.condition import always_holds, bare
from nhilint.formats.github.expression import contexts, embedded, parse
from nhilint.model.finding import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.source.document import Document


_MESSAGE = "the key is given twice in one mapping: GitHub refuses the whole file, and nothing in it runs"
_KIND = "duplicate-key"
_NO_SUCH_CONTEXT = "unknown-context"
_NOT_YET = frozenset({"matrix", "strategy", "env", "secrets", "steps", "job", "runner"})
"""Contexts that a job's `if` does not have; it has github, needs, vars and inputs."""


def refusals(document: Document) -> tuple[Problem, ...]:
    """What to tell of a file that GitHub refuses, at each key that stands there for the second time."""
    return tuple(
        Problem(document.path, _KIND, _MESSAGE, remark.line, remark.column, incomplete=False)
        for remark in document.warnings
        if remark.kind == _KIND
    )


def refused_conditions(document: Document, jobs: Node) -> tuple[Problem, ...]:
    """What to tell of a workflow that GitHub refuses for the condition of a job, at each such condition."""
    return tuple(_unknown_contexts(document, jobs))


def _unknown_contexts(document: Document, jobs: Node) -> Iterator[Problem]:
    for _, job in jobs.entries():
        condition = job.value_under("if") if job.is_mapping else None
        name = _not_yet(condition) if isinstance(condition, str) else None
        if name is not None:
            said = f"a job's condition has no context {name}: GitHub refuses the whole file, and nothing in it runs"
            start = document.span(job["if"].pointer).start
            yield Problem(document.path, _NO_SUCH_CONTEXT, said, start.line, start.column, incomplete=False)


def _not_yet(condition: str) -> str | None:
    """The first context in a job's condition that is not there yet."""
    if not any(name in condition for name in _NOT_YET):
        return None
    sources = [part.source for part in embedded(condition)] if always_holds(condition) else [bare(condition)]
    for source in sources:
        term = parse(source)
        for context in contexts(term) if term is not None else ():
            if context.path[0] in _NOT_YET:
                return context.path[0]
    return None
