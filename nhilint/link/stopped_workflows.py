"""An agentic workflow whose time is over starts no agent any more: only the credentials written into it count.

`stop-after` becomes a moment in the compiled workflow, which stays the same until somebody asks for a new one. What the
first job of it refuses from then on is the agent; the source beside it describes one that does not run.
Source: https://github.github.com/gh-aw/reference/triggers/ (stop-after), read 2026-11-22.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.model.fact import value_of
from nhilint.model.vocabulary import Workflow

if TYPE_CHECKING:
    from nhilint.model.resource import Resource

_COMPILED = ".lock.yml"


def without_stopped(resources: tuple[Resource, ...], now: datetime) -> tuple[Resource, ...]:
    """The resources without the agents and servers of workflows whose time is over by `now`; those start nothing."""
    over = {resource.at.path for resource in resources if _is_over(resource, now)}
    if not over:
        return resources
    asleep = over | {f"{path.removesuffix(_COMPILED)}.md" for path in over}
    left = (one for one in resources if one.at.path not in asleep or one.kind not in ("agent", "tool"))
    return tuple(_at_rest(resource) if resource.at.path in over else resource for resource in left)


def _is_over(resource: Resource, now: datetime) -> bool:
    stops = value_of(resource.facts.stops) if isinstance(resource.facts, Workflow) else None
    try:
        return stops is not None and datetime.fromisoformat(stops).replace(tzinfo=UTC) <= now
    except ValueError:
        return False


def _at_rest(resource: Resource) -> Resource:
    facts = resource.facts
    if not isinstance(facts, Workflow):
        return resource
    rest = Workflow(at=facts.at, name=facts.name, platform=facts.platform, credentials=facts.credentials)
    kept = replace(rest, made_from=facts.made_from, compares_source=facts.compares_source, stops=facts.stops)
    return replace(resource, facts=kept)
