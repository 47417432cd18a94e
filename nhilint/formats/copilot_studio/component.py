"""A component of a Copilot Studio agent becomes tools: what it may call, look up or be woken by, and as whom.

A tool is a `TaskDialog` with an `action`. `connectionProperties.mode` says whose account it uses: `Maker` that of the
person who built the agent, `Invoker` that of whoever asks. `confirmation` has the agent ask before it runs; without it,
nobody is asked. With `triggerCondition: false` only a topic calls it. Connector calls inside of topics are read for
whose account they use; what they do is decided by the topic's author.
Sources, read 2026-11-22: the schema of the YAML in github.com/microsoft/skills-for-copilot-studio,
reference/bot.schema.yaml-authoring.json (TaskDialog, ConnectionProperties, GptCapabilities, KnowledgeSource,
ExternalTriggerDefinition), and learn.microsoft.com/microsoft-copilot-studio/configure-enduser-authentication.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.copilot_studio.abilities import abilities, knowledge
from nhilint.formats.copilot_studio.calls import action, calls_in_topic
from nhilint.formats.copilot_studio.settings import PRODUCT
from nhilint.formats.copilot_studio.triggers import external
from nhilint.formats.node import Node
from nhilint.formats.templates import braces
from nhilint.model.fact import Known
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Agent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.formats.format import Claim
    from nhilint.model.fact import Unknown
    from nhilint.model.vocabulary.agent import Trigger
    from nhilint.model.vocabulary.tool import Tool
    from nhilint.source.document import Document


_TOOLS = {"TaskDialog": action, "AdaptiveDialog": calls_in_topic}


def extract(document: Document, claim: Claim) -> Extraction:
    """The tools of a component, or the part of an agent that it is; another component is none."""
    root = Node.root(document, braces)
    kind = str(root["kind"].value)
    if kind in _TOOLS:
        return _tools(_TOOLS[kind](root), claim)
    if kind == "ExternalTriggerConfiguration":
        return _part(root, claim, triggers=external(root))
    inner = {"GptComponentMetadata": root, "AgentDialog": root["settings"]}.get(kind)
    if inner is not None:
        return _part(root, claim, tools=abilities(inner))
    if kind == "KnowledgeSourceConfiguration":
        return _part(root, claim, tools=knowledge(root["source"]))
    return Extraction(recognised=False)


def _tools(found: Iterable[Tool], claim: Claim) -> Extraction:
    named = ((tool, tool.name.value if isinstance(tool.name, Known) else "tool") for tool in found)
    return Extraction(tuple(Resource("tool", name, claim.format, tool) for tool, name in named))


def _part(
    root: Node, claim: Claim, tools: Iterable[Tool] = (), triggers: Iterable[Trigger | Unknown] = ()
) -> Extraction:
    """A part of an agent; only the one with its instructions is an agent of its own where there are no settings."""
    is_agent = root["kind"].value == "GptComponentMetadata"
    named = root["displayName"]
    name = str(named.value) if named.is_text else "agent"
    at = named.at if named.is_text else root["kind"].at
    agent = Agent(
        at=at,
        name=Known(name, at),
        product=Known(PRODUCT, at),
        kind=Known("service" if is_agent else "settings", at),
        tools=tuple(tools),
        triggers=tuple(triggers),
    )
    return Extraction((Resource("agent", name, claim.format, agent),))
