from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.gather import gather
from nhilint.link import link
from nhilint.model.fact import Unknown
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

GOOGLE = "https://www.googleapis.com/auth/"
NOTION = "https://mcp.notion.com/mcp"


def linked(oauth, url=NOTION, **files):
    server = {"type": "http", "url": url, "oauth": oauth}
    files = {f"{name}.json": json.dumps(value) for name, value in files.items()}
    tree = MemoryTree({".mcp.json": json.dumps({"mcpServers": {"docs": server}}), **files})
    gathered = gather(tree, Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC)))
    return link(gathered.resources)


def auth(resources):
    (tool,) = [resource.facts for resource in resources if resource.kind == "tool"]
    return tool.auth


def beyond(scopes, url=NOTION):
    return [scope.id.value for scope in auth(linked({"scopes": scopes}, url)).beyond_need]


def realm(*names):
    return {"realm": "acme", "clients": [{"clientId": name} for name in names]}


def test_a_grave_scope_that_no_function_touches_is_beyond_the_need():
    assert beyond(f"openid {GOOGLE}drive {GOOGLE}cloud-platform") == [f"{GOOGLE}cloud-platform"]


def test_a_changing_scope_is_beyond_a_server_that_only_reads():
    assert beyond("project repo", "https://api.githubcopilot.com/mcp/readonly") == []
    assert beyond("admin:org", "https://api.githubcopilot.com/mcp/readonly") == ["admin:org"]
    assert beyond("admin:org", "https://api.githubcopilot.com/mcp/x/all/readonly") == ["admin:org"]


@pytest.mark.parametrize("scopes", ["openid email", f"{GOOGLE}drive.readonly", f"{GOOGLE}documents"])
def test_what_the_functions_use_and_what_is_harmless_is_not(scopes):
    assert beyond(scopes) == []


def test_a_tool_of_which_nothing_is_known_stays_undecided():
    (found,) = auth(linked({"scopes": f"{GOOGLE}drive"}, "https://mcp.acme-ledger.com/mcp")).beyond_need
    assert isinstance(found, Unknown)


def test_a_scope_that_nobody_knows_stays_undecided():
    (found,) = auth(linked({"scopes": "ledger:everything"})).beyond_need
    assert isinstance(found, Unknown)


def test_tool_and_client_meet_by_the_id_of_the_client():
    resources = linked({"clientId": "agent-tools"}, realm=realm("agent-tools", "portal"))
    assert auth(resources).app.value == "agent-tools"
    used = {resource.name: resource.facts.used_by for resource in resources if resource.kind == "app"}
    assert used["agent-tools"].value == ("docs",)
    assert used["portal"] is None


def test_an_id_that_two_registrations_have_names_neither():
    resources = linked({"clientId": "a"}, realm=realm("a"), other_realm=realm("a"))
    assert auth(resources).app is None
    assert all(resource.facts.used_by is None for resource in resources if resource.kind == "app")


def test_an_id_that_is_filled_in_later_names_nobody():
    assert auth(linked({"clientId": "${CLIENT}"}, realm=realm("a"))).app is None
    assert isinstance(auth(linked({"clientId": "${CLIENT}"})).client_id, Unknown)


def test_a_server_without_oauth_settings_is_left_alone():
    found = auth(linked("none"))
    assert found.client_id is None
    assert found.beyond_need == ()
