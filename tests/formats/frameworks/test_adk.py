"""ADK configurations: tools, MCP toolsets, sub-agents in files of their own; other YAML with names is left."""

from __future__ import annotations

import pytest

from nhilint.model.fact import known_records, value_of
from nhilint.model.vocabulary.tool import Tool
from tests.formats.frameworks.reading import agents, can, extract, tools_of

ROOT = """
agent_class: LlmAgent
name: root
model: gemini-2.5-flash
instruction: Help.
tools:
  - name: google_search
  - name: AgentTool
    args: {agent: {config_path: ./clerk.yaml}}
  - name: McpToolset
    args:
      stdio_connection_params:
        server_params: {command: npx, args: ["-y", "@example/notes-mcp"]}
      tool_filter: [read_note]
sub_agents:
  - config_path: team/writer.yaml
"""


def test_tools_and_delegates_of_a_root_agent():
    (agent, server) = extract("app/root_agent.yaml", ROOT).resources
    assert can(tools_of(agent.facts)["google_search"]) == {"web:read"}
    assert [value_of(d.target) for d in known_records(agent.facts.delegations)] == ["team/writer.yaml", "./clerk.yaml"]
    assert isinstance(server.facts, Tool)
    assert value_of(server.facts.package.name) == "@example/notes-mcp"
    assert value_of(server.facts.exposed_tools) == ("read_note",)


def test_a_delegate_is_found_in_the_file_that_is_named():
    writer = "agent_class: LlmAgent\nname: writer\ninstruction: Write.\ntools:\n  - name: code_execution\n"
    found = agents(("app/root_agent.yaml", ROOT), ("app/team/writer.yaml", writer))
    resolved = [value_of(d.resolved) for d in known_records(found["root"].delegations)]
    assert resolved == [True, False]


@pytest.mark.parametrize(
    "text",
    [
        "agent_class: Datadog\nname: x\n",
        "name: x\nconfig_path: /etc/app\n",
        "name: app\nsub_agents: [a, b]\n",
        "- agent_class: LlmAgent\n",
        "agent_class: LlmAgent\n",
    ],
)
def test_other_files_are_left(text):
    assert extract("agent.yaml", text) is None


def test_without_a_class_the_shape_tells():
    text = "name: a\ninstruction: Help.\nmodel: gemini\nsub_agents:\n  - config_path: b.yaml\n"
    assert set(agents(("a.yaml", text))) == {"a"}


def test_traffic_of_the_model_to_another_address_is_an_endpoint():
    text = ROOT + "generate_content_config:\n  http_options:\n    base_url: http://relay.acme.example\n"
    (endpoint,) = known_records(agents(("root_agent.yaml", text))["root"].endpoints)
    assert (value_of(endpoint.host), value_of(endpoint.carries)) == ("relay.acme.example", "model_traffic")
