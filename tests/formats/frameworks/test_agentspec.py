"""Agent Spec documents: components nested or referenced, confirmation of tools, teams."""

from __future__ import annotations

import json

import pytest

from nhilint.knowledge.credentials.sample import sample
from nhilint.model.fact import known_records, value_of
from tests.formats.frameworks.reading import agents, can, extract, gates, tools_of


def agent(name, **more):
    return {"component_type": "Agent", "id": name, "name": name, "llm_config": {"component_type": "VllmConfig"}, **more}


def document(root, **referenced):
    return {**root, "agentspec_version": "26.2.0", "$referenced_components": referenced}


@pytest.mark.parametrize(("confirms", "gate"), [(True, "prompt"), (False, "none"), (None, "none")])
def test_confirmation_is_the_gate_of_a_tool(confirms, gate):
    tool = {"component_type": "RemoteTool", "name": "order", "url": "https://x.acme.example", "http_method": "POST"}
    if confirms is not None:
        tool["requires_confirmation"] = confirms
    found = tools_of(agents(("a.json", document(agent("a", tools=[tool]))))["a"])["order"]
    assert (can(found), gates(found)) == ({"other:write"}, {gate})


def test_a_toolbox_is_a_server_behind_a_reference():
    transport = {
        "component_type": "StdioTransport",
        "id": "t",
        "name": "t",
        "command": "npx",
        "args": ["-y", "@example/x-mcp"],
    }
    box = {
        "component_type": "MCPToolBox",
        "name": "box",
        "client_transport": {"$component_ref": "t"},
        "tool_filter": ["read"],
    }
    found = extract("a.json", document(agent("a", toolboxes=[box]), t=transport)).resources
    assert [r.kind for r in found] == ["agent", "tool"]
    assert value_of(found[1].facts.package.name) == "@example/x-mcp"
    assert value_of(found[1].facts.exposed) == "list"


def test_a_manager_hands_work_to_its_workers():
    team = {
        "component_type": "ManagerWorkers",
        "name": "team",
        "group_manager": agent("boss"),
        "workers": [agent("clerk")],
    }
    found = agents(("a.json", document(team)))
    assert [value_of(d.target) for d in known_records(found["boss"].delegations)] == ["clerk"]
    assert not found["clerk"].delegations


def test_members_of_a_swarm_reach_whom_they_are_paired_with():
    swarm = {
        "component_type": "Swarm",
        "name": "s",
        "first_agent": {"$component_ref": "a"},
        "relationships": [[{"$component_ref": "a"}, {"$component_ref": "b"}]],
    }
    found = agents(("a.json", document(swarm, a=agent("a"), b=agent("b"))))
    assert [value_of(d.target) for d in known_records(found["a"].delegations)] == ["b"]


def test_headers_and_keys_are_credentials():
    headers = {"Authorization": f"Bearer {sample('github-pat-classic')}"}
    tool = {
        "component_type": "RemoteTool",
        "name": "t",
        "url": "https://x.acme.example",
        "http_method": "GET",
        "headers": headers,
    }
    found = agents(("a.json", document(agent("a", tools=[tool]))))["a"]
    assert [value_of(c.source) for c in known_records(found.credentials)] == ["literal"]


def test_yaml_reads_like_json():
    text = json.dumps(document(agent("a"))).replace('"agentspec_version":', "agentspec_version:")
    assert set(agents(("a.yaml", text))) == {"a"}


@pytest.mark.parametrize(
    "value",
    [
        {"agentspec_version": "26.2.0"},
        {"agentspec_version": 3, "component_type": "Agent"},
        {"$referenced_components": {}, "component_type": "VllmConfig"},
        {"$defs": {}, "title": "agentspec_version"},
    ],
)
def test_other_documents_are_left(value):
    found = extract("a.json", value)
    assert found is None or not [r for r in found.resources if r.kind == "tool"]
