"""An agentic workflow meets the compiled workflow beside it, and those that it may start.

`NAME.md` is compiled to `NAME.lock.yml` in the same folder. Only digests that both sides have are compared. Where the
compiled workflow compares them too, other work than the source says is not done: none is. Who may start workflows that
only comment and label holds no more than they do; what is not found in the repository may do anything.
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
_LITTLE = frozenset({"weak", "none"})


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The resources, agentic workflows knowing the state of their compiled twins."""
    twins = {r.at.path: r.facts for r in resources if isinstance(r.facts, Workflow) and r.at.path.endswith(".lock.yml")}
    rights = _rights(resources)
    return tuple(_as_strong_as_started(_compared(resource, twins), rights) for resource in resources)


def _rights(resources: tuple[Resource, ...]) -> dict[str, tuple[str | None, ...]]:
    """What each workflow holds in its jobs, by its path; the source of an agentic one is what it compiles to."""
    found: dict[str, tuple[str | None, ...]] = {}
    for resource in resources:
        facts = resource.facts
        if isinstance(facts, Agent) and resource.format == _FORMAT:
            found[resource.at.path] = (value_of(facts.rights),)
        elif isinstance(facts, Workflow) and isinstance(facts.jobs, tuple):
            jobs = facts.jobs
            found[resource.at.path] = tuple(None if isinstance(job, Unknown) else value_of(job.rights) for job in jobs)
    return found


def _as_strong_as_started(resource: Resource, rights: dict[str, tuple[str | None, ...]]) -> Resource:
    facts = resource.facts
    started = value_of(facts.starts_with_their_rights) if isinstance(facts, Agent) else None
    if not started or not isinstance(facts, Agent) or facts.rights is None:
        return resource
    folder = resource.at.path.rpartition("/")[0]
    for name in started:
        stem = name.rpartition("/")[2].removesuffix(".yml").removesuffix(".lock")
        paths = (f"{folder}/{stem}{end}" for end in (".md", ".yml", ".yaml"))
        held = next((rights[path] for path in paths if path in rights), (None,))
        if not _LITTLE.issuperset(held):
            return resource
    return replace(resource, facts=replace(facts, rights=Known("weak", facts.rights.at)))


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
