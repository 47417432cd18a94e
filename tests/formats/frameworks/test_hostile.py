"""Odd documents never raise: an odd value is an unknown fact, or left out, and large files end."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.frameworks import (
    adk,
    agentspec,
    autogen,
    cagent,
    crewai,
    dify,
    flowise,
    guardrails,
    langflow,
    langgraph,
    letta,
    microsoft,
    n8n,
    nemo,
)
from nhilint.formats.frameworks.claims import CLAIMS
from nhilint.link import link
from nhilint.source.document import Document, Syntax
from tests.odd_values import odd_values

MODULES = [
    *(
        adk,
        agentspec,
        autogen,
        cagent,
        crewai,
        dify,
        flowise,
        guardrails,
        langflow,
        langgraph,
        letta,
        microsoft,
        n8n,
        nemo,
    )
]
KEYS = [
    "agents", "tools", "role", "goal", "backstory", "name", "agent_class", "args", "instruction", "sub_agents", "config_path",
    "kind", "template", "model", "connection", "approvalMode", "provider", "component_type", "config", "participants",
    "code_executor", "handoffs", "server_params", "command", "toolsets", "type", "permissions", "allow", "deny", "handoffs",
    "agentspec_version", "$referenced_components", "client_transport", "relationships", "workers", "requires_confirmation",
    "graphs", "dependencies", "env", "auth", "workflow", "_type", "functions", "function_groups", "tool_names", "server",
    "general", "front_end", "host", "rails", "input", "flows", "models", "engine", "tool_ids", "id", "mcp_servers", "secrets",
    "app", "mode", "model_config", "agent_mode", "graph", "nodes", "data", "edges", "connections", "parameters", "main",
    "ai_tool", "node", "inputs", "category", "agentTools", "mcpServerConfig", "url", "headers", "credentials", "value",
]  # fmt: skip
WORDS = [
    "LlmAgent", "Agent", "agent", "McpToolset", "MCPToolBox", "Swarm", "Prompt", "hosted", "mcp", "shell", "*", "", "react_agent",
    "mcp_client", "app", "n8n-nodes-base.webhook", "@n8n/n8n-nodes-langchain.agent", "@n8n/n8n-nodes-langchain.mcpClientTool",
    "autogen_agentchat.agents.AssistantAgent", "{{ x }}", "=Env.X", "toolAgent", "Agents", "customMCP", "{}", "https://x/",
    "{{a.data.instance}}", "shell:cmd=rm *", "a2a", "0.0.0.0", "unsafe",
]  # fmt: skip
odd = odd_values(KEYS, WORDS)
WHOLE = {
    adk: {"agent_class": "LlmAgent", "name": "a"},
    agentspec: {"agentspec_version": "26", "component_type": "Agent"},
    autogen: {"provider": "autogen_ext.A", "component_type": "agent"},
    cagent: {"agents": {"root": {"model": "m", "toolsets": [{"type": "shell"}]}}},
    crewai: {"role": "r", "goal": "g", "backstory": "b"},
    dify: {"kind": "app", "app": {"mode": "agent-chat"}},
    flowise: {"nodes": [{"id": "a", "data": {"name": "seqAgent", "inputs": {}, "category": "x"}}], "edges": []},
    guardrails: {"rails": {"input": {}}},
    langflow: {
        "data": {"nodes": [{"id": "a", "data": {"type": "Agent", "node": {"template": {"tools": {}}}}}], "edges": []}
    },
    langgraph: {"graphs": {"a": "b"}, "dependencies": []},
    letta: {"agents": [{"name": "a"}], "tools": []},
    microsoft: {"kind": "Prompt", "model": "m"},
    n8n: {"nodes": [{"name": "A", "type": "@n8n/n8n-nodes-langchain.agent"}], "connections": {}},
    nemo: {"workflow": {"_type": "react_agent"}, "functions": {}},
}
"""For each reader the least that it takes for its own, so that odd values reach its depths."""


def read(module, value):
    document = Document("agents/a.json", Syntax.JSON, "", value)
    for resource in link(module.extract(document, CLAIMS[0]).resources):
        activate(resource.facts)


@given(odd)
@settings(max_examples=40, deadline=None)
@pytest.mark.parametrize("module", MODULES)
def test_any_value_is_read_or_left(module, value):
    read(module, value)


@given(st.dictionaries(st.sampled_from(KEYS), odd, max_size=8), odd)
@settings(max_examples=40, deadline=None)
@pytest.mark.parametrize("module", MODULES)
def test_odd_values_beside_a_shape_that_is_taken(module, more, deep):
    value = {**more, **WHOLE[module]}
    first = next(iter(WHOLE[module]))
    read(module, value)
    read(module, {**value, first: deep})


def grown(value, count):
    """The same shape with every list and mapping in it filled up."""
    if isinstance(value, list):
        return [grown(item, count) for item in value for _ in range(count)] or [{"type": "shell", "name": "x"}] * count
    if isinstance(value, dict):
        return {**{f"k{n}": {"role": "r", "goal": "g", "backstory": "b"} for n in range(count)}, **value}
    return value


@pytest.mark.parametrize("module", MODULES)
def test_large_files_end(module):
    read(module, {key: grown(value, 1_000) for key, value in WHOLE[module].items()})


@pytest.mark.parametrize("module", MODULES)
def test_deep_files_end(module):
    value = {"name": "x"}
    for _ in range(200):
        value = {"config": [value], "agents": value}
    read(module, {**value, **WHOLE[module]})


@given(odd, odd)
@settings(max_examples=60, deadline=None)
def test_any_front_matter_is_read_or_left(model, tools):
    claim = next(claim for claim in CLAIMS if claim.format == "prompty")
    for front in ({"model": model, "tools": tools}, model):
        document = Document("a.prompty", Syntax.MARKDOWN, "", {"frontmatter": front})
        for resource in link(microsoft.extract(document, claim).resources):
            activate(resource.facts)
