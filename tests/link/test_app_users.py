from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from nhilint.gather import gather
from nhilint.link import link
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

SLACK = {"display_information": {"name": "bot"}, "oauth_config": {"scopes": {"bot": ["chat:write"]}}}


def linked(**files):
    texts = {name: text if isinstance(text, str) else json.dumps(text) for name, text in files.items()}
    gathered = gather(MemoryTree(texts), Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC)))
    return [r for r in link(gathered.resources) if r.kind == "app"]


def users(**files):
    return [
        (user.name.value, user.kind.value, user.by.value)
        for app in linked(**{"slack-manifest.json": SLACK, **files})
        for user in app.facts.users
    ]


def servers(**entries):
    return {"mcpServers": entries}


def local(*variables):
    return {"command": "node", "args": ["server.js"], "env": {name: f"${{{name}}}" for name in variables}}


REFERENCE = {"command": "npx", "args": ["-y", "@modelcontextprotocol/server-slack@2025.4.25"]}


def test_a_tool_that_asks_for_the_apps_token_holds_it():
    assert users(**{".mcp.json": servers(mine=local("SLACK_BOT_TOKEN"))}) == [("mine", "tool", "variable")]


def test_other_variables_name_no_app():
    assert users(**{".mcp.json": servers(mine=local("SLACK_SIGNING_SECRET", "GITHUB_TOKEN"))}) == []


def test_the_only_tool_of_the_platform_counts_as_the_weaker_link():
    assert users(**{".mcp.json": servers(slack=REFERENCE)}) == [("slack", "tool", "provider")]


def test_a_name_beats_the_platform_and_two_tools_of_a_platform_say_nothing():
    both = servers(slack=REFERENCE, mine=local("SLACK_BOT_TOKEN"))
    assert users(**{".mcp.json": both}) == [("mine", "tool", "variable")]
    assert users(**{".mcp.json": servers(a=REFERENCE, b=REFERENCE)}) == []


def test_two_apps_of_a_platform_are_linked_to_nobody():
    other = {**SLACK, "display_information": {"name": "other"}}
    assert users(**{".mcp.json": servers(mine=local("SLACK_BOT_TOKEN")), "slack-other.json": other}) == []


def test_an_app_of_a_test_is_no_second_one():
    other = {**SLACK, "display_information": {"name": "other"}}
    files = {".mcp.json": servers(mine=local("SLACK_BOT_TOKEN")), "tests/slack-other.json": other}
    assert users(**files) == [("mine", "tool", "variable")]


def test_a_job_that_is_given_the_secret_holds_it():
    workflow = """
on: push
jobs:
  post:
    runs-on: ubuntu-latest
    steps:
      - name: tell
        uses: slackapi/slack-github-action@v2
        with: {token: "${{ secrets.SLACK_BOT_TOKEN }}"}
"""
    ((_, kind, by),) = users(**{".github/workflows/a.yml": workflow})
    assert (kind, by) == ("job", "variable")
