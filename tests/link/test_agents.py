"""Agents meet the servers, tools and agents of their project."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.link import link
from nhilint.link.agents import MOST_NAMES, join
from nhilint.model.fact import Unknown, known_records, value_of
from nhilint.model.vocabulary.agent import Agent
from nhilint.model.vocabulary.tool import Tool
from nhilint.pipeline import gather
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

WHEN = datetime(2026, 11, 22, tzinfo=UTC)
SLACK = {"command": "npx", "args": ["-y", "@modelcontextprotocol/server-slack@2025.4.25"]}
DOCS = {"type": "http", "url": "https://mcp.context7.com/mcp"}


def linked(files):
    texts = {path: content if isinstance(content, str) else json.dumps(content) for path, content in files.items()}
    return link(gather(MemoryTree(texts), Settings(root=Path(), now=WHEN)).resources)


def agents(files, path):
    return [r.facts for r in linked(files) if r.at.path == path and isinstance(r.facts, Agent)]


def tools(files):
    return {r.name: r.facts for r in linked(files) if isinstance(r.facts, Tool)}


def settings(allow=(), servers=None, path=".claude/settings.json", mcp=".mcp.json", **more):
    files = {path: {"permissions": {"allow": list(allow)}, **more}}
    if servers is not None:
        files[mcp] = {"mcpServers": servers}
    return files


def subagent(name, tools=None, **fields):
    lines = [f"name: {name}", "description: d", *([f"tools: {tools}"] if tools else [])]
    lines += [f"{key}: {value}" for key, value in fields.items()]
    return "\n".join(["---", *lines, "---", "x", ""])


def test_settings_meet_the_servers_of_their_folder_the_most_powerful_first():
    files = settings(servers={"docs": DOCS, "slack": SLACK})
    agent = agents(files, ".claude/settings.json")[0]
    assert [value_of(tool.name) for tool in known_records(agent.tools)] == ["slack", "docs"]
    assert value_of(tools(files)["docs"].users) == (".claude/settings.json",)


@pytest.mark.parametrize(
    ("more", "flows"),
    [
        ({"env": {}}, 0),
        ({"args": ["-y", "mongodb-mcp-server", "--connectionString", "mongodb://data.acme.dev/shop"]}, 1),
        ({"env": {"MDB_MCP_CONNECTION_STRING": "${STORE}"}}, 1),
    ],
)
def test_a_server_for_databases_that_is_told_of_none_holds_nothing_private(more, flows):
    servers = {"mongodb": {"command": "npx", "args": ["-y", "mongodb-mcp-server"], **more}}
    files = settings(allow=["WebFetch", "mcp__mongodb"], servers=servers)
    assert len(agents(files, ".claude/settings.json")[0].flows) == flows


def test_servers_of_another_folder_are_not_theirs():
    files = settings(servers={"docs": DOCS}, mcp="other/.mcp.json")
    assert agents(files, ".claude/settings.json")[0].tools == ()
    assert value_of(tools(files)["docs"].users) == ()


def test_rejected_servers_are_left_out():
    files = settings(servers={"docs": DOCS, "slack": SLACK}, disabledMcpjsonServers=["slack"])
    agent = agents(files, ".claude/settings.json")[0]
    assert [value_of(tool.name) for tool in known_records(agent.tools)] == ["docs"]


@pytest.mark.parametrize(
    ("lists", "approval"),
    [
        ({"allow": ["mcp__slack"]}, "auto"),
        ({"allow": ["mcp__slack__*"]}, "auto"),
        ({"allow": ["mcp__slack"], "ask": ["mcp__slack"]}, "prompt"),
        ({"allow": ["mcp__slack"], "deny": ["mcp__*"]}, "deny"),
        ({"allow": ["mcp__*"]}, None),
        ({"allow": []}, None),
    ],
)
def test_rules_decide_about_a_server(lists, approval):
    files = {".claude/settings.json": {"permissions": lists}, ".mcp.json": {"mcpServers": {"slack": SLACK}}}
    assert value_of(tools(files)["slack"].approval) == approval


def test_the_rule_is_the_place_of_the_approval():
    slack = tools(settings(["Read", "mcp__slack"], {"slack": SLACK}))["slack"]
    assert (slack.approval.at.path, slack.approval.at.pointer) == (".claude/settings.json", ("permissions", "allow", 1))


def test_single_tools_by_name():
    slack = tools(settings(["mcp__slack__read_channel"], {"slack": SLACK}))["slack"]
    assert value_of(slack.auto_approved) == ("read_channel",)
    assert slack.approval is None


def test_a_mode_without_questions_is_not_said_of_every_server():
    files = settings([], {"slack": SLACK}, path=".codebuddy/settings.json")
    files[".codebuddy/settings.json"]["permissions"]["defaultMode"] = "bypassPermissions"
    assert tools(files)["slack"].approval is None
    agent = agents(files, ".codebuddy/settings.json")[0]
    assert value_of(known_records(agent.tools)[0].approval) == "auto"


def test_rules_for_servers_that_are_gone():
    files = settings(["mcp__docs__x", "mcp__gone", "mcp__claude_ai_X__y", "Read"], {"docs": DOCS})
    rules = known_records(agents(files, ".claude/settings.json")[0].permissions)
    assert [value_of(rule.server_declared) for rule in rules] == [True, False, None, None]
    alone = known_records(agents(settings(["mcp__gone"]), ".claude/settings.json")[0].permissions)
    assert alone[0].server_declared is None


def test_names_are_compared_as_rules_spell_them():
    rules = known_records(agents(settings(["mcp__my_docs"], {"my docs": DOCS}), ".claude/settings.json")[0].permissions)
    assert value_of(rules[0].server_declared) is True


def test_approvals_left_behind():
    files = settings(servers={"docs": DOCS}, enabledMcpjsonServers=["docs", "old"])
    assert value_of(agents(files, ".claude/settings.json")[0].missing_servers) == ("old",)
    assert agents(settings(enabledMcpjsonServers=["old"]), ".claude/settings.json")[0].missing_servers is None


def test_subagents_meet_what_they_name():
    files = {
        ".mcp.json": {"mcpServers": {"docs": DOCS, "slack": SLACK}},
        ".claude/agents/a.md": subagent("a", "Read, mcp__docs__search"),
        ".claude/agents/b.md": subagent("b"),
    }
    agent = agents(files, ".claude/agents/a.md")[0]
    assert [value_of(tool.name) for tool in known_records(agent.tools)] == ["Read", "docs"]
    found = tools(files)
    assert value_of(found["docs"].users) == ("a", "b")
    assert value_of(found["slack"].users) == ("b",)


def test_many_users_are_counted():
    files = {".mcp.json": {"mcpServers": {"docs": DOCS}}}
    files |= {f".claude/agents/{i:02}.md": subagent(f"a{i:02}") for i in range(30)}
    users = value_of(tools(files)["docs"].users)
    assert len(users) == MOST_NAMES + 1
    assert users[-1] == "and 10 more"


WORKFLOW = """\
on: {issues: {types: [opened]}}
permissions: {contents: read}
jobs:
  triage:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: claude -p "triage"
