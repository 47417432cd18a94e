"""Exports of Dify, Flowise and Langflow: agents, their tools, and credentials that an export kept."""

from __future__ import annotations

import json

import pytest

from nhilint.knowledge.credentials.sample import sample
from nhilint.model.fact import Unknown, known_records, value_of
from tests.formats.frameworks.reading import agents, can, extract, gates, linked, tools_of


def dify(**more):
    app = {"kind": "app", "version": "0.3.0", "app": {"name": "desk", "mode": "agent-chat"}, **more}
    return json.dumps(app).replace('"kind": "app"', "kind: app").replace(', "version"', ", version")


def held(*files):
    return [(r.name, value_of(r.facts.source)) for r in linked(*files) if r.kind == "credential"]


def test_an_app_in_agent_mode_has_the_tools_that_are_switched_on():
    tools = [
        {"enabled": True, "provider_name": "langgenius/duckduckgo/duckduckgo", "tool_name": "ddgo_search"},
        {"enabled": False, "provider_name": "gmail", "tool_name": "send"},
        {"enabled": True, "provider_name": "ours", "tool_name": "lookup"},
    ]
    agent = agents(("desk.yml", dify(model_config={"agent_mode": {"enabled": True, "tools": tools}})))["desk"]
    assert set(tools_of(agent)) == {"ddgo_search", "lookup"}
    assert can(tools_of(agent)["ddgo_search"]) == {"web:read"}
    assert isinstance(tools_of(agent)["lookup"].capabilities, Unknown)


def workflow(*nodes, **more):
    app = {"name": "flow", "mode": "workflow"}
    return dify(app=app, workflow={"graph": {"nodes": [{"data": one} for one in nodes]}, **more})


def test_agent_nodes_are_agents_and_other_nodes_are_steps():
    tools = {"type": "constant", "value": [{"enabled": True, "provider_name": "time", "tool_name": "now"}]}
    found = agents(
        ("f.yml", workflow({"type": "agent", "title": "Aide", "agent_parameters": {"tools": tools}}, {"type": "llm"}))
    )
    assert set(found) == {"Aide"}
    assert extract("f.yml", workflow({"type": "llm", "title": "x"})).resources == ()


def test_secrets_that_an_export_kept_are_found():
    variable = {"name": "API_KEY", "value_type": "secret", "value": sample("openai-project-key")}
    request = {
        "type": "http-request",
        "authorization": {"type": "api-key", "config": {"api_key": sample("github-pat-classic")}},
    }
    text = workflow(request, environment_variables=[variable])
    assert sorted(held(("f.yml", text))) == [("API_KEY", "literal"), ("api_key", "literal")]
    plain = workflow(environment_variables=[{"name": "TOP_N", "value_type": "number", "value": "50"}])
    assert held(("f.yml", plain)) == []


@pytest.mark.parametrize(
    "text", ["kind: app\n", "kind: app\napp: {name: x}\n", "- kind: app\n", "kind: application\nkind: app\n"]
)
def test_other_apps_are_left(text):
    assert extract("a.yml", text) is None


def flow_node(identity, name, category="Tools", **inputs):
    data = {
        "id": identity,
        "name": name,
        "label": name,
        "category": category,
        "inputs": inputs,
        "inputAnchors": [],
        "inputParams": [],
    }
    return {"id": identity, "data": data}


def flowise(*nodes):
    return {"nodes": list(nodes), "edges": []}


def test_a_chat_flow_gives_tools_by_pointers():
    agent = flow_node("agent_0", "toolAgent", "Agents", tools=["{{fetch_0.data.instance}}", "{{own_0.data.instance}}"])
    found = agents(("f.json", flowise(agent, flow_node("fetch_0", "requestsGet"), flow_node("own_0", "customTool"))))[
        "toolAgent"
    ]
    assert {name: can(tool) for name, tool in tools_of(found).items()} == {
        "requestsGet": {"web:read"},
        "customTool": {"other:execute"},
    }


def test_an_agent_flow_asks_where_it_says_so():
    chosen = [
        {"agentSelectedTool": "gmail", "agentSelectedToolRequiresHumanInput": True},
        {"agentSelectedTool": "webBrowser"},
        {"agentSelectedTool": "somethingNew"},
    ]
    found = tools_of(
        agents(("f.json", flowise(flow_node("a", "agentAgentflow", "Agent Flows", agentTools=chosen))))[
            "agentAgentflow"
        ]
    )
    assert gates(found["gmail"]) == {"prompt"}
    assert gates(found["webBrowser"]) == {"none"}
    assert isinstance(found["somethingNew"].capabilities, Unknown)


