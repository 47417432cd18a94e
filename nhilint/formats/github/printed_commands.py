"""Finds where a workflow takes commands from what its steps print: `::set-env` and `::add-path` on the output.

Whatever a step writes to its log then counts, a commit's message or a file's content too, and sets a variable or the
PATH of the steps after it. GitHub switched these two off in 2020, and its runner still takes them where the variable
says `true` at a job, a workflow or the step that prints; any other word than that leaves them off.

Sources, read 2026-11-22: https://github.com/actions/runner/pull/779, the runner's ActionCommandManager and
https://github.blog/changelog/2020-10-01-github-actions-deprecating-set-env-and-add-path-commands/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.model.fact import Known
from nhilint.model.vocabulary.workflow import PrintedCommands

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhilint.formats.github.job import JobFacts
    from nhilint.formats.github.rights import Level, Rights
    from nhilint.formats.node import Node

_SWITCH = "ACTIONS_ALLOW_UNSECURE_COMMANDS"
_ORDER: tuple[Level, ...] = ("strong", "default", "weak", "none")


def printed_commands(root: Node, jobs: Sequence[JobFacts]) -> tuple[PrintedCommands, ...]:
    """Every place that lets printed commands through, with what the jobs concerned hold."""
    return tuple(_found(root, jobs))


def _found(root: Node, jobs: Sequence[JobFacts]) -> Iterator[PrintedCommands]:
    everywhere = _switch(root)
    if everywhere is not None and jobs:
        yield _record(everywhere, "every job", max((job.rights for job in jobs), key=_weight))
    for job in jobs:
        switch = _switch(job.node)
        if switch is not None:
            yield _record(switch, job.name, job.rights)
        for step in job.node["steps"].items():
            switch = _switch(step) if step.is_mapping else None
            if switch is not None:
                yield _record(switch, f"a step of {job.name}", job.rights)


def _switch(owner: Node) -> Node | None:
    """The variable where it is on. An expression may be anything and is left alone."""
    node = owner["env"][_SWITCH] if owner["env"].is_mapping else None
    return node if node is not None and node.exists and str(node.value).strip().lower() == "true" else None


def _weight(rights: Rights) -> int:
    level = rights.level
    return -_ORDER.index(level.value) if isinstance(level, Known) else -len(_ORDER)


def _record(switch: Node, where: str, rights: Rights) -> PrintedCommands:
    at = switch.at
    return PrintedCommands(at=at, where=Known(where, at), rights=rights.level, held=rights.held)