"""


def test_a_workflows_agent_loads_the_list_of_the_root_unasked():
    files = {
        ".github/workflows/t.yml": WORKFLOW,
        ".mcp.json": {"mcpServers": {"docs": DOCS}},
        "sub/.mcp.json": {"mcpServers": {"deep": DOCS}},
    }
    found = tools(files)
    assert value_of(found["docs"].runs_in_ci) is True
    assert value_of(found["deep"].runs_in_ci) is False


def test_no_workflow_no_run_in_ci():
    assert value_of(tools(settings(servers={"docs": DOCS}))["docs"].runs_in_ci) is False


@pytest.mark.parametrize(
    ("caller", "gains"),
    [
        ("Read, Agent", True),
        ("Read, Agent(writer)", True),
        ("Read, Agent(reader)", False),
        ("Read, Agent(Explore)", False),
        ("Read, Bash, Agent", False),
        ("Read, Agent(nobody)", False),
        (None, False),
    ],
)
def test_what_a_delegate_adds(caller, gains):
    files = {
        ".claude/agents/caller.md": subagent("caller", caller),
        ".claude/agents/writer.md": subagent("writer", "Read, Write"),
        ".claude/agents/reader.md": subagent("reader", "Read, Grep"),
    }
    agent = agents(files, ".claude/agents/caller.md")[0]
    found = known_records(agent.delegations)
    assert any(known_records(delegation.gains) for delegation in found) is gains


def test_delegates_that_are_known():
    files = {".claude/agents/a.md": subagent("a", "Agent(b, Plan, gone)"), ".claude/agents/b.md": subagent("b", "Read")}
    found = known_records(agents(files, ".claude/agents/a.md")[0].delegations)
    assert [value_of(delegation.resolved) for delegation in found] == [True, True, False]


def test_agents_that_start_each_other():
    files = {
        ".claude/agents/a.md": subagent("a", "Read, Agent(b)"),
        ".claude/agents/b.md": subagent("b", "Read, Agent(a)"),
    }
    assert all(not known_records(d.gains) for d in known_records(agents(files, ".claude/agents/a.md")[0].delegations))


@pytest.mark.parametrize(
    "marker",
    [
        {"p/.claude-plugin/plugin.json": {"name": "p"}},
        {".claude-plugin/marketplace.json": {"name": "m", "plugins": [{"name": "p", "source": "./p"}]}},
    ],
)
def test_a_plugins_subagent_loses_mode_and_hooks(marker):
    text = subagent("a", "Read, Bash", permissionMode="plan")
    agent = agents({**marker, "p/agents/a.md": text}, "p/agents/a.md")[0]
    assert value_of(agent.level) == "plugin"
    assert agent.autonomy is None
    assert [value_of(i.setting) for i in known_records(agent.ineffective)] == ["permissionMode"]


def test_a_subagent_of_no_plugin_keeps_its_mode():
    files = {".claude/agents/a.md": subagent("a", "Read", permissionMode="plan")}
    agent = agents(files, ".claude/agents/a.md")[0]
    assert value_of(agent.autonomy) == "suggest"
    assert value_of(agent.level) == "project"


@pytest.mark.parametrize(
    ("path", "marker"),
    [
        ("agents/a.md", {}),
        ("archive/agents/a.md", {".claude-plugin/plugin.json": {"name": "p"}}),
        ("agents/a.md", {".claude-plugin/plugin.json": {"name": "p", "agents": ["./team/a.md"]}}),
        (
            "agents/a.md",
            {".claude-plugin/marketplace.json": {"name": "m", "plugins": [{"name": "p", "source": "./p"}]}},
        ),
        (
            "mirror/p/agents/a.md",
            {
                "mirror/.claude-plugin/marketplace.json": {"name": "m", "plugins": [{"name": "p", "source": "./p"}]},
                "mirror/p/.claude-plugin/plugin.json": {"name": "p"},
            },
        ),
    ],
)
def test_a_subagent_that_nobody_is_known_to_load(path, marker):
    agent = agents({**marker, path: subagent("a", "Read", permissionMode="plan")}, path)[0]
    assert isinstance(agent.product, Unknown)
    assert isinstance(agent.autonomy, Unknown)


@pytest.mark.parametrize(
    ("path", "marker"),
    [
        ("agents/deep/a.md", {".claude-plugin/plugin.json": {"name": "p"}}),
        (
            "p/agents/a.md",
            {".claude-plugin/marketplace.json": {"name": "m", "plugins": [{"name": "p", "source": "./p"}]}},
        ),
        (
            "agents/a.md",
            {".claude-plugin/marketplace.json": {"name": "m", "plugins": [{"name": "p", "source": "./"}]}},
        ),
    ],
)
def test_a_subagent_that_a_plugin_ships(path, marker):
    text = subagent("a", "Read", permissionMode="plan")
    assert value_of(agents({**marker, path: text}, path)[0].product) == "claude-code"


def capability(files, category, access, path=".claude/settings.json"):
    found = known_records(agents(files, path)[0].capabilities)
    return next(c for c in found if value_of(c.category) == category and value_of(c.access) == access)


def test_gates_of_built_in_tools():
    files = settings(["Bash(node *)", "WebFetch"])
    files[".claude/settings.json"]["permissions"]["defaultMode"] = "acceptEdits"
    assert value_of(capability(files, "code_execution", "execute").gate) == "none"
    assert value_of(capability(files, "web", "read").gate) == "none"
    assert value_of(capability(files, "files", "write").gate) == "none"
    plain = settings()
    plain[".claude/settings.json"]["permissions"]["defaultMode"] = "default"
    assert value_of(capability(plain, "code_execution", "execute").gate) == "prompt"
    assert value_of(capability(plain, "files", "read").gate) == "none"


def test_a_confined_shell_is_gated_by_the_sandbox():
    files = settings(["Bash"], sandbox={"enabled": True, "allowUnsandboxedCommands": False})
    assert value_of(capability(files, "files", "delete").gate) == "sandbox"


def test_monitor_is_held_to_the_rules_of_bash():
    denied = {".claude/settings.json": {"permissions": {"deny": ["Bash", "PowerShell", "Workflow"]}}}
    found = known_records(agents(denied, ".claude/settings.json")[0].capabilities)
    assert "Monitor" not in {value_of(c.through) for c in found}


def test_a_way_from_outside_to_private_data_and_out():
    agent = agents(settings(["WebFetch", "mcp__slack"], {"slack": SLACK}), ".claude/settings.json")[0]
    flow = known_records(agent.flows)[0]
    assert value_of(flow.stake.through) == "slack"
    assert flow.way_out.gate.at.path == ".claude/settings.json"


@pytest.mark.parametrize("allow", [["WebFetch"], ["WebFetch(domain:docs.python.org)"], []])
def test_no_way_without_all_three_links(allow):
    assert agents(settings(allow, {"slack": SLACK}), ".claude/settings.json")[0].flows == ()


def test_the_same_input_gives_the_same_output_whatever_the_order():
    files = settings(["mcp__slack"], {"slack": SLACK, "docs": DOCS})
    files[".claude/settings.local.json"] = {"permissions": {"ask": ["mcp__slack"]}}
    resources = gather(
        MemoryTree({p: json.dumps(c) for p, c in files.items()}), Settings(root=Path(), now=WHEN)
    ).resources
    assert join(resources) == join(resources)


def test_nothing_is_done_without_agents():
    resources = gather(
        MemoryTree({".mcp.json": json.dumps({"mcpServers": {"docs": DOCS}})}), Settings(root=Path(), now=WHEN)
    )
    assert join(resources.resources) is resources.resources


def test_a_thousand_agents_and_servers_take_little_time():
    files = {".mcp.json": json.dumps({"mcpServers": {f"s{i}": SLACK for i in range(1_000)}})}
    files |= {f".claude/agents/{i}.md": subagent(f"a{i}", "Read, WebFetch, Agent") for i in range(1_000)}
    files[".claude/settings.json"] = json.dumps({"permissions": {"allow": [f"mcp__s{i}" for i in range(1_000)]}})
    resources = gather(MemoryTree(files), Settings(root=Path(), now=WHEN)).resources
    started = time.process_time()
    assert len(join(resources)) == len(resources)
    assert time.process_time() - started < 6
