"""Where plug-ins come from and how firmly they are fixed."""

from __future__ import annotations

import pytest

from nhilint.model.fact import known_records, value_of
from nhilint.model.vocabulary.tool import Tool
from tests.formats.claude.reading import agent_of, resources_of, settings

COMMIT = "4f1c2d3e5a6b7c8d9e0f1a2b3c4d5e6f7a8b9c0d"


@pytest.mark.parametrize(
    ("source", "where", "pin"),
    [
        ("./plugins/x", "./plugins/x", "local"),
        ("formatter", "formatter", "local"),
        ({"source": "github", "repo": "a/b"}, "a/b", "none"),
        ({"source": "github", "repo": "a/b", "ref": "v1"}, "a/b", "tag"),
        ({"source": "github", "repo": "a/b", "ref": "main"}, "a/b", "tag"),
        ({"source": "github", "repo": "a/b", "ref": "v1.2.3"}, "a/b", "version"),
        ({"source": "github", "repo": "a/b", "ref": "notes-v1.2.3-rc.1"}, "a/b", "version"),
        ({"source": "github", "repo": "a/b", "ref": "v1", "sha": COMMIT}, "a/b", "digest"),
        ({"source": "url", "url": "https://g.example/b.git", "sha": "abc"}, "https://g.example/b.git", "none"),
        ({"source": "npm", "package": "@a/b", "version": "1.2.3"}, "@a/b", "digest"),
        ({"source": "npm", "package": "@a/b", "version": "^1.2"}, "@a/b", "tag"),
        ({"source": "npm", "package": "@a/b"}, "@a/b", "none"),
        ({"source": "archive", "url": "https://x.example/p.zip"}, "https://x.example/p.zip", "none"),
        ({"source": "archive", "url": "https://x.example/p.zip", "sha256": "00"}, "https://x.example/p.zip", "digest"),
    ],
)
def test_sources_of_a_marketplace(source, where, pin):
    content = {"name": "m", "owner": {"name": "o"}, "plugins": [{"name": "p", "source": source}]}
    plugin = known_records(agent_of(".claude-plugin/marketplace.json", content).plugins)[0]
    assert (value_of(plugin.source), value_of(plugin.pin)) == (where, pin)


def test_switched_on_plugins():
    content = {
        "enabledPlugins": {"a@team": True, "b@team": False, "c@claude-plugins-official": True},
        "extraKnownMarketplaces": {"team": {"source": {"source": "github", "repo": "o/r"}, "autoUpdate": True}},
    }
    first, second = known_records(settings(content).plugins)
    assert (value_of(first.name), value_of(first.source), value_of(first.auto_update)) == ("a", "o/r", True)
    assert (value_of(second.name), value_of(second.official), second.pin) == ("c", True, None)


def test_a_manifest_with_hooks_monitors_and_servers():
    content = {
        "name": "tidy",
        "hooks": {"Stop": [{"hooks": [{"type": "command", "command": "npx -y x"}]}]},
        "experimental": {"monitors": [{"name": "m", "command": "tail -F log"}]},
        "mcpServers": {"web": {"command": "web-mcp"}},
    }
    agent, server = resources_of("p/.claude-plugin/plugin.json", content)
    assert [value_of(c.event) for c in known_records(agent.facts.commands)] == ["Stop", "monitor"]
    assert isinstance(server.facts, Tool)


@pytest.mark.parametrize("content", [[], {"name": 3}, {"plugins": {}}])
def test_other_files_of_the_same_name(content):
    assert resources_of(".claude-plugin/marketplace.json", content) is None
    assert resources_of(".claude-plugin/plugin.json", content) is None
