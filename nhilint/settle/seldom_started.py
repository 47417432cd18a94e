"""The workflows that only somebody's hand starts, or that call themselves deprecated: live ones are told first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.model.fact import known_records, value_of
from nhilint.model.vocabulary import Workflow
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.model.resource import Resource

_BY_HAND = frozenset({"workflow_dispatch"})
_SAYS_OLD = Deferred(r"(?<![a-z])(?:deprecated|obsolete|legacy)(?![a-z])")


def seldom_started(resources: Iterable[Resource]) -> frozenset[str]:
    """The paths of those workflows."""
    read = ((one.at.path, one.facts) for one in resources if isinstance(one.facts, Workflow))
    return frozenset(path for path, facts in read if _is_seldom_started(facts, path))


def _is_seldom_started(workflow: Workflow, path: str) -> bool:
    events = {value_of(trigger.event) for trigger in known_records(workflow.triggers)}
    named = f"{path} {value_of(workflow.name) or ''}".lower()
    return (bool(events) and events <= _BY_HAND) or _SAYS_OLD.search(named) is not None
