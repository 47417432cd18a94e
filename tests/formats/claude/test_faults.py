"""Settings that the product accepts and ignores are found, and only those whose loss matters count as protective."""

from __future__ import annotations

import pytest

from nhilint.formats.claude.ineffective import first_of
from nhilint.model.fact import known_records, value_of
from tests.formats.claude.reading import agent_of, markdown, resources_of, settings, without_effect


def faults(**lists):
    return without_effect(settings({"permissions": lists}))


@pytest.mark.parametrize(
    "rule",
    [
        "Write(secrets/**)",
        "NotebookEdit(x.ipynb)",
        "Glob(secrets/**)",
        "Read(/etc/**)",
        "Edit(/Users/ann/x)",
        "Bash(command:rm *)",
        "WebFetch(url: evil.example)",
        "WebFetch(https://evil.example/*)",
        "WebFetch(evil.example)",
        "Bash(git:* push)",
        "Bash(rm -rf *",
        "bash(rm *)",
        "Shell(rm *)",
    ],
)
def test_deny_rules_that_hold_nothing_back(rule):
    assert faults(deny=[rule]) == {f"deny: {rule}": True}


@pytest.mark.parametrize(
    "rule",
    [
        "Edit(secrets/**)",
        "Write",
        "Glob",
        "Read(//etc/**)",
        "Read(/var/**)",
        "Read(.env)",
        "Bash(rm *)",
        "Bash(run_in_background:true)",
        "WebFetch(domain:evil.example)",
        "MultiEdit",
        "LS",
        "mcp__*",
        "*",
        "Agent(Explore)",
        "Task(x)",
        "mcp__github__delete",
        "SomeNew_Tool",
    ],
)
def test_deny_rules_that_work_or_cannot_be_judged(rule):
    assert faults(deny=[rule]) == {}


@pytest.mark.parametrize("rule", ["mcp__*", "B*", "Write(docs/**)", "Edit(.claude/**)", "mcp__git*__get"])
def test_dead_allow_rules_cost_a_question_only(rule):
    assert faults(allow=[rule]) == {f"allow: {rule}": False}


def test_a_twin_that_is_consulted_protects():
    assert faults(deny=["Write(s/**)", "Edit(s/**)"]) == {"deny: Write(s/**)": False}
    assert faults(deny=["Write(s/**)", "Read(s/**)"]) == {"deny: Write(s/**)": False}
    assert faults(deny=["Read(/etc/**)", "Read(//etc/**)"]) == {"deny: Read(/etc/**)": False}


@pytest.mark.parametrize(
    ("content", "setting"),
    [
        ({"allowManagedHooksOnly": True}, "allowManagedHooksOnly"),
        ({"strictKnownMarketplaces": []}, "strictKnownMarketplaces"),
        ({"sandbox": {"network": {"strictAllowlist": True}}}, "sandbox.network.strictAllowlist"),
        ({"sandbox": {"network": {"allowManagedDomainsOnly": True}}}, "sandbox.network.allowManagedDomainsOnly"),
        ({"autoMode": {"hard_deny": ["no deploys"]}}, "autoMode.hard_deny"),
        ({"useAutoModeDuringPlan": False}, "useAutoModeDuringPlan"),
        ({"deny": ["Bash"]}, "deny"),
        ({"permissions": {"disallow": ["Bash"]}}, "permissions.disallow"),
        ({"permissions": {"defaultMode": "ask"}}, "permissions.defaultMode: ask"),
    ],
)
def test_keys_that_a_project_cannot_set(content, setting):
    assert without_effect(settings(content)) == {setting: True}


@pytest.mark.parametrize(
    "content",
    [
        {"allowManagedHooksOnly": True},
        {"sandbox": {"network": {"strictAllowlist": True}}},
        {"autoMode": {"hard_deny": ["no deploys"]}},
    ],
)
def test_the_same_keys_where_they_count(content):
    assert without_effect(settings(content, "mdm/managed-settings.json")) == {}


@pytest.mark.parametrize(
    "content", [{"allowManagedHooksOnly": False}, {"useAutoModeDuringPlan": True}, {"deny": []}, {"ask": "x"}]
)
def test_values_that_protect_nothing(content):
    assert without_effect(settings(content)) == {}


def test_the_mode_auto_of_a_project_is_only_dead():
    agent = settings({"permissions": {"defaultMode": "auto"}})
    assert without_effect(agent) == {"permissions.defaultMode: auto": False}
    assert agent.autonomy is None


