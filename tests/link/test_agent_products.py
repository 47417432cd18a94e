"""Each product's settings, servers and subagents are joined by its own precedence."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.link import link
from nhilint.link.agent_products import PRODUCTS
from nhilint.model.fact import known_records, value_of
from nhilint.model.vocabulary.agent import Agent
from nhilint.model.vocabulary.tool import Tool
from nhilint.pipeline import gather
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

WHEN = datetime(2026, 11, 22, tzinfo=UTC)
SLACK = {"command": "npx", "args": ["-y", "@modelcontextprotocol/server-slack@2025.4.25"]}
LOCAL = {"type": "local", "command": ["npx", "-y", "@modelcontextprotocol/server-slack@2025.4.25"]}


def linked(files):
    texts = {path: content if isinstance(content, str) else json.dumps(content) for path, content in files.items()}
    return link(gather(MemoryTree(texts), Settings(root=Path(), now=WHEN)).resources)


def agent(files, path):
    return next(r.facts for r in linked(files) if r.at.path == path and isinstance(r.facts, Agent))


def slack(files):
    return next(r.facts for r in linked(files) if isinstance(r.facts, Tool) and r.name == "slack")


def gate(files, path, category, access):
    found = known_records(agent(files, path).capabilities)
    return next(c for c in found if (value_of(c.category), value_of(c.access)) == (category, access)).gate


@pytest.mark.parametrize(
    ("permission", "approval"),
    [
        ({"slack_*": "allow"}, "auto"),
        ({"slack_*": "allow", "*": "ask"}, "prompt"),
        ({"*": "ask", "slack_*": "allow"}, "auto"),
        ({"*": "deny", "sla*": "allow"}, "auto"),
        ({"docs_*": "allow"}, None),
    ],
)
def test_opencodes_last_rule_decides_about_a_server(permission, approval):
    assert value_of(slack({"opencode.json": {"permission": permission, "mcp": {"slack": LOCAL}}}).approval) == approval


def test_opencodes_single_tool_after_a_wide_denial():
    files = {"opencode.json": {"permission": {"*": "ask", "slack_post": "allow"}, "mcp": {"slack": LOCAL}}}
    assert value_of(slack(files).auto_approved) == ("post",)


@pytest.mark.parametrize(
    ("lists", "approval"),
    [
        ({"mcp": {"allowed": ["slack"]}}, "auto"),
        ({"tools": {"allowed": ["mcp_slack_*"]}}, "auto"),
        ({"tools": {"allowed": ["mcp_*"], "exclude": ["mcp_slack_*"]}}, "deny"),
        ({"mcp": {"allowed": ["slack"], "excluded": ["slack"]}}, "deny"),
        ({"tools": {"allowed": ["mcp_other_*"]}}, "prompt"),
    ],
)
def test_geminis_strictest_rule_decides_about_a_server(lists, approval):
    files = {".gemini/settings.json": {**lists, "mcpServers": {"slack": SLACK}}}
    assert value_of(slack(files).approval) == approval


@pytest.mark.parametrize(
    ("allow", "deny", "approval"),
    [
        (["Mcp(slack:*)"], [], "auto"),
        (["Mcp(*:*)"], [], "auto"),
        (["Mcp(*:*)"], ["Mcp(slack:*)"], "deny"),
        (["Mcp(docs:*)"], [], None),
    ],
)
def test_cursors_denial_outweighs_a_permission(allow, deny, approval):
    files = {
        ".cursor/cli.json": {"permissions": {"allow": allow, "deny": deny}},
        ".cursor/mcp.json": {"mcpServers": {"slack": SLACK}},
    }
    assert value_of(slack(files).approval) == approval


def test_codex_runs_commands_in_the_sandbox_unasked_and_allowed_ones_outside():
    config = 'approval_policy = "on-request"\nsandbox_mode = "workspace-write"\n'
    files = {".codex/config.toml": config}
    assert value_of(gate(files, ".codex/config.toml", "code_execution", "execute")) == "sandbox"
    assert value_of(gate(files, ".codex/config.toml", "files", "write")) == "none"
    files[".codex/rules/all.rules"] = 'prefix_rule(pattern = ["bash"], decision = "allow")\n'
    outside = gate(files, ".codex/config.toml", "code_execution", "execute")
    assert (value_of(outside), outside.at.path) == ("none", ".codex/rules/all.rules")


def test_gemini_asks_by_its_mode_and_fetches_pages_where_edits_are_accepted():
    asks = {".gemini/settings.json": {"general": {"defaultApprovalMode": "default"}}}
    edits = {".gemini/settings.json": {"general": {"defaultApprovalMode": "auto_edit"}}}
    assert value_of(gate(asks, ".gemini/settings.json", "code_execution", "execute")) == "prompt"
    assert value_of(gate(edits, ".gemini/settings.json", "files", "write")) == "none"
    assert gate(edits, ".gemini/settings.json", "web", "read").at is not None
    assert value_of(gate(edits, ".gemini/settings.json", "code_execution", "execute")) == "prompt"


def test_qwen_takes_rules_in_the_manner_of_claude_code():
    path = ".qwen/settings.json"
    files = {path: {"permissions": {"allow": ["mcp__slack", "Bash"]}, "mcpServers": {"slack": SLACK}}}
    assert value_of(slack(files).approval) == "auto"
    assert value_of(gate(files, path, "code_execution", "execute")) == "none"
    files[path]["permissions"]["deny"] = ["mcp__slack"]
    assert value_of(slack(files).approval) == "deny"


def test_opencodes_rules_about_its_own_tools():
    files = {"opencode.json": {"permission": {"bash": "ask", "*": "allow"}}}
    assert value_of(gate(files, "opencode.json", "code_execution", "execute")) == "none"
    files = {"opencode.json": {"permission": {"*": "allow", "bash": "ask", "edit": "deny"}}}
    assert value_of(gate(files, "opencode.json", "code_execution", "execute")) == "prompt"
    assert gate(files, "opencode.json", "files", "write").at.pointer == ("permission", "bash")


def test_the_local_file_decides_the_mode_of_the_session():
    files = {
        ".claude/settings.json": {"permissions": {"defaultMode": "acceptEdits"}},
        ".claude/settings.local.json": {"permissions": {"defaultMode": "default", "allow": ["Read"]}},
    }
    assert value_of(gate(files, ".claude/settings.json", "files", "write")) == "prompt"


def test_a_copilot_agent_meets_its_own_servers_and_those_of_the_project():
    text = "---\nname: a\ndescription: d\ntools: [read, docs/*]\nmcp-servers:\n  own: {type: local, command: own}\n---\nx\n"
    files = {".github/agents/a.agent.md": text, ".vscode/mcp.json": {"servers": {"docs": SLACK, "other": SLACK}}}
    names = [value_of(tool.name) for tool in known_records(agent(files, ".github/agents/a.agent.md").tools)]
    assert names == ["read", "docs", "own"]


def test_plug_ins_of_one_product_are_none_of_another():
    text = "---\nname: a\ndescription: d\n---\nx\n"
    files = {"p/.claude-plugin/plugin.json": {"name": "p"}, "p/.github/agents/a.agent.md": text}
    assert value_of(agent(files, "p/.github/agents/a.agent.md").level) == "project"


def test_a_session_of_many_files_takes_little_time():
    files = {f".cursor/agents/{i}.md": f"---\nname: a{i}\ndescription: d\n---\nx\n" for i in range(500)}
    files |= {".cursor/cli.json": {"permissions": {"allow": [f"Mcp(s{i}:*)" for i in range(500)]}}}
    files |= {".cursor/mcp.json": {"mcpServers": {f"s{i}": SLACK for i in range(500)}}}
    assert len(known_records(agent(files, ".cursor/cli.json").tools)) == 500


def test_every_product_names_tools_that_it_has():
    from nhilint.knowledge.tools import builtins

    for client, product in PRODUCTS.items():
        names = {known.id.rsplit("/", 1)[-1] for known in builtins(client)}
        unknown = (product.asks_before | product.confined | set(product.ruled_as)) - names
        assert unknown <= {"PowerShell", "LSP", "Monitor", "fetch_rules"}, client


def servers_of(files, path, name=None):
    found = next(
        r.facts for r in linked(files) if r.at.path == path and isinstance(r.facts, Agent) and name in (None, r.name)
    )
    return [
        (value_of(one.name), value_of(one.approval))
        for one in known_records(found.tools)
        if value_of(one.kind) == "mcp_server"
    ]


@pytest.mark.parametrize(
    ("listed", "settings"),
    [
        (".amp/settings.json", {".amp/settings.json": {"amp.mcpServers": {"slack": SLACK}, "amp.permissions": []}}),
        ("amp/settings.json", {"amp/settings.json": {"amp.mcpServers": {"slack": SLACK}, "amp.permissions": []}}),
        ("crush.json", {"crush.json": {"mcp": {"slack": {"type": "stdio", **SLACK}}, "permissions": {"allowed_tools": ["view"]}}}),
        ("web/.crush.json", {"web/.crush.json": {"mcp": {"slack": {"type": "stdio", **SLACK}}, "permissions": {"allowed_tools": ["view"]}}}),
        (".factory/settings.json", {".factory/settings.json": {"autonomyLevel": "low"}, ".factory/mcp.json": {"mcpServers": {"slack": SLACK}}}),
        (".zed/settings.json", {".zed/settings.json": {"context_servers": {"slack": SLACK}, "agent": {}}}),
        ("zed/settings.json", {"zed/settings.json": {"context_servers": {"slack": SLACK}, "agent": {}}}),
        ("goose/config.yaml", {"goose/config.yaml": "GOOSE_MODE: approve\nextensions:\n  slack: {type: stdio, cmd: slack-mcp, enabled: true}\n"}),
        ("home/.codeium/windsurf/hooks.json", {"home/.codeium/windsurf/hooks.json": {"hooks": {"pre_run_command": [{"command": "./check.sh"}]}}, "home/.codeium/windsurf/mcp_config.json": {"mcpServers": {"slack": SLACK}}}),
        (".continue/config.yaml", {".continue/config.yaml": "name: a\nversion: 1\nschema: v1\nmodels: []\n", ".continue/mcpServers/slack.yaml": "name: s\nversion: 1\nschema: v1\nmcpServers:\n  - {name: slack, command: slack-mcp}\n"}),
        (".continue/agents/a.yaml", {".continue/agents/a.yaml": "name: a\nversion: 1\nschema: v1\nmcpServers:\n  - {name: slack, command: slack-mcp}\n"}),
        (".grok/config.toml", {".grok/config.toml": "[permission]\nallow = ['Grep']\n[mcp_servers.slack]\ncommand = 'slack-mcp'\n"}),
        (".codebuddy/settings.json", {".codebuddy/settings.json": {"permissions": {"allow": ["Grep"]}}, ".mcp.json": {"mcpServers": {"slack": SLACK}}}),
        (".qwen/settings.json", {".qwen/settings.json": {"mcpServers": {"slack": SLACK}, "tools": {"approvalMode": "default"}}}),
    ],
)  # fmt: skip
def test_each_product_finds_the_servers_of_its_own_list(listed, settings):
    assert [name for name, _ in servers_of(settings, listed)] == ["slack"]
    (user,) = [r.facts.users for r in linked(settings) if isinstance(r.facts, Tool) and r.name == "slack"]
    assert value_of(user) == (listed,)


def test_a_list_among_dotfiles_is_none_of_the_project():
    files = {
        "dotfiles/amp/settings.json": {"amp.mcpServers": {"slack": SLACK}, "amp.permissions": []},
        ".amp/settings.json": {"amp.dangerouslyAllowAll": True},
    }
    assert servers_of(files, ".amp/settings.json") == []


@pytest.mark.parametrize(
    ("rules", "approval"),
    [
        ([("mcp__slack__*", "allow")], "auto"),
        ([("mcp__slack__*", "ask"), ("mcp__*", "allow")], "prompt"),
        ([("mcp__slack__*", "allow"), ("*", "ask")], "auto"),
        ([("mcp__slack__*", "reject"), ("*", "allow")], "deny"),
        ([("mcp__other__*", "allow")], None),
    ],
)
def test_amps_first_rule_decides_about_a_server(rules, approval):
    stated = [{"tool": tool, "action": action} for tool, action in rules]
    files = {".amp/settings.json": {"amp.mcpServers": {"slack": SLACK}, "amp.permissions": stated}}
    assert servers_of(files, ".amp/settings.json") == [("slack", approval)]


def test_amps_single_tool_before_a_wide_question():
    stated = [{"tool": "mcp__slack__post", "action": "allow"}, {"tool": "mcp__slack__*", "action": "ask"}]
    files = {".amp/settings.json": {"amp.mcpServers": {"slack": SLACK}, "amp.permissions": stated}}
    assert value_of(slack(files).auto_approved) == ("post",)


def test_crushs_allowed_tool_of_a_server():
    files = {
        "crush.json": {
            "mcp": {"slack": {"type": "stdio", **SLACK}},
            "permissions": {"allowed_tools": ["mcp_slack_post"]},
        }
    }
    assert value_of(slack(files).auto_approved) == ("post",)


def test_zeds_rule_about_a_tool_of_a_server():
    rules = {"tools": {"mcp:slack:post": {"default": "allow"}}}
    files = {"zed/settings.json": {"context_servers": {"slack": SLACK}, "agent": {"tool_permissions": rules}}}
    assert value_of(slack(files).auto_approved) == ("post",)


KIRO_LIST = {".kiro/settings/mcp.json": {"mcpServers": {"slack": SLACK, "mail": SLACK}}}


@pytest.mark.parametrize(
    ("agent_file", "names"),
    [
        ({"tools": ["*"], "includeMcpJson": True}, ["slack", "mail"]),
        ({"tools": ["*"]}, []),
        ({"tools": ["read", "@slack"], "includeMcpJson": True}, ["slack"]),
        ({"tools": ["read"], "includeMcpJson": True}, []),
        ({"tools": ["@own"], "mcpServers": {"own": SLACK}}, ["own"]),
        ({"tools": ["*"], "mcpServers": {"own": SLACK}, "includeMcpJson": True}, ["slack", "mail", "own"]),
    ],
)
def test_kiros_agents_have_the_servers_that_they_load_and_name(agent_file, names):
    files = {**KIRO_LIST, ".kiro/agents/a.json": {"name": "a", **agent_file}}
    assert sorted(name for name, _ in servers_of(files, ".kiro/agents/a.json", "a")) == sorted(names)


def test_amazon_q_reads_its_own_list():
    files = {
        ".amazonq/mcp.json": {"mcpServers": {"slack": SLACK}},
        ".amazonq/cli-agents/a.json": {
            "name": "a",
            "tools": ["@slack"],
            "allowedTools": ["@slack"],
            "useLegacyMcpJson": True,
        },
    }
    assert servers_of(files, ".amazonq/cli-agents/a.json", "a") == [("slack", "auto")]


def test_a_way_through_an_agent_of_kiro():
    stated = {"name": "a", "tools": ["web", "@slack"], "allowedTools": ["web", "@slack"], "includeMcpJson": True}
    files = {**KIRO_LIST, ".kiro/agents/a.json": stated}
    (flow,) = known_records(agent(files, ".kiro/agents/a.json").flows)
    assert (value_of(flow.source.through), value_of(flow.stake.through)) == ("slack", "slack")
    stated["allowedTools"] = ["web"]
    assert known_records(agent(files, ".kiro/agents/a.json").flows) == ()


def test_an_agent_of_kiro_has_only_the_tools_that_it_names():
    files = {".kiro/agents/a.json": {"name": "a", "tools": ["read"], "allowedTools": ["read", "shell"]}}
    found = {value_of(one.through) for one in known_records(agent(files, ".kiro/agents/a.json").capabilities)}
    assert found == {"read"}


def test_modes_of_roo_code_use_the_projects_servers():
    modes = "customModes:\n  - {slug: ops, name: Ops, roleDefinition: You do things., groups: [read, mcp]}\n"
    files = {".roomodes": modes, ".roo/mcp.json": {"mcpServers": {"slack": SLACK}}}
    assert value_of(slack(files).users) == ("ops",)


@pytest.mark.parametrize(
    ("copy", "users"),
    [
        (SLACK, (".cursor/cli.json", ".claude/settings.json")),
        ({**SLACK, "args": ["-y", "another-server-slack@1.0.0"]}, (".claude/settings.json",)),
    ],
)
def test_what_two_products_load_from_copied_files_is_one_tool(copy, users):
    files = {
        ".mcp.json": {"mcpServers": {"slack": SLACK}},
        ".claude/settings.json": {"permissions": {"allow": ["Read"]}},
        ".cursor/mcp.json": {"mcpServers": {"slack": copy}},
        ".cursor/cli.json": {"permissions": {"allow": ["Read(**)"]}},
    }
    servers = [r.facts for r in linked(files) if isinstance(r.facts, Tool) and r.at.path == ".mcp.json"]
    assert [value_of(one.users) for one in servers] == [users]


@pytest.mark.parametrize(
    ("rules", "approval", "tools"),
    [
        ("allow = ['MCPTool(slack__*)']", "auto", ("*",)),
        ("allow = ['MCPTool(slack__*)']\nask = ['MCPTool(slack__*)']", "prompt", None),
        ("allow = ['MCPTool(slack__post)']", None, ("post",)),
        ("allow = ['MCPTool(docs__*)']", None, None),
    ],
)
def test_groks_rules_about_a_server(rules, approval, tools):
    text = f"[permission]\n{rules}\n[mcp_servers.slack]\ncommand = 'slack-mcp'\n"
    found = slack({".grok/config.toml": text})
    assert (value_of(found.approval), value_of(found.auto_approved)) == (approval, tools)


def test_codebuddys_mode_is_that_of_its_file():
    found = agent(
        {".codebuddy/settings.json": {"permissions": {"defaultMode": "bypassPermissions"}}}, ".codebuddy/settings.json"
    )
    assert (value_of(found.product), value_of(found.autonomy), found.ineffective) == ("codebuddy", "ungated", ())
