"""Tools of clients and frameworks, under every name that configurations use."""

from __future__ import annotations

import pytest

from nhilint.knowledge.tools import builtins, look_up_builtin, look_up_framework_tool


@pytest.mark.parametrize(
    ("client", "tool", "identity"),
    [
        ("claude-code", "Bash", "claude-code/Bash"),
        ("claude", "bash", "claude-code/Bash"),
        ("Claude Code", "WebFetch", "claude-code/WebFetch"),
        ("codex", "apply_patch", "codex/apply_patch"),
        ("gemini", "run_shell_command", "gemini-cli/run_shell_command"),
        ("qwen", "ShellTool", "gemini-cli/run_shell_command"),
        ("copilot", "runInTerminal", "copilot/execute"),
        ("copilot", "codebase", "vscode/codebase"),
        ("vscode", "execute/runInTerminal", "vscode/execute/runInTerminal"),
        ("cursor", "Shell", "cursor/Shell"),
        ("crush", "bash", "crush/bash"),
        ("augment", "launch-process", "augment/launch-process"),
        ("amazonq", "use_aws", "amazon-q/use_aws"),
        ("kilocode", "execute_command", "roo/execute_command"),
        ("openai", "code_interpreter", "openai-responses/code_interpreter"),
    ],
)
def test_clients_and_their_other_names(client, tool, identity):
    known = look_up_builtin(client, tool)
    assert known is not None
    assert known.id == identity


@pytest.mark.parametrize(
    ("client", "tool"), [("claude", "mcp__github__x"), ("claude", ""), ("nobody", "Bash"), ("vscode", "github/*")]
)
def test_other_names_are_not_known(client, tool):
    assert look_up_builtin(client, tool) is None


def test_a_group_is_the_union_of_its_members():
    group = look_up_builtin("vscode", "edit/*")
    assert group is not None
    held = {(one.category, one.access) for one in group.capabilities}
    assert held == {("files", "write"), ("files", "delete")}
    assert len(held) == len(group.capabilities)


def test_shells_of_all_clients_can_run_code_and_reach_out():
    for client, tool in [
        ("claude", "Bash"),
        ("codex", "shell"),
        ("gemini", "run_shell_command"),
        ("opencode", "bash"),
        ("cline", "execute_command"),
    ]:
        known = look_up_builtin(client, tool)
        assert known is not None
        assert known.can("code_execution", "execute")
        assert known.egress is True


def test_delegates_say_nothing_of_what_they_reach():
    for client, tool in [("claude", "Task"), ("gemini", "invoke_agent"), ("opencode", "task"), ("roo", "use_mcp_tool")]:
        known = look_up_builtin(client, tool)
        assert known is not None
        assert (known.reads_untrusted, known.egress, known.private_data) == (None, None, None)


def test_the_default_tools_of_a_client():
    names = {one.id for one in builtins("claude")}
    assert {"claude-code/Bash", "claude-code/Read", "claude-code/WebFetch", "claude-code/Agent"} <= names
    assert not names & {"claude-code/MultiEdit", "claude-code/Task", "claude-code/Cd", "claude-code/PowerShell"}
    assert {one.id for one in builtins("codex")}.isdisjoint({"codex/computer_use", "codex/browser_use"})
    assert builtins("claude-api") == ()
    assert builtins("nobody") == ()


@pytest.mark.parametrize(
    ("framework", "tool", "identity"),
    [
        ("crewai", "SerperDevTool", "crewai/SerperDevTool"),
        ("crewai", "crewai_tools.FileReadTool", "crewai/FileReadTool"),
        ("langchain", "terminal", "langchain-load-tools/terminal"),
        ("langgraph", "ShellTool", "langchain/ShellTool"),
        ("adk", "google.adk.tools.google_search", "google-adk/google_search"),
        ("google_adk", "BuiltInCodeExecutor", "google-adk/BuiltInCodeExecutor"),
        ("n8n", "n8n-nodes-base.slackTool", "n8n/slack"),
        ("n8n", "@n8n/n8n-nodes-langchain.toolCode", "n8n-langchain/toolCode"),
        ("dify", "langgenius/slack/slack", "dify/slack"),
        ("power-platform", "/providers/Microsoft.PowerApps/apis/shared_office365", "power-platform/shared_office365"),
        ("openai", "WebSearchTool", "openai-agents/WebSearchTool"),
        ("letta", "archival_memory_search", "letta/archival_memory_search"),
    ],
)
def test_frameworks_and_the_spellings_of_their_tools(framework, tool, identity):
    known = look_up_framework_tool(framework, tool)
    assert known is not None
    assert known.id == identity


def test_unknown_framework_tools():
    assert look_up_framework_tool("crewai", "MyOwnTool") is None
    assert look_up_framework_tool("nothing", "ShellTool") is None