def test_comments_make_the_whole_file_void():
    text = '{"permissions": {"deny": ["Bash"], // no shell\n "allow": []}}'
    assert without_effect(settings(text)) == {"the whole file": True}
    assert without_effect(settings('{"model": "opus", // x\n "env": {}}')) == {"the whole file": False}
    assert without_effect(settings(text, "managed-settings.json")) == {}


def hooks(event, matcher="Bash", command="./check.sh"):
    content = {"hooks": {event: [{"matcher": matcher, "hooks": [{"type": "command", "command": command}]}]}}
    return without_effect(settings(content))


@pytest.mark.parametrize(
    ("event", "protects"), [("preToolUse", True), ("PreCommandHook", True), ("PostEdit", False), ("OnStop", False)]
)
def test_events_that_do_not_exist(event, protects):
    assert hooks(event) == {f"hooks.{event}": protects}


@pytest.mark.parametrize("matcher", ["bash", "Bash(git push:*)", "Bash(rm *)", "edit|write"])
def test_matchers_that_never_match(matcher):
    assert hooks("PreToolUse", matcher) == {f"hooks.PreToolUse matcher {matcher}": True}
    assert hooks("PostToolUse", matcher) == {f"hooks.PostToolUse matcher {matcher}": False}


@pytest.mark.parametrize(
    "matcher", ["Bash", "Edit|Write", "*", "", "mcp__.*", "^Notebook", "mcp__x__y", "(Edit|Write)"]
)
def test_matchers_that_may_match(matcher):
    assert hooks("PreToolUse", matcher) == {}


@pytest.mark.parametrize(
    "command",
    [
        "echo 'Blocked: no edits' && exit 1",
        'jq -e .tool_input.command | grep -q rm && { echo "not allowed" >&2; exit 1; }',
    ],
)
def test_guards_with_the_wrong_exit_code(command):
    assert hooks("PreToolUse", command=command) == {"hooks.PreToolUse command": True}


@pytest.mark.parametrize(
    "command",
    [
        "echo blocked >&2; exit 2",
        "npm test || exit 1",
        'echo \'{"decision": "block"}\'; exit 1',
        "test -f x || { echo denied; exit 1; }; test -f y || exit 2",
    ],
)
def test_guards_that_may_work(command):
    assert hooks("PreToolUse", command=command) == {}


def test_exit_codes_of_other_events_decide_nothing_and_are_left_alone():
    assert hooks("PostToolUse", command="echo blocked && exit 1") == {}


@pytest.mark.parametrize("key", ["allowed-tools", "allowedTools"])
def test_a_subagent_with_the_key_of_another_format(key):
    text = f"---\nname: a\ndescription: b\n{key}: Read, Grep\n---\nx\n"
    assert without_effect(agent_of(".claude/agents/a.md", text)) == {key: True}
    both = text.replace("name: a", "name: a\ntools: Read")
    assert without_effect(agent_of(".claude/agents/a.md", both)) == {}


def test_commands_in_a_subagents_tools_narrow_nothing():
    text = markdown(name="a", description="b", tools="Read, Bash(git diff:*), Agent(helper)")
    agent = agent_of(".claude/agents/a.md", text)
    assert without_effect(agent) == {"tools: Bash(git diff:*)": True}
    fault = known_records(agent.ineffective)[0]
    assert fault.at.within == (6, 22)
    assert value_of(fault.source).startswith("https://github.com/")


def test_a_long_list_ends_with_a_whole_entry():
    entries = [f"Bash(tool{number} run *)" for number in range(9)]
    agent = agent_of(".claude/agents/a.md", markdown(name="a", description="b", tools=", ".join(entries)))
    assert without_effect(agent) == {f"tools: {', '.join(entries[:6])}, …": True}
    assert first_of(["x" * 200]) == "x" * 119 + "…"


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "a"},
        {"name": "a", "description": ""},
        {"name": "review:fast", "description": "b"},
        {"name": "-a", "description": "b"},
        {"description": "b"},
    ],
)
def test_limits_of_a_file_that_is_never_loaded(fields):
    path = ".claude/agents/a.md"
    agent = agent_of(path, markdown(**fields, disallowedTools="Bash", tools="Read"))
    assert without_effect(agent) == {"tools": True}
    assert agent.kind is None
    assert resources_of(path, markdown(**fields)) is None
    assert resources_of("agents/a.md", markdown(description="b", color="red", model="opus")) is None


def test_permissions_of_a_subagent_are_no_field():
    text = "---\nname: a\ndescription: b\npermissions:\n  deny: [Bash]\n---\nx\n"
    assert without_effect(agent_of(".claude/agents/a.md", text)) == {"permissions": True}
