"""The workflows that only somebody's hand starts, that call themselves deprecated, or that no machine takes any more:
where a live one has the same to mend, the report leads there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.model.fact import known_records, value_of
from nhilint.model.vocabulary import Workflow
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nhilint.model.resource import Resource

_BY_HAND = frozenset({"workflow_dispatch"})
_SAYS_OLD = Deferred(r"(?<![a-z])(?:deprecated|obsolete|legacy)(?![a-z])")


def started_by_hand(resources: Iterable[Resource]) -> Mapping[str, int]:
    """The paths of those workflows, each with how far behind the live ones it comes; one without a machine is last."""
    read = ((one.at.path, one.facts) for one in resources if isinstance(one.facts, Workflow))
    return {path: rank for path, facts in read if (rank := _rank(facts, path))}


def _rank(workflow: Workflow, path: str) -> int:
    jobs = known_records(workflow.jobs)
    is_dead = bool(jobs) and all(value_of(job.withdrawn) is True for job in jobs)
    return 2 if is_dead else int(_is_behind(workflow, path))


def _is_behind(workflow: Workflow, path: str) -> bool:
    events = {value_of(trigger.event) for trigger in known_records(workflow.triggers)}
    named = f"{path} {value_of(workflow.name) or ''}".lower()
    return (bool(events) and events <= _BY_HAND) or _SAYS_OLD.search(named) is not None
