"""MCP servers that a workflow hands to its agent: found in inputs and scripts, placed within their text."""

from __future__ import annotations

import json

import pytest

from nhilint.model.fact import Unknown, value_of
from nhilint.model.vocabulary.tool import Tool
from tests.formats.github.reading import PATH, SHA, agent_of, resources_of

LIST = '{"mcpServers": {"hub": {"command": "docker", "args": ["run", "-e", "HUB", "ghcr.io/a/hub"], "env": {"HUB": "${{ github.token }}"}}}}'
GEMINI = f"google-github-actions/run-gemini-cli@{SHA}"
CLAUDE = f"anthropics/claude-code-action@{SHA}"


def workflow(*steps: dict[str, object], path: str = PATH) -> list[Tool]:
    text = json.dumps({"on": "push", "jobs": {"j": {"runs-on": "x", "steps": list(steps)}}})
    return [r.facts for r in resources_of(text, path) if isinstance(r.facts, Tool)]


def uses(action: str, **inputs: str) -> dict[str, object]:
    return {"uses": action, "with": inputs}


@pytest.mark.parametrize(
    ("steps", "client"),
    [
        ([uses(GEMINI, settings=LIST)], "gemini-cli"),
        ([uses(f"QwenLM/qwen-code-action@{SHA}", settings_json=LIST)], "qwen-code"),
        ([uses(CLAUDE, claude_args=f"--max-turns 5 --mcp-config '{LIST}' --model opus")], "claude-code"),
        ([uses(f"anthropics/claude-code-base-action@{SHA}", mcp_config=LIST)], "claude-code"),
        ([{"run": f"claude -p --mcp-config '{LIST}' 'look'"}], "claude-code"),
        ([{"run": f"copilot -p look --additional-mcp-config '{LIST}'"}], "copilot"),
        ([{"run": f"cat > mcp.json <<'EOF'\n{LIST}\nEOF\n"}, uses(CLAUDE, prompt="look")], "claude-code"),
    ],
)
def test_where_a_list_may_stand(steps, client):
    (tool,) = workflow(*steps)
    assert (value_of(tool.name), value_of(tool.client), value_of(tool.runs_in_ci)) == ("hub", client, True)
    assert value_of(tool.package.name) == "ghcr.io/a/hub"
    assert value_of(tool.credentials[0].name) == "HUB"
    assert value_of(tool.credentials[0].resolves) is not False
    assert tool.approval is None, "nobody is there to be asked"


def test_a_place_is_a_stretch_of_the_text():
    settings = f'// first\n{{"telemetry": {{"on": ${{{{ vars.ON != \'\' }}}}}}, {LIST[1:-1]},}}'
    (tool,) = workflow(uses(GEMINI, settings=settings))
    start, end = tool.package.at.within
    assert settings[start:end] == '"ghcr.io/a/hub"'
    start, end = tool.at.within
    assert settings[start:end] == '"hub"'
    assert tool.at.pointer[:6] == ("jobs", "j", "steps", 0, "with", "settings")


def test_the_agent_has_it_as_its_tool():
    text = json.dumps({"on": "push", "jobs": {"j": {"runs-on": "x", "steps": [uses(GEMINI, settings=LIST)]}}})
    agent = agent_of(text)
    assert [value_of(tool.name) for tool in agent.tools if not isinstance(tool, Unknown)] == ["hub"]


def test_one_list_for_two_agents_is_one_tool():
    written = {"run": f"cat > mcp.json <<'EOF'\n{LIST}\nEOF\n"}
    assert len(workflow(written, uses(CLAUDE, prompt="one"), uses(CLAUDE, prompt="two"))) == 1


@pytest.mark.parametrize(
    "steps",
    [
        [{"run": f"cat > mcp.json <<'EOF'\n{LIST}\nEOF\n"}],
        [uses(CLAUDE, prompt=f"Write this into a file: {LIST}")],
        [uses(CLAUDE, prompt="look"), {"run": f"cat > mcp.json <<'EOF'\n{LIST}\nEOF\n"}],
        [uses(GEMINI, settings=LIST[:-2])],
        [uses(GEMINI, settings='{"mcpServers": ["hub"]}')],
        [uses(GEMINI, settings='{"a": {"mcpServers": ' * 30)],
    ],
)
def test_what_is_no_list_of_an_agent(steps):
    assert workflow(*steps) == []


def test_a_compiled_workflow_has_a_source_that_tells():
    assert workflow(uses(GEMINI, settings=LIST), path=".github/workflows/w.lock.yml") == []


def test_servers_that_a_script_writes_for_codex():
    body = '[mcp_servers.hub]\ncommand = "docker"\nargs = ["run", "-e", "HUB", "ghcr.io/a/hub"]\n[mcp_servers.web]\nurl = "http://mcp.example.com"\n'
    script = {"run": f"mkdir -p ~/.codex\ncat > ~/.codex/config.toml <<'EOF'\n{body}EOF\n"}
    found = workflow(script, uses(f"openai/codex-action@{SHA}", prompt="look"))
    assert [(value_of(tool.name), value_of(tool.client), value_of(tool.runs_in_ci)) for tool in found] == [
        ("hub", "codex", True),
        ("web", "codex", True),
    ]
    assert value_of(found[0].package.name) == "ghcr.io/a/hub"
    assert value_of(found[1].endpoint.scheme) == "http"
    assert [script["run"][slice(*tool.at.within)] for tool in found] == ["mcp_servers.hub", "mcp_servers.web"]
