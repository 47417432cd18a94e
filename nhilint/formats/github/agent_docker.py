"""Reads steps that run a team of Docker's agent runner through its action, under its old name or the new one.

The action approves every call of a tool by itself unless `yolo` says no, and gives the team the token it is handed, or
the job's own. It turns commenters away who are not of the organisation, and looks at nobody whom another event brings.
Which tools the team has stands in the file that `agent` names (`link.docker_agents_in_pipelines`), or in an image.

Source: https://github.com/docker/cagent-action, action.yml at 017a0a9c (its steps), and
https://github.com/docker/docker-agent-action, action.yml at 47e307cd (the same inputs), read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.github.agent_inputs import key_of
from nhilint.formats.github.agent_step import AgentStep
from nhilint.model.fact import Fact, Known, Unknown, value_of
from nhilint.model.vocabulary.agent import Autonomy, Delegation

if TYPE_CHECKING:
    from nhilint.formats.github.trail import StepFacts
    from nhilint.formats.node import Node

ACTIONS = frozenset({"docker/cagent-action", "docker/docker-agent-action"})
PRODUCT = "docker-agent"
_KEYS = {"anthropic-api-key": "anthropic-api-key", "openai-api-key": "openai-project-key"}
_OF_COMMENTS = frozenset({"issue_comment", "pull_request_review_comment", "discussion_comment"})
_WORKSPACE = "github.workspace"


def read(step: StepFacts) -> AgentStep:
    """The agent of a step that uses the action."""
    inputs, at = step.node["with"], step.node["uses"].at
    return AgentStep(
        product=PRODUCT,
        autonomy=_autonomy(inputs["yolo"], step),
        command_reach=Unknown("a matter of the team that it runs", at),
        tools_exposed=Known("list", at),
        checks_actor=Known(value=_starts_by_comments_alone(step), at=at),
        credentials=tuple(one for name, shape in _KEYS.items() for one in key_of(inputs[name], shape, "workload")),
        prompts=(inputs["prompt"],) if inputs["prompt"].is_text else (),
        token=inputs["github-token"],
        delegations=tuple(_team(inputs["agent"])),
    )


def _autonomy(stated: Node, step: StepFacts) -> Fact[Autonomy]:
    if not stated.exists:
        return Known("ungated", step.node["uses"].at)
    text = str(stated.value).lower()
    if "${{" in text:
        return stated.unknown("an expression")
    return Known("ungated" if text == "true" else "asks", stated.at)


def _starts_by_comments_alone(step: StepFacts) -> bool:
    """Whether every event by which outsiders start the step is a comment, whose author the action looks at."""
    open_to_all = [value_of(one.event) for one in step.admits if value_of(one.open_to) == "anyone"]
    return bool(open_to_all) and _OF_COMMENTS.issuperset(open_to_all)


def _team(agent: Node) -> list[Delegation]:
    """The file of the repository that states the team, relative to its top; nothing for an image."""
    if not agent.is_text or not agent.value.endswith((".yaml", ".yml")):
        return []
    opening, _, rest = agent.value.rpartition("}}")
    if opening and opening.replace(" ", "") != "${{" + _WORKSPACE:
        return []
    path = rest.lstrip("/").removeprefix("./")
    return [Delegation(at=agent.at, target=Known(path, agent.at), gate=Known("none", agent.at))]
