"""Configuration of Grok Build: rules by strength, the mode of a home folder, servers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from nhilint.evaluate.activation import activate
from nhilint.formats.grok import settings as grok
from nhilint.formats.grok.claims import CLAIMS
from nhilint.link import link
from nhilint.model.fact import Unknown, known_records, value_of
from nhilint.source.document import Document, Syntax
from tests.formats.assistants import agents, extract, rules
from tests.odd_values import odd_values

PATH = ".grok/config.toml"


def test_lists_and_tables_by_strength():
    text = """
[permission]
allow = ["Bash(cargo test *)", "MCPTool(sales__*)", "WebFetch"]
deny = ["Bash(rm -rf *)", "WebFetch"]
rules = [{ action = "ask", tool = "edit" }, { action = "allow", tool = "bash" }, { action = "may", tool = "read" }]
"""
    (found,) = agents("grok", PATH, text)
    assert [(rule, effect, effective) for rule, effect, _, effective in rules(found)] == [
        ("Bash(rm -rf *)", "deny", True),
        ("WebFetch", "deny", True),
        ("Edit", "ask", True),
        ("Bash(cargo test *)", "allow", True),
        ("MCPTool(sales__*)", "allow", True),
        ("WebFetch", "allow", False),
        ("Bash", "allow", True),
    ]
    assert value_of(known_records(found.permissions)[4].server) == "sales"


@pytest.mark.parametrize(
    ("path", "mode", "autonomy"),
    [
        ("dotfiles/.grok/config.toml", "always-approve", "ungated"),
        ("etc/grok/managed_config.toml", "auto", "classifier_gated"),
        (PATH, "always-approve", None),
    ],
)
def test_the_mode_of_a_project_is_not_read(path, mode, autonomy):
    (found,) = agents("grok", path, f'[ui]\npermission_mode = "{mode}"\n')
    assert value_of(found.autonomy) == autonomy


def test_a_mode_that_is_not_documented():
    (found,) = agents("grok", "dot_grok/config.toml", '[ui]\npermission_mode = "fast"\n')
    assert isinstance(found.autonomy, Unknown)


def test_servers():
    text = """
[mcp_servers.web]
command = "npx"
args = ["-y", "@playwright/mcp@latest"]
env = { API_KEY = "${MY_API_KEY}" }
[mcp_servers.off]
url = "https://mcp.example.com/mcp"
enabled = false
"""
    web, off = (resource.facts for resource in extract("grok", PATH, text).resources)
    assert (web.client.value, web.package.pin.value) == ("grok-build", "tag")
    assert [c.source.value for c in web.credentials] == ["env"]
    assert (off.transport.value, off.enabled.value) == ("http", False)


def test_a_file_of_somebody_else():
    assert not extract("grok", PATH, 'title = "x"\n').recognised


KEYS = [
    "permission",
    "allow",
    "deny",
    "ask",
    "rules",
    "action",
    "tool",
    "pattern",
    "ui",
    "permission_mode",
    "mcp_servers",
    "command",
]
odd = odd_values(KEYS, ["bash", "allow", "Bash(", "MCPTool(a__*)", "auto", ""])


@given(odd)
@settings(max_examples=120, deadline=None)
def test_any_value_is_read_or_left(value):
    for whole in (value, {"permission": value, "ui": value, "mcp_servers": {"a": value}}):
        for resource in link(
            grok.extract(Document("home/.grok/config.toml", Syntax.TOML, "", whole), CLAIMS[0]).resources
        ):
            activate(resource.facts)
