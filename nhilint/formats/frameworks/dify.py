"""An app exported by Dify (DSL, YAML) becomes agents: an app in agent mode, and each agent node of a workflow.

Tools run unasked. Other nodes are steps that the author fixed: they are read for credentials alone, which the export
keeps when its author ticked the box for secrets. Who may open a published app is no part of the export.
Source: exports in https://github.com/svcvit/Awesome-Dify-Workflow (DSL 0.1.x), read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.frameworks.framework import Framework, asked, plain, tool_by_name
from nhilint.formats.frameworks.secrets import field, literals_below
from nhilint.formats.node import Node
from nhilint.formats.templates import braces
from nhilint.model.fact import Known, value_of
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Agent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.vocabulary.credential import Credential
    from nhilint.model.vocabulary.tool import Tool
    from nhilint.source.document import Document

DIFY = Framework(
    product="dify", title="Dify", known_as="dify", docs="https://docs.dify.ai/en/guides/management/app-management"
)
_MOST = 1_000


def extract(document: Document, claim: Claim) -> Extraction:
    """The agents of an app; its credentials by themselves."""
    root = Node.root(document, braces)
    if root["kind"].value != "app" or not root["app"]["mode"].is_text:
        return Extraction(recognised=False)
    agents = tuple(_agents(root, claim.format))
    lone = [Resource("credential", value_of(c.name) or "credential", claim.format, c) for c in _credentials(root)]
    return Extraction((*agents, *lone))


def _agents(root: Node, format_id: str) -> Iterator[Resource]:
    mode = root["model_config"]["agent_mode"]
    if mode["enabled"].value is True or root["app"]["mode"].value == "agent-chat":
        tools = mode["tools"]
        limit = mode["max_iteration"].value
        yield _agent(
            plain(root["app"]["name"], "app"), root["app"]["name"], tools, limit, format_id, root["app"]["description"]
        )
    for item in list(root["workflow"]["graph"]["nodes"].items())[:_MOST]:
        data = item["data"]
        if data["type"].value == "agent":
            parameters = data["agent_parameters"]
            limit = parameters["maximum_iterations"]["value"].value
            yield _agent(
                plain(data["title"], "agent"),
                data["title"],
                parameters["tools"]["value"],
                limit,
                format_id,
                data["desc"],
            )


def _agent(name: str, label: Node, tools: Node, limit: object, format_id: str, purpose: Node) -> Resource:
    agent = Agent(
        at=label.at,
        name=Known(name, label.at),
        product=Known(DIFY.product, label.at),
        kind=Known("service", label.at),
        purpose=purpose.text(),
        tools_exposed=Known("list", tools.at),
        max_turns=Known(limit, label.at) if type(limit) is int else None,
        tools=tuple(_tools(tools)),
    )
    return Resource("agent", name, format_id, agent)


def _tools(tools: Node) -> Iterator[Tool]:
    for item in list(tools.items())[:_MOST]:
        if item.is_mapping and item["tool_name"].is_text and item["enabled"].value is not False:
            provider = plain(item["provider_name"], plain(item["provider_id"])).rsplit("/", 1)[-1]
            at = item["tool_name"].at
            yield tool_by_name(
                DIFY, plain(item["tool_name"]), at, asked(at, first=False), kind_of_tool=provider or None
            )


def _credentials(root: Node) -> Iterator[Credential]:
    for item in list(root["workflow"]["environment_variables"].items())[:_MOST]:
        if item.is_mapping and item["value_type"].value == "secret" and plain(item["value"]):
            yield from field(item["value"], name=plain(item["name"], "secret"))
    for item in list(root["workflow"]["graph"]["nodes"].items())[:_MOST]:
        key = item["data"]["authorization"]["config"]["api_key"]
        if key.is_text:
            yield from field(key)
        yield from literals_below(item["data"], {"api_key"})
    yield from literals_below(root["model_config"])
