"""An agentic workflow meets the compiled workflow beside it: whether what runs was made from what is read.

`NAME.md` is compiled to `NAME.lock.yml` in the same folder. Only digests that both sides have are compared. Where the
compiled workflow compares them too, other work than the source says is not done: none is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from nhilint.model.fact import Fact, Known, Unknown, value_of
from nhilint.model.vocabulary import Agent, Workflow

if TYPE_CHECKING:
    from nhilint.model.resource import Resource

_FORMAT = "gh-aw-workflow"
_FOLDER = ".github/workflows/"


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The resources, agentic workflows knowing the state of their compiled twins."""
    twins = {r.at.path: r.facts for r in resources if isinstance(r.facts, Workflow) and r.at.path.endswith(".lock.yml")}
    return tuple(_compared(resource, twins) for resource in resources)


def _compared(resource: Resource, twins: dict[str, Workflow]) -> Resource:
    facts, path = resource.facts, resource.at.path
    folder = path.rpartition("/")[0] + "/"
    if not isinstance(facts, Agent) or resource.format != _FORMAT or not f"/{folder}".endswith(f"/{_FOLDER}"):
        return resource
    return replace(
        resource, facts=replace(facts, compiled=_state(facts, twins.get(f"{path.removesuffix('.md')}.lock.yml")))
    )


def _state(agent: Agent, twin: Workflow | None) -> Fact[Literal["fresh", "stale", "refused", "missing"]]:
    if twin is None:
        return Known("missing", agent.at)
    made_from, source = value_of(twin.made_from), value_of(agent.source_digest)
    if made_from is None or source is None:
        return Unknown("not comparable with the compiled workflow", agent.at)
    if made_from == source:
        return Known("fresh", agent.at)
    return Known("refused" if value_of(twin.compares_source) else "stale", agent.at)
