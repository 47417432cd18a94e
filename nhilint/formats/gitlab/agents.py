"""A job whose script runs an agent's command line becomes an agent, with what its job holds and who starts it.

GitLab has no action that asks who started a run. Text by strangers comes in through a trigger that a service calls with
what was written (the integrations of the vendors name it AI_FLOW_INPUT), or is fetched by the agent itself.
Sources, read 2026-11-22: https://code.claude.com/docs/en/gitlab-ci-cd and those of
`nhilint.formats.github.agent_commands`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.formats.github.agent_commands import gated_run, runs_in, width
from nhilint.formats.gitlab.starting import open_to, sources_of
from nhilint.model.fact import Known
from nhilint.model.vocabulary.agent import Agent
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.formats.github.agent_step import AgentStep
    from nhilint.formats.gitlab.holding import Holdings
    from nhilint.formats.gitlab.jobs import Job
    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.agent import Trigger

_PASTED = Deferred(r"\$\{?((?:AI_FLOW_(?:INPUT|CONTEXT)|TRIGGER_PAYLOAD)\b)")
_FETCHED = Deferred(r"\bglab\s{1,4}(?:issue|mr)\s{1,4}(?:view|list|note|diff)\b|\bmcp__gitlab\b", flags=re.IGNORECASE)


def agent_of_job(job: Job, holdings: Holdings, triggers: tuple[Trigger, ...]) -> Agent | None:
    """The agent that a job runs; the widest of several. None when it runs none."""
    found: list[tuple[AgentStep, Node]] = []
    for node in job.lines():
        found += [(gated_run(run, node.at), node) for run in runs_in(node.value)]
    if not found:
        return None
    step, node = min(found, key=lambda one: width(one[0]))
    sources = sources_of(job)
    events = {source for source, _ in sources}
    texts = _untrusted(job)
    return Agent(
        at=node.at,
        name=Known(job.name, job.node.at),
        product=Known(step.product, node.at),
        kind=Known("ci_step", node.at),
        level=Known("project", node.at),
        autonomy=step.autonomy,
        initiation=Known("autonomous", node.at),
        acts_as=Known("own_identity", node.at),
        triggers=tuple(t for t in triggers if not events or (isinstance(t.event, Known) and t.event.value in events)),
        untrusted_input=Known(tuple(word for word, _ in texts), texts[0][1].at if texts else node.at),
        tools_exposed=step.tools_exposed,
        permissions=step.permissions,
        sandbox=step.sandbox,
        credentials=(*holdings.model_keys, *holdings.credentials),
        max_turns=step.max_turns,
        id_token=Known(job["id_tokens"].is_mapping, node.at),
        open_to=open_to(sources, job.node),
        checks_actor=step.checks_actor,
        command_reach=step.command_reach,
        rights=holdings.level,
        held=holdings.held,
        job=Known(job.name, job.node.at),
    )


def _untrusted(job: Job) -> list[tuple[str, Node]]:
    """Sources of text by strangers, in words, each once."""
    found: dict[str, Node] = {}
    for node in job.lines():
        pasted, fetched = _PASTED.search(node.value), _FETCHED.search(node.value)
        if pasted is not None:
            found.setdefault(f"what a trigger hands on ({pasted[1]})", node)
        if fetched is not None:
            found.setdefault(f"issues and merge requests that it reads ({' '.join(fetched[0].split())})", node)
    return list(found.items())
