"""What changes around agents and tools: lists of tools, hooks, servers, approvals, other names."""

from __future__ import annotations

import json

from tests.delta.two_states import delta, server, settings, words, workflow

SUBAGENT = "---\nname: reviewer\ndescription: d\n{}---\nRead.\n"


def subagent(tools=""):
    return {".claude/agents/reviewer.md": SUBAGENT.format(f"tools: {tools}\n" if tools else "")}


def hooks(**events):
    entries = {
        event: [{"hooks": [{"type": "command", "command": command}]} for command in commands]
        for event, commands in events.items()
    }
    return {".claude/settings.json": json.dumps({"hooks": entries})}


class TestToolsOfAnAgent:
    def test_a_list_that_is_dropped_is_every_tool_and_no_loss(self):
        """Without a list a subagent has all tools of its product: the list's own are still among them."""
        before, after = subagent("Read, Grep"), subagent()
        assert "may use every tool of its product" in words(before, after)
        assert not [said for said in words(before, after, "narrowed") if said.startswith("can")]

    def test_a_list_that_comes_narrows(self):
        before, after = subagent(), subagent("Read")
        assert "may no longer use every tool of its product" in words(before, after, "narrowed")
        assert words(before, after) == []

    def test_settings_do_not_give_what_the_product_has_anyway(self):
        assert words({}, settings(deny=["WebFetch"])) == []


class TestHooks:
    def test_the_last_program_that_looks_at_calls(self):
        before, after = hooks(PreToolUse=["./check.sh"]), hooks()
        said = "has no program look at its calls before they are made any more (PreToolUse)"
        assert said in words(before, after)
        assert said not in words(before, hooks(PreToolUse=["./other.sh"]))

    def test_another_program_is_another_power(self):
        before, after = hooks(SessionStart=["./a.sh"]), hooks(SessionStart=["./b.sh"])
        assert words(before, after) == ["runs ./b.sh by itself (on SessionStart)"]


class TestTools:
    def test_a_new_package_says_at_once_how_it_is_fixed(self):
        assert "runs files-mcp in whatever version is newest" in words({}, server("-y", "files-mcp"))
        assert "runs files-mcp at 1.2.3" in words({}, server("-y", "files-mcp@1.2.3"))

    def test_another_version_is_no_authority(self):
        assert delta(server("-y", "files-mcp@1.2.3"), server("-y", "files-mcp@1.2.4")) == ()

    def test_a_program_on_the_same_machine_needs_no_proof(self):
        assert not any("without proof" in said for said in words({}, server("-y", "files-mcp@1.2.3")))
        remote = {".mcp.json": json.dumps({"mcpServers": {"a": {"type": "http", "url": "https://mcp.acme.example"}}})}
        assert "is called without proof of who calls" in words({}, remote)

    def test_read_only_no_more(self):
        before, after = server("-y", "a@1.0.0", "--read-only"), server("-y", "a@1.0.0")
        assert "is no longer started read-only" in words(before, after)


class TestTheSameActor:
    def test_a_server_under_another_name(self):
        entry = json.loads(server("-y", "files-mcp@1.2.3")[".mcp.json"])["mcpServers"]["files"]
        renamed = {".mcp.json": json.dumps({"mcpServers": {"documents": {**entry, "args": ["-y", "files-mcp"]}}})}
        (found,) = delta(server("-y", "files-mcp@1.2.3"), renamed)
        assert (found.state, found.name, found.formerly) == ("changed", "documents", "files")

    def test_a_pipeline_under_another_name(self):
        before, after = workflow("contents: read"), workflow("contents: write")
        after = {path: text.replace("name: triage", "name: sorting") for path, text in after.items()}
        (found,) = delta(before, after)
        assert (found.state, found.name, found.formerly) == ("changed", "sorting", "triage")

    def test_what_has_little_in_common_is_another_one(self):
        other = {".mcp.json": json.dumps({"mcpServers": {"web": {"type": "http", "url": "https://mcp.acme.example"}}})}
        assert {found.state for found in delta(server("-y", "files-mcp@1.2.3"), other)} == {"added", "removed"}


class TestTheTokenOfAnAgent:
    STEP = "- uses: anthropics/claude-code-action@v1\n        with: {{prompt: hi{}}}"

    def states(self):
        """The action takes its own app's token where it is given none: more than the job states."""
        given = self.STEP.format(", github_token: '${{ secrets.GITHUB_TOKEN }}'")
        return (
            workflow("contents: read, id-token: write", steps=given),
            workflow("contents: read, id-token: write", steps=self.STEP.format("")),
        )

    def test_what_a_line_that_is_gone_gives(self):
        before, after = self.states()
        assert "may change code and releases with its token (contents: write)" in words(before, after)

    def test_the_identity_of_the_job_stays(self):
        before, after = self.states()
        said = [*words(before, after), *words(after, before)]
        assert not any("id-token" in entry for entry in said)

    def test_writing_includes_reading(self):
        before, after = workflow("contents: read"), workflow("contents: write")
        assert words(before, after, "narrowed") == []
        assert words(after, before) == []
