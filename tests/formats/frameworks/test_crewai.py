"""Crews: agents by name, their tools, delegation and code execution; look-alikes of agents.yaml are left."""

from __future__ import annotations

import pytest

from nhilint.model.fact import Unknown, known_records, value_of
from tests.formats.frameworks.reading import agents, can, extract, tools_of

AGENT = "  role: Analyst\n  goal: Answer\n  backstory: Careful\n"


def test_every_entry_with_a_role_goal_and_backstory_is_an_agent():
    found = agents(("src/config/agents.yaml", f"reader:\n{AGENT}writer:\n{AGENT}defaults: {{llm: gpt}}\n"))
    assert set(found) == {"reader", "writer"}
    assert value_of(found["reader"].max_turns) == 25


@pytest.mark.parametrize(
    "text",
    [
        "agents:\n  - name: build\n    backstory: none\n",
        "team:\n  role: admin\n  goal: x\n",
        "- backstory\n",
        "backstory: of this file\n",
    ],
)
def test_other_lists_of_agents_are_left(text):
    assert extract("config/agents.yaml", text) is None


@pytest.mark.parametrize(
    ("keys", "confined"),
    [
        ("  allow_code_execution: true\n", True),
        ("  allow_code_execution: true\n  code_execution_mode: safe\n", True),
        ("  allow_code_execution: true\n  code_execution_mode: unsafe\n", False),
    ],
)
def test_code_runs_in_a_container_unless_the_mode_is_unsafe(keys, confined):
    agent = agents(("agents.yaml", f"a:\n{AGENT}{keys}"))["a"]
    assert value_of(agent.sandbox.enabled) is confined
    assert can(tools_of(agent)["code interpreter"]) == {"code_execution:execute"}


def test_without_code_execution_there_is_nothing_to_confine():
    agent = agents(("agents.yaml", f"a:\n{AGENT}  code_execution_mode: unsafe\n"))["a"]
    assert agent.sandbox is None
    assert not agent.tools


def test_delegation_reaches_the_whole_crew_and_names_the_way():
    text = (
        f"reader:\n{AGENT}  tools: [SerperDevTool]\n  allow_delegation: true\n"
        f"clerk:\n{AGENT}  tools: [MySQLSearchTool]\n"
    )
    found = agents(("agents.yaml", text))
    through = {value_of(c.through) for c in known_records(found["reader"].capabilities)}
    assert through == {"SerperDevTool", "MySQLSearchTool (by way of clerk)"}
    assert value_of(known_records(found["reader"].delegations)[0].resolved) is True
    assert not found["clerk"].delegations


def test_a_tool_that_nobody_knows_is_unknown():
    tool = tools_of(agents(("agents.yaml", f"a:\n{AGENT}  tools: [our_tool]\n"))["a"])["our_tool"]
    assert isinstance(tool.capabilities, Unknown)


def test_agents_of_a_crew_in_json():
    crew = {
        "agents": {"a": {"role": "r", "goal": "g", "backstory": "b", "mcps": [{"command": "uvx", "args": ["x-mcp"]}]}}
    }
    found = extract("crew.jsonc", crew)
    assert [(r.kind, r.name) for r in found.resources] == [("agent", "a"), ("tool", "uvx")]
    one = extract("agents/writer.json", {"role": "r", "goal": "g", "backstory": "b"})
    assert [r.name for r in one.resources] == ["writer"]
