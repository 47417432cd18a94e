"""Custom agents, prompts and hooks of Copilot in facts."""

from __future__ import annotations

import json

import pytest

from nhilint.formats.copilot.claims import CLAIMS
from nhilint.model.fact import known_records, value_of
from tests.formats.codex.reading import agent_of, extract

PATH = ".github/agents/reviewer.agent.md"


def agent(head, path=PATH):
    return agent_of(path, f"---\ndescription: d\n{head}\n---\nText\n", CLAIMS)


@pytest.mark.parametrize(
    ("head", "exposed"),
    [("name: a", "all"), ("tools: ['*']", "all"), ("tools: []", "none"), ("tools: read, edit", "list")],
)
def test_tools_left_out_are_all_tools(head, exposed):
    assert value_of(agent(head).tools_exposed) == exposed


def test_a_prompt_takes_the_tools_of_its_agent():
    found = agent("agent: build", ".github/prompts/x.prompt.md")
    assert (found.tools_exposed, value_of(found.kind), value_of(found.name)) == (None, "command", "x")


def test_tools_and_servers():
    found = agent("tools: ['edit/editFiles', 'execute', 'github/*', 'microsoft/markitdown/*', 'azure.ext/tool']")
    assert [value_of(tool.name) for tool in known_records(found.tools)] == ["edit/editFiles", "execute"]
    assert {value_of(c.access) for tool in known_records(found.tools) for c in known_records(tool.capabilities)} >= {
        "write",
        "execute",
    }
    assert value_of(found.servers) == ("github", "microsoft/markitdown", "azure.ext")


def test_handoffs_and_subagents():
    head = "tools: [agent]\nagents: [a, b]\nhandoffs:\n  - agent: c\n    send: true\n  - agent: d"
    found = agent(head).delegations
    assert [(value_of(d.target), value_of(d.gate)) for d in found] == [
        ("c", "prompt"),
        ("d", "prompt"),
        ("a", "none"),
        ("b", "none"),
    ]
    assert [value_of(d.target) for d in agent("tools: [agent]").delegations] == ["*"]


def test_servers_of_its_own():
    head = "mcp-servers:\n  notes:\n    type: local\n    command: npx\n    args: [notes-mcp]"
    resources = extract(PATH, f"---\ndescription: d\n{head}\n---\n", CLAIMS).resources
    assert [resource.name for resource in resources] == ["reviewer", "notes"]
    assert value_of(resources[1].facts.client) == "copilot"


def test_documentation_is_left():
    with pytest.raises(AssertionError):
        extract(".github/agents/README.md", "# Agents\n", CLAIMS)


def test_hooks():
    content = {
        "version": 1,
        "hooks": {
            "preToolUse": [{"type": "command", "bash": "./guard.sh", "powershell": "./guard.ps1"}],
            "pretooluse": [{"type": "command", "bash": "./other.sh"}],
        },
    }
    found = agent_of(".github/hooks/guard.json", json.dumps(content), CLAIMS)
    assert [value_of(command.event) for command in found.commands] == ["preToolUse", "preToolUse", "pretooluse"]
    assert [value_of(i.protective) for i in found.ineffective] == [True]
