"""LangGraph deployments, NeMo workflows and guard rails, Letta files: who is in them and what they hold."""

from __future__ import annotations

import pytest

from nhilint.knowledge.credentials.sample import sample
from nhilint.model.fact import Unknown, known_records, value_of
from tests.formats.frameworks.reading import agents, can, extract, gates, linked, tools_of

NEMO = """
general:
  front_end: {front}
llms:
  main: {{_type: openai, model_name: gpt-5, api_key: "{key}"}}
functions:
  runner: {{_type: code_execution, uri: "http://127.0.0.1:6000"}}
  reader: {{_type: react_agent, tool_names: [web], llm_name: main}}
  web: {{_type: webpage_query}}
function_groups:
  jira:
    _type: mcp_client
    server: {{transport: streamable-http, url: "https://jira.acme.example/mcp"}}
workflow:
  _type: react_agent
  tool_names: [runner, reader, jira]
  llm_name: main
"""


def nemo(front="{_type: console}", key="${OPENAI_API_KEY}"):
    return NEMO.format(front=front, key=key)


def test_every_graph_is_an_agent_and_access_is_not_known_without_auth():
    document = {"dependencies": ["."], "graphs": {"a": "./a.py:graph", "b": {"path": "./b.py:graph"}}, "env": ".env"}
    found = agents(("langgraph.json", document))
    assert set(found) == {"a", "b"}
    assert isinstance(known_records(found["a"].triggers)[0].authenticated, Unknown)
    found = agents(("langgraph.json", {**document, "auth": {"path": "./auth.py:auth"}}))
    assert value_of(known_records(found["a"].triggers)[0].authenticated) is True


def test_variables_written_into_a_deployment_are_credentials():
    document = {
        "dependencies": ["."],
        "graphs": {"a": "./a.py:g"},
        "env": {"OPENAI_API_KEY": sample("openai-project-key"), "LEVEL": "debug"},
    }
    agent = agents(("langgraph.json", document))["a"]
    assert [(value_of(c.name), value_of(c.source)) for c in known_records(agent.credentials)] == [
        ("OPENAI_API_KEY", "literal")
    ]


@pytest.mark.parametrize(
    "document", [{"graphs": {"a": "x"}}, {"graphs": [], "dependencies": []}, {"graphs": {"a": 1}, "env": {}}]
)
def test_other_graphs_are_left(document):
    assert extract("langgraph.json", document) is None


def test_a_workflow_and_its_agents_know_their_functions():
    found = agents(("config.yml", nemo()))
    assert set(found) == {"workflow", "reader"}
    assert set(tools_of(found["workflow"])) == {"runner", "jira"}
    assert can(tools_of(found["workflow"])["runner"]) == {"code_execution:execute"}
    assert value_of(found["workflow"].sandbox.enabled) is True
    assert "web (by way of reader)" in {value_of(c.through) for c in known_records(found["workflow"].capabilities)}
    assert [value_of(c.source) for c in known_records(found["workflow"].credentials)] == ["env"]


@pytest.mark.parametrize(
    ("front", "open_to", "authenticated"),
    [
        ("{_type: a2a}", None, True),
        ("{_type: a2a, host: 0.0.0.0}", "anyone", False),
        ("{_type: mcp, host: 0.0.0.0, server_auth: {issuer_url: 'https://id.acme.example'}}", None, True),
        ("{_type: a2a, host: 10.0.0.4}", None, True),
    ],
)
def test_a_front_end_is_open_when_it_listens_to_all_and_asks_nobody(front, open_to, authenticated):
    (trigger,) = known_records(agents(("config.yml", nemo(front)))["workflow"].triggers)
    assert (value_of(trigger.open_to), value_of(trigger.authenticated)) == (open_to, authenticated)


def test_other_front_ends_offer_no_lock():
    assert not agents(("config.yml", nemo("{_type: fastapi, host: 0.0.0.0}")))["workflow"].triggers


@pytest.mark.parametrize(
    "text", ["workflow: {_type: x}\n", "a: {_type: b}\nllms: {}\n", "workflow: [{ _type: x}]\nllms: {a: 1}\n"]
)
def test_other_files_with_types_are_left(text):
    assert extract("config.yml", text) is None


def test_rails_are_guards():
    text = "models: [{type: main, engine: openai, model: gpt-5}]\nrails:\n  input: {flows: [self check input]}\n  output: {flows: []}\n"
    agent = agents(("bots/support/config.yml", text))["support"]
    assert [value_of(g.name) for g in known_records(agent.guards)] == ["self check input"]
    assert extract("config.yml", "rails: none\n") is None
    assert extract("fence.yml", "rails:\n  material: wood\n") is None


def letta(**more):
    tools = [
        {"id": "t1", "name": "fetch_webpage", "tool_type": "letta_builtin"},
        {"id": "t2", "name": "post", "tool_type": "custom", "source_code": "def post(): ..."},
    ]
    agent = {"name": "void", "tool_ids": ["t1", "t2"], "tool_rules": [], "secrets": {}, **more}
    return {"agents": [agent], "tools": tools, "mcp_servers": []}


def test_a_rule_asks_before_a_tool():
    found = tools_of(agents(("void.af", letta()))["void"])
    assert gates(found["fetch_webpage"]) == {"none"}
    rule = {"tool_name": "fetch_webpage", "type": "requires_approval"}
    found = tools_of(agents(("void.af", letta(tool_rules=[rule])))["void"])
    assert (gates(found["fetch_webpage"]), gates(found["post"])) == ({"prompt"}, {"none"})


def test_values_exported_with_an_agent_are_credentials():
    agent = agents(("void.af", letta(secrets={"GITHUB_TOKEN": sample("github-pat-classic"), "CHAT": ""})))["void"]
    assert [value_of(c.name) for c in known_records(agent.credentials)] == ["GITHUB_TOKEN"]


def test_files_that_come_with_an_agent_are_as_private_as_its_file():
    document = letta()
    document["tools"][0] = {"id": "t1", "name": "grep_files", "tool_type": "letta_files_core"}
    held = known_records(tools_of(agents(("void.af", document))["void"])["grep_files"].capabilities)
    assert [(value_of(c.category), value_of(c.private_data)) for c in held] == [("files", False)]


def test_servers_of_an_agent_file_are_tools():
    document = letta()
    document["mcp_servers"] = [
        {"server_name": "notes", "server_url": "https://notes.acme.example/mcp", "token": sample("github-pat-classic")},
        {"server_name": "local", "stdio_config": {"command": "npx", "args": ["-y", "@example/x-mcp"]}},
    ]
    found = {r.name: r.facts for r in linked(("void.af", document)) if r.kind == "tool"}
    assert [value_of(c.source) for c in known_records(found["notes"].credentials)] == ["literal"]
    assert value_of(found["local"].package.pin) == "none"


def test_the_first_form_is_one_agent():
    document = {"agent_type": "memgpt_agent", "core_memory": [], "name": "old", "tools": [{"name": "send_message"}]}
    assert set(tools_of(agents(("old.af", document))["old"])) == {"send_message"}
    assert extract("x.af", {"agents": "none"}) is None