@pytest.mark.parametrize("wrap", [lambda server: server, lambda server: {"mcpServers": {"notes": server}}])
def test_a_server_in_a_text_of_its_own_stands_at_that_text(wrap):
    key = sample("github-pat-classic")
    text = json.dumps(wrap({"command": "npx", "args": ["-y", "@example/x-mcp"], "env": {"GITHUB_TOKEN": key}}))
    agent = flow_node("agent_0", "toolAgent", "Agents", tools=["{{mcp_0.data.instance}}"])
    document = flowise(agent, flow_node("mcp_0", "customMCP", mcpServerConfig=text))
    (server,) = [r for r in linked(("f.json", document)) if r.kind == "tool"]
    assert value_of(server.facts.package.name) == "@example/x-mcp"
    assert server.facts.package.at.pointer == ("nodes", 1, "data", "inputs", "mcpServerConfig")
    assert [value_of(c.source) for c in known_records(server.facts.credentials)] == ["literal"]
    assert key not in repr(server)
    assert held(("f.json", document)) == [("GITHUB_TOKEN", "literal")]


@pytest.mark.parametrize("text", ["{", "[]", "3", '{"command": 3}', '{"mcpServers": {}}'])
def test_a_text_that_is_no_server_is_left(text):
    agent = flow_node("agent_0", "toolAgent", "Agents", tools=["{{mcp_0.data.instance}}"])
    document = flowise(agent, flow_node("mcp_0", "customMCP", mcpServerConfig=text))
    assert [r.kind for r in linked(("f.json", document))] == ["agent"]


def test_a_supervisor_hands_work_to_its_workers():
    boss = flow_node("boss_0", "supervisor", "Multi Agents", supervisorName="Boss")
    hand = flow_node("hand_0", "worker", "Multi Agents", workerName="Hand", supervisor="{{boss_0.data.instance}}")
    found = agents(("f.json", flowise(boss, hand)))
    assert [value_of(d.target) for d in known_records(found["Boss"].delegations)] == ["Hand"]


def component(identity, kind, **template):
    return {
        "id": identity,
        "data": {"id": identity, "type": kind, "node": {"display_name": kind, "template": template}},
    }


def langflow(nodes, *edges):
    joined = [
        {"source": a, "target": b, "data": {"targetHandle": {"fieldName": name}}, "targetHandle": ""}
        for a, b, name in edges
    ]
    return {"name": "x", "data": {"nodes": nodes, "edges": joined, "viewport": {"load_from_db": False}}}


def test_edges_into_tools_make_tools():
    nodes = [
        component("a", "Agent", tools={}),
        component("b", "URLComponent"),
        component("c", "ChatInput"),
        component("d", "Prompt"),
    ]
    found = agents(("f.json", langflow(nodes, ("b", "a", "tools"), ("c", "a", "input_value"))))["Agent"]
    assert {name: can(tool) for name, tool in tools_of(found).items()} == {"URLComponent": {"web:read"}}


@pytest.mark.parametrize(
    ("stored", "expected"), [(False, [("api_key", "literal")]), (None, [("api_key", "literal")]), (True, [])]
)
def test_a_password_is_in_clear_unless_it_names_a_stored_variable(stored, expected):
    field = {"password": True, "value": sample("openai-project-key")}
    if stored is not None:
        field["load_from_db"] = stored
    assert held(("f.json", langflow([component("a", "Agent", api_key=field, tools={})]))) == expected


def test_a_server_of_a_component_is_a_tool():
    value = {"name": "notes", "config": {"command": "uvx", "args": ["x-mcp"]}}
    nodes = [component("a", "Agent", tools={}), component("m", "MCPTools", mcp_server={"value": value})]
    found = linked(("f.json", langflow(nodes, ("m", "a", "tools"))))
    assert [(r.kind, r.name) for r in found if r.kind == "tool"] == [("tool", "notes")]
    value["config"]["env"] = {"GITHUB_TOKEN": sample("github-pat-classic")}
    assert held(("f.json", langflow(nodes, ("m", "a", "tools")))) == [("GITHUB_TOKEN", "literal")]


@pytest.mark.parametrize(
    "document", [{"data": {"nodes": []}, "load_from_db": 1}, {"data": [], "targetHandle": ""}, ["load_from_db"]]
)
def test_other_flows_are_left(document):
    assert extract("f.json", document) is None
