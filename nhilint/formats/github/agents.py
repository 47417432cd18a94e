"""Which steps run an AI agent, and which reader knows the product. Readers are imported when a step needs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.model.fact import Known
from nhilint.model.resource import Resource
from nhilint.model.vocabulary.tool import Tool

if TYPE_CHECKING:
    from nhilint.formats.github.agent_step import AgentStep
    from nhilint.formats.github.trail import StepFacts

_OWNERS = frozenset(
    {
        *("anthropics", "openai", "google-github-actions", "google-gemini", "qwenlm"),
        *("sst", "anomalyco", "actions", "docker"),
    }
)
_COPIED = frozenset({"claude-code-action", "claude-code-base-action"})
"""Actions that others publish under their own account as they are, or nearly so: a copy is taken for the original."""
OF_GEMINI = {
    "google-github-actions/run-gemini-cli": "gemini-cli",
    "google-gemini/gemini-cli-action": "gemini-cli",
    "qwenlm/qwen-code-action": "qwen-code",
}
"""The actions that `agent_gemini` reads, with their product. They stand here because every step with an action of these
owners is compared with them, and most run no agent."""
_NAMES = (
    "claude", "codex", "gemini", "qwen", "copilot", "opencode", "cursor-agent", "aider", "goose", "amp", "droid",
    "crush", "cn ", "auggie", "kiro-cli", "docker/cagent-action", "docker/docker-agent-action",
)  # fmt: skip


def may_run_agent(text: str) -> bool:
    """Whether a file names a product at all: reading its steps as those of a job is worth it then."""
    return _names_product(text) or "actions/ai-inference" in text


def _names_product(text: str) -> bool:
    return any(map(text.__contains__, _NAMES))  # asked of every script: a generator takes three times as long


def agents_in(step: StepFacts, form: str) -> tuple[Resource, ...]:
    """The agent resource of a step that runs one; empty for every other step."""
    found = _read(step)
    if found is None:
        return ()
    from nhilint.formats.github.agent_step import agent_of

    agent = agent_of(found, step)
    name = f"{step.job.name} / {step.name}"
    servers = _servers(step, found.product, name, form)
    tools = tuple(server.facts for server in servers if isinstance(server.facts, Tool))
    return (Resource("agent", name, form, replace(agent, tools=tools) if tools else agent), *servers)


def _servers(step: StepFacts, product: str, agent: str, form: str) -> tuple[Resource, ...]:
    if not step.job.names_servers:
        return ()
    from nhilint.formats.github.agent_servers import servers_of

    return servers_of(step, product, agent, form)


def product_of(resources: tuple[Resource, ...]) -> Known[str] | None:
    """The product of the agent that was found, as a fact of its step."""
    product = getattr(resources[0].facts, "product", None) if resources else None
    return product if isinstance(product, Known) else None


def _read(step: StepFacts) -> AgentStep | None:
    reference = step.reference
    if reference is None:
        text = step.node.value_under("run")
        if not isinstance(text, str) or not _names_product(text):
            return None
        from nhilint.formats.github import agent_commands

        return agent_commands.read(step)
    is_copy = reference.repository.partition("/")[2] in _COPIED
    return _read_action(step) if reference.owner in _OWNERS or is_copy else None


def _read_action(step: StepFacts) -> AgentStep | None:
    assert step.reference is not None
    name = step.reference.name
    if name.partition("/")[2].partition("/")[0] in ("claude-code-action", "claude-code-base-action"):
        from nhilint.formats.github import agent_claude

        return agent_claude.read(step)
    if name == "openai/codex-action":
        from nhilint.formats.github import agent_codex

        return agent_codex.read(step)
    if name in ("actions/ai-inference", "sst/opencode/github", "anomalyco/opencode/github"):
        from nhilint.formats.github import agent_other

        return agent_other.read(step)
    if step.reference.owner == "docker":
        from nhilint.formats.github import agent_docker

        return agent_docker.read(step) if name in agent_docker.ACTIONS else None
    if name not in OF_GEMINI:
        return None
    from nhilint.formats.github import agent_gemini

    return agent_gemini.read(step)
