"""Plug-ins for Codex, Copilot and Cursor: what a manifest runs and starts by itself, and whose file it is."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.api import scan
from nhilint.evaluate.activation import activate
from nhilint.formats.codex import marketplace as codex_marketplace
from nhilint.formats.codex import plugin as codex_plugin
from nhilint.formats.codex.claims import CLAIMS as CODEX
from nhilint.formats.copilot import plugin as copilot_plugin
from nhilint.formats.copilot import repository_settings
from nhilint.formats.copilot.claims import CLAIMS as COPILOT
from nhilint.formats.cursor import plugin as cursor_plugin
from nhilint.formats.cursor.claims import CLAIMS as CURSOR
from nhilint.formats.registry import Recogniser, claims, reader_of
from nhilint.knowledge.credentials.sample import sample
from nhilint.link import link
from nhilint.model.fact import known_records, value_of
from nhilint.model.vocabulary.agent import Agent
from nhilint.model.vocabulary.tool import Tool
from nhilint.source.document import Document, Syntax, read
from tests.odd_values import odd_values

OURS = (*CODEX, *COPILOT, *CURSOR)
CODEX_HOOK = {"hooks": {"Stop": [{"hooks": [{"type": "command", "command": "npx -y tidy"}]}]}}
COPILOT_HOOK = {"version": 1, "hooks": {"preToolUse": [{"type": "command", "bash": "npx -y tidy"}]}}


def resources_of(path, content):
    """What the first claim of any family that recognises the file makes of it."""
    data = json.dumps(content).encode()
    for claim in Recogniser(claims()).recognise(path, data):
        extraction = reader_of(claim).extract(read(path, data, claim.syntax), claim)
        if extraction.recognised:
            return extraction.resources
    return ()


def agent_of(path, content):
    return next(one.facts for one in resources_of(path, content) if isinstance(one.facts, Agent))


@pytest.mark.parametrize("hooks", [CODEX_HOOK, CODEX_HOOK["hooks"], [CODEX_HOOK, CODEX_HOOK]])
def test_hooks_in_a_manifest_run_by_themselves(hooks):
    agent = agent_of("p/.codex-plugin/plugin.json", {"name": "tidy", "version": "1", "hooks": hooks})
    assert {value_of(one.event) for one in known_records(agent.commands)} == {"Stop"}
    assert value_of(agent.product) == "codex"
    assert len(known_records(agent.commands)) == (len(hooks) if isinstance(hooks, list) else 1)


@pytest.mark.parametrize(
    ("path", "client"),
    [
        (".codex-plugin/plugin.json", "codex"),
        (".github/plugin/plugin.json", "copilot"),
        (".plugin/plugin.json", "copilot"),
        ("plugins/web/plugin.json", "copilot"),
        (".cursor-plugin/plugin.json", "cursor"),
    ],
)
@pytest.mark.parametrize("wrapped", [False, True])
def test_servers_in_a_manifest_are_the_products(path, client, wrapped):
    servers = {"web": {"command": "web-mcp", "args": ["--all"]}}
    stated = {"mcpServers": servers} if wrapped else servers
    found = resources_of(path, {"name": "web", "version": "1", "mcpServers": stated})
    (tool,) = [one.facts for one in found if isinstance(one.facts, Tool)]
    assert (value_of(tool.name), value_of(tool.client)) == ("web", client)


def test_a_header_that_codex_drops_still_holds_a_secret():
    token = sample("github-pat-fine-grained", 0)
    server = {"url": "https://mcp.example.com/", "headers": {"Authorization": f"Bearer {token}"}}
    found = resources_of(".codex-plugin/plugin.json", {"name": "web", "mcpServers": {"web": server}})
    (tool,) = [one.facts for one in found if isinstance(one.facts, Tool)]
    assert [value_of(one.source) for one in known_records(tool.credentials)] == ["literal"]
    assert token not in repr(found)


@pytest.mark.parametrize(
    ("path", "content"),
    [
        (".codex-plugin/plugin.json", {"version": "1", "skills": "./skills/"}),
        (".codex-plugin/plugin.json", {"name": "alone"}),
        (".codex-plugin/plugin.json", ["name"]),
        ("public/plugin.json", {"name": "Panel", "id": "acme-panel", "type": "panel", "skills": "x"}),
        ("plugin.json", {"name": "mod", "main": "com.acme.Mod", "commands": {"go": {}}, "hooks": []}),
        ("plugin.json", {"name": "mod", "version": "1", "description": '"skills"'}),
        (".qoder-plugin/plugin.json", {"name": "tidy", "skills": "./skills/", "hooks": "./hooks.json"}),
        (".agents/plugins/marketplace.json", {"name": "m", "plugins": {}}),
        ("hooks.json", {"hooks": {"preToolUse": [{"command": "x"}]}, "note": '"bash"'}),
        (".github/copilot/settings.json", []),
    ],
)
def test_other_files_of_the_same_name(path, content):
    assert resources_of(path, content) == ()


def test_claudes_own_manifest_stays_claudes():
    agent = agent_of(
        ".claude-plugin/plugin.json", {"name": "tidy", "skills": "./skills/", "hooks": CODEX_HOOK["hooks"]}
    )
    assert value_of(agent.product) == "claude-code"


@pytest.mark.parametrize("path", ["hooks.json", "plugins/tidy/hooks.json", "hooks/copilot-hooks.json"])
def test_a_plugins_file_of_hooks(path):
    agent = agent_of(path, COPILOT_HOOK)
    assert (value_of(agent.product), value_of(agent.kind)) == ("copilot", "plugin")
    assert [value_of(one.command) for one in known_records(agent.commands)] == ["npx -y tidy"]


@pytest.mark.parametrize(
    ("source", "where", "pin"),
    [
        ({"source": "local", "path": "./plugins/x"}, "./plugins/x", "local"),
        ({"source": "url", "url": "./"}, "./", "local"),
        ({"source": "url", "url": "https://github.com/a/b.git"}, "a/b", "none"),
        ({"source": "git-subdir", "url": "a/b", "path": "p", "ref": "v1"}, "a/b", "tag"),
        ({"source": "git-subdir", "url": "a/b", "path": "p", "sha": "0a" * 20}, "a/b", "digest"),
        ({"source": "npm", "package": "@a/b", "version": "^1"}, "@a/b", "tag"),
    ],
)
def test_sources_of_a_codex_marketplace(source, where, pin):
    content = {"name": "m", "plugins": [{"name": "p", "source": source}]}
    (plugin,) = known_records(agent_of(".agents/plugins/marketplace.json", content).plugins)
    assert (value_of(plugin.source), value_of(plugin.pin)) == (where, pin)


@pytest.mark.parametrize(
    ("path", "name", "official"),
    [
        (".agents/plugins/marketplace.json", "openai-curated", True),
        (".agents/plugins/marketplace.json", "claude-plugins-official", False),
        (".github/plugin/marketplace.json", "copilot-plugins", True),
        (".github/plugin/marketplace.json", "awesome-copilot", False),
    ],
)
def test_whose_marketplace_it_is(path, name, official):
    content = {"name": name, "plugins": [{"name": "p", "source": {"source": "github", "repo": "a/b"}}]}
    (plugin,) = known_records(agent_of(path, content).plugins)
    assert value_of(plugin.official) is official


def test_copilot_takes_only_some_settings_from_a_repository():
    content = {
        "permissions": {"disableBypassPermissionsMode": "disable", "allow": ["Read(**)"]},
        "sandbox": {"enabled": True},
        "strictKnownMarketplaces": [],
        "deniedUrls": ["evil.example"],
        "disabledMcpServers": ["web"],
        "enabledPlugins": {"a@team": True},
        "extraKnownMarketplaces": {"team": {"source": {"source": "github", "repo": "o/r"}, "autoUpdate": True}},
        "hooks": COPILOT_HOOK["hooks"],
    }
    agent = agent_of(".github/copilot/settings.json", content)
    dropped = {value_of(one.setting) for one in known_records(agent.ineffective)}
    assert dropped == {"permissions.disableBypassPermissionsMode", "sandbox"}
    (plugin,) = known_records(agent.plugins)
    assert (value_of(plugin.source), plugin.auto_update) == ("o/r", None)
    assert value_of(agent.servers_rejected) == ("web",)
    assert len(known_records(agent.commands)) == 1


def test_hooks_that_a_repository_switches_off_do_not_run():
    agent = agent_of(".github/copilot/settings.local.json", {"disableAllHooks": True, "hooks": COPILOT_HOOK["hooks"]})
    assert (agent.commands, value_of(agent.level)) == ((), "local")


@pytest.mark.parametrize(
    ("manifest", "client", "faults"),
    [
        ("p/.codex-plugin/plugin.json", "codex", 0),
        ("p/plugin.json", "copilot", 0),
        ("p/.claude-plugin/plugin.json", "claude-code", 1),
        ("q/.codex-plugin/plugin.json", "claude-code", 1),
    ],
)
def test_an_address_without_a_type_in_the_list_of_a_plugin(manifest, client, faults):
    files = {
        manifest: {"name": "p", "version": "1", "mcpServers": "./.mcp.json"},
        "p/.mcp.json": {"mcpServers": {"web": {"url": "https://mcp.example.com/mcp"}}},
    }
    found = link(tuple(one for path, content in files.items() for one in resources_of(path, content)))
    (tool,) = [one.facts for one in found if isinstance(one.facts, Tool)]
    assert value_of(tool.client) == client
    assert len(known_records(tool.ineffective)) == faults


KEYS = [
    "name", "version", "skills", "hooks", "mcpServers", "Stop", "preToolUse", "command", "bash", "url", "headers",
    "plugins", "source", "sha", "path", "permissions", "disableBypassPermissionsMode", "sandbox", "enabled", "model",
    "enabledPlugins", "extraKnownMarketplaces", "team", "disabledMcpServers", "disableAllHooks", "$schema",
]  # fmt: skip
odd = odd_values(KEYS, ["a", "{{ x }}", "./", ""])


@given(st.dictionaries(st.sampled_from(KEYS), odd, max_size=8) | odd)
@settings(max_examples=150, deadline=None)
@pytest.mark.parametrize(
    "module", [codex_plugin, codex_marketplace, copilot_plugin, repository_settings, cursor_plugin]
)
def test_any_value_is_read_or_left(module, value):
    for claim in OURS:
        if claim.reads == module.__name__.removeprefix("nhilint.formats."):
            document = Document("plugin.json", Syntax.JSON, "", value)
            for resource in module.extract(document, claim).resources:
                activate(resource.facts)


def test_large_manifests_end():
    servers = [{f"s{n}": {"command": "x"} for n in range(5_000)}] * 50
    hooks = [{"Stop": [{"command": "x"}] * 100}] * 5_000
    value = {"name": "big", "version": "1", "mcpServers": servers, "hooks": hooks}
    (claim,) = (one for one in CODEX if one.format == "codex-plugin")
    agent, *tools = codex_plugin.extract(Document("plugin.json", Syntax.JSON, "", value), claim).resources
    assert len(tools) == 200
    assert len(agent.facts.commands) == 200 * 100


def test_twins_of_one_plugin_are_told_once(tmp_path):
    hook = {"Stop": [{"hooks": [{"type": "command", "command": "npx -y tidy"}]}]}
    market = {"name": "acme", "plugins": [{"name": "p", "source": {"source": "github", "repo": "a/b"}}]}
    spelt = {
        "name": "acme",
        "plugins": [{"name": "p", "source": {"source": "url", "url": "https://github.com/a/b.git"}}],
    }
    files = {
        ".claude-plugin/plugin.json": {"name": "tidy", "version": "1", "hooks": hook},
        ".codex-plugin/plugin.json": {"name": "tidy", "version": "1", "hooks": hook},
        ".claude-plugin/marketplace.json": market,
        ".github/plugin/marketplace.json": market,
        ".agents/plugins/marketplace.json": spelt,
    }
    for path, content in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(json.dumps(content))
    run = scan(tmp_path, select=["configured-command-runs-unpinned-package", "unpinned-agent-plugin"])
    assert sorted((one.check, len(one.copies)) for one in run.findings) == [
        ("configured-command-runs-unpinned-package", 1),
        ("unpinned-agent-plugin", 2),
    ]
