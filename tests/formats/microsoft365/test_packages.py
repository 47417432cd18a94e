"""What the files of a Microsoft 365 app package turn into, and that no content makes their readers raise."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.formats.microsoft365 import agent, app, plugin
from nhilint.formats.microsoft365.claims import CLAIMS
from nhilint.model.fact import Unknown
from nhilint.model.resource import Extraction
from nhilint.source.document import Document, Syntax, read

CLAIM = {claim.format: claim for claim in CLAIMS}
TEAMS = {"manifestVersion": "1.21", "id": "x", "name": {"short": "desk"}}


def extracted(module, content, name):
    document = read("appPackage/file.json", json.dumps(content).encode(), Syntax.JSON)
    return module.extract(document, CLAIM[f"microsoft365-{name}"])


def manifest(**keys):
    return extracted(app, {**TEAMS, **keys}, "app").resources[0].facts


def tool(function, auth="None", **capabilities):
    runtime = {"type": "OpenApi", "auth": {"type": auth}, "spec": {"url": "a.yaml"}, "run_for_functions": ["*"]}
    content = {
        "schema_version": "v2.4",
        "namespace": "desk",
        "functions": [{"name": function, "capabilities": capabilities}],
        "runtimes": [runtime],
    }
    return extracted(plugin, content, "plugin").resources[0].facts


def test_permissions_over_one_team_say_whose_they_are():
    asked = [
        {"name": "ChannelMessage.Read.Group", "type": "Application"},
        {"name": "MailboxItem.Read.User", "type": "Delegated"},
        {"name": "${{PERMISSION}}", "type": "Application"},
    ]
    scopes = manifest(authorization={"permissions": {"resourceSpecific": asked}}).scopes
    assert [scope.acts_as.value for scope in scopes[:2]] == ["app", "user"]
    assert scopes[0].sensitivity.value == "medium"
    assert isinstance(scopes[2], Unknown)


def test_pages_with_a_star_say_what_it_leaves_open():
    pages = manifest(validDomains=["*.ngrok.io", "desk.example.com", "${{TAB}}"]).pages
    assert [page.wildcard.value for page in pages[:2]] == ["host", "none"]
    assert isinstance(pages[2], Unknown)


@pytest.mark.parametrize("key", ["copilotAgents", "copilotExtensions"])
def test_an_app_with_an_agent_says_so(key):
    name = "declarativeAgents" if key == "copilotAgents" else "declarativeCopilots"
    assert manifest(**{key: {name: [{"id": "a", "file": "a.json"}]}}).is_agent.value is True
    assert manifest().is_agent.value is False


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("deleteRecord", True),
        ("api_now_table_item_post", True),
        ("CreateIncident", True),
        ("getOrders", False),
        ("addressOf", False),
        ("list-settings", False),
        ("repairs_get", False),
        ("prepare-add-holding", False),
        ("getUpdateHistory", False),
    ],
)
def test_names_tell_what_changes_something(name, changes):
    assert plugin.changes_something(name) is changes
    assert tool(name).changing_tools.value == ((name,) if changes else ())


@pytest.mark.parametrize(
    ("auth", "kind"), [("None", "none"), ("OAuthPluginVault", "oauth"), ("ApiKeyPluginVault", "static")]
)
def test_how_a_runtime_proves_itself(auth, kind):
    assert tool("getOrders", auth).auth.kind.value == kind


def test_only_a_change_that_is_declared_harmless_is_waived():
    harmless = {"confirmation": {"type": "AdaptiveCard", "isNonConsequential": True}}
    assert tool("closeTicket", **harmless).confirmation_waived.value == ("closeTicket",)
    assert tool("getTicket", **harmless).confirmation_waived is None
    assert tool("closeTicket", confirmation={"type": "AdaptiveCard"}).confirmation_waived is None


def test_a_server_of_the_model_context_protocol_has_its_address():
    runtime = {"type": "RemoteMCPServer", "auth": {"type": "None"}, "spec": {"url": "http://tools.example.com/mcp"}}
    content = {"schema_version": "v2.4", "namespace": "desk", "functions": [], "runtimes": [runtime]}
    facts = extracted(plugin, content, "plugin").resources[0].facts
    assert facts.kind.value == "mcp_server"
    assert facts.endpoint.scheme.value == "http"


def test_what_a_declarative_agent_may_search():
    content = {
        "name": "desk",
        "instructions": "help",
        "capabilities": [{"name": "Email"}, {"name": "GraphicArt"}, {"name": "${{MORE}}"}],
        "worker_agents": [{"file": "other.json"}],
    }
    facts = extracted(agent, content, "agent").resources[0].facts
    assert facts.capabilities[0].category.value == "mail"
    assert facts.capabilities[0].reads_untrusted.value is True
    assert isinstance(facts.capabilities[1], Unknown)
    assert facts.delegations[0].target.value == "other.json"
    assert facts.acts_as.value == "user_proxy"


KEYS = st.sampled_from(
    [
        *("manifestVersion", "id", "name", "short", "authorization", "permissions", "resourceSpecific", "type"),
        *("validDomains", "copilotAgents", "declarativeAgents", "functions", "runtimes", "auth", "spec", "url"),
        *("run_for_functions", "capabilities", "confirmation", "isNonConsequential", "instructions", "worker_agents"),
        *("schema_version", "webApplicationInfo", "applicationPermissions", "file"),
    ]
)
SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["*", "RemoteMCPServer"])
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=8), max_leaves=40
)


@settings(max_examples=60, deadline=None)
@given(VALUES)
def test_nothing_makes_the_readers_raise(value):
    for module, name in ((app, "app"), (agent, "agent"), (plugin, "plugin")):
        document = Document("appPackage/manifest.json", Syntax.JSON, "", value)
        assert isinstance(module.extract(document, CLAIM[f"microsoft365-{name}"]), Extraction)
