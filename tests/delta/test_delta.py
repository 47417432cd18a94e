"""What a change does to authority, from two trees: who gained what, in which words, and what is left unsaid."""

from __future__ import annotations

import pytest

from tests.delta.two_states import allow, delta, mode, role, server, settings, words, workflow


class TestWidened:
    @pytest.mark.parametrize(
        ("before", "after", "said"),
        [
            (settings(deny=["Read(.env)"]), settings(), "is no longer denied Read(.env)"),
            (settings(), settings(allow=["Bash(git push *)"]), "may use Bash(git push *) without a question"),
            (settings(ask=["WebFetch"]), settings(), "need no longer ask before WebFetch"),
            (
                mode("plan"),
                mode("bypassPermissions"),
                "acts without asking anybody; before, it only suggested",
            ),
            ({}, mode("bypassPermissions"), "acts without asking anybody"),
            (
                workflow("contents: read"),
                workflow("contents: write"),
                "may change code and releases with its token (contents: write)",
            ),
            (
                server("-y", "files-mcp@1.2.3"),
                server("-y", "files-mcp"),
                "takes files-mcp in whatever version is newest; before, it took files-mcp at 1.2.3",
            ),
            (role(allow("s3:GetObject")), role(allow("s3:*")), "may do s3:*"),
            (role(allow("*"), allow("iam:*", effect="Deny")), role(allow("*")), "is no longer denied iam:*"),
        ],
    )
    def test_in_words(self, before, after, said):
        assert said in words(before, after)
        assert said not in words(after, before)

    def test_what_is_no_longer_stated_is_narrowed(self):
        stated, silent = mode("bypassPermissions"), {".codebuddy/settings.json": "{}"}
        assert words(stated, silent, "narrowed") == ["no longer acts without asking anybody"]

    def test_the_other_way_round_it_is_narrowed(self):
        assert "is denied Read(.env)" in words(settings(), settings(deny=["Read(.env)"]), "narrowed")
        assert words(settings(), settings(deny=["Read(.env)"])) == []

    def test_a_secret_is_told_without_its_value(self):
        from nhilint.knowledge.credentials.sample import sample

        token = sample("github-pat-classic", 1)
        said = delta(server("x"), server("x", env={"GITHUB_TOKEN": token}))
        assert any("in clear (GITHUB_TOKEN)" in shift.words for found in said for shift in found.shifts)
        assert token not in repr(said)


class TestTheJoin:
    def test_a_consequence_of_what_else_is_true(self):
        step = "- uses: anthropics/claude-code-action@v1\n        with: {allowed_non_write_users: '*', prompt: hi}"
        before, after = (workflow(f"contents: {access}", steps=step) for access in ("read", "write"))
        found = next(d for d in delta(before, after) if any("contents: write" in s.words for s in d.shifts))
        assert "anybody can start it" in found.consequence or "outsiders" in found.consequence

    def test_an_actor_of_a_file_that_did_not_change(self):
        """The subagent stands in one file; the server that it may use gets a way out in another."""
        agent = {".claude/agents/a.md": "---\nname: a\ndescription: d\ntools: [mcp__files__read]\n---\nRead.\n"}
        before, after = agent | server("-y", "files-mcp@1.0.0"), agent
        assert {found.name for found in delta(before, after)} >= {"files"}


class TestUnsaid:
    def test_nothing_changed(self):
        assert delta(settings(allow=["Read"]), settings(allow=["Read"])) == ()

    def test_order_and_lines_are_no_authority(self):
        before = settings(allow=["Read", "Bash(ls)"], deny=["WebFetch"])
        after = {".claude/settings.json": '\n\n{"permissions":{"deny":["WebFetch"],"allow":["Bash(ls)","Read"]}}'}
        assert delta(before, after) == ()

    def test_a_moved_file_is_the_same_actor(self):
        moved = {"deploy/.mcp.json": server("-y", "a@1.0.0")[".mcp.json"]}
        assert delta(server("-y", "a@1.0.0"), moved) == ()

    def test_a_narrower_action_within_a_wider_one_is_not_gained(self):
        assert words(role(allow("s3:*")), role(allow("s3:GetObject"))) == []
        assert "may no longer do s3:*" in words(role(allow("s3:*")), role(allow("s3:GetObject")), "narrowed")

    def test_files_of_tests_declare_nobody(self):
        inside = {f"tests/{name}": text for name, text in mode("bypassPermissions").items()}
        assert delta({}, inside) == ()


def test_worst_first_and_with_lines():
    after = settings(allow=["Bash(ls)"]) | mode("bypassPermissions") | workflow("contents: write")
    found = delta(settings() | workflow("contents: read"), after)
    assert [d.weight for d in found] == sorted((d.weight for d in found), reverse=True)
    assert all(shift.line for d in found for shift in d.shifts)
    gone = next(s for d in delta(settings(deny=["WebFetch"]), settings()) for s in d.shifts)
    assert (gone.gone, gone.line) == (True, 4)


def test_the_gate_itself_comes_first():
    before = {".nhilint/config.yaml": "fail_on: medium\n"}
    found = delta(before, {".nhilint/config.yaml": "fail_on: critical\n"} | settings(allow=["Read"]))
    assert (found[0].kind, found[0].shifts[0].words) == (
        "gate",
        "raises fail_on from medium to critical, and no code owner must agree",
    )
