"""A Slack app manifest becomes an app: bot and user scopes, redirects, token rotation, where it may be installed.

Sources: docs.slack.dev/reference/app-manifest (through the types of @slack/web-api 7.15.1, which are generated from it)
and docs.slack.dev/authentication/using-token-rotation, partly re-read 2026-11-22. Token rotation is off unless stated;
once on it cannot be turned off. `is_hosted` and `function_runtime: slack` apps run on Slack's own infrastructure, which
rotates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nhilint.formats.endpoints import endpoint
from nhilint.formats.node import Node
from nhilint.formats.scopes import scope_grants, sensitive_as_user
from nhilint.formats.templates import braces
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.app import App

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.vocabulary.app import ScopeGrant
    from nhilint.model.vocabulary.capability import Endpoint
    from nhilint.source.document import Document

Distribution = Literal["single", "organization", "public"]

_AGENT_FEATURES = ("assistant_view", "agent_view")


def extract(document: Document, claim: Claim) -> Extraction:
    """One app; a file without a name for display and a part that grants something is no Slack manifest."""
    root = Node.root(document, braces)
    parts = ("features", "oauth_config", "settings", "functions")
    if not root["display_information"].is_mapping or not any(root[part].is_mapping for part in parts):
        return Extraction(recognised=False)
    settings = root["settings"]
    stated = root.at_path("display_information", "name")
    name = str(stated.value) if stated.is_text else "app"
    scopes = tuple(_scopes(root.at_path("oauth_config", "scopes")))
    app = App(
        at=root["display_information"].at,
        name=Known(name, stated.at if stated.exists else root.at),
        purpose=root.at_path("display_information", "description").text(),
        provider=Known("slack", root.at),
        kind=Known("app", root.at),
        scopes=scopes,
        sensitive_as_user=sensitive_as_user(scopes),
        scopes_stated=Known(root.at_path("oauth_config", "scopes").exists, root.at_path("oauth_config", "scopes").at),
        redirects=tuple(_endpoints(root.at_path("oauth_config", "redirect_urls"), "redirect_urls")),
        endpoints=tuple(_called(root)),
        token_rotation=_rotation(settings),
        distribution=_distribution(settings["org_deploy_enabled"]),
        is_agent=Known(any(root["features"][view].exists for view in _AGENT_FEATURES), root["features"].at),
    )
    return Extraction((Resource("app", name, claim.format, app),))


def _scopes(scopes: Node) -> Iterator[ScopeGrant | Unknown]:
    """Bot scopes are the app's own; user scopes act as the person who installed it."""
    yield from scope_grants(scopes["bot"], "slack", "app")
    yield from scope_grants(scopes["bot_optional"], "slack", "app", optional=True)
    yield from scope_grants(scopes["user"], "slack", "user")
    yield from scope_grants(scopes["user_optional"], "slack", "user", optional=True)


def _called(root: Node) -> Iterator[Endpoint | Unknown]:
    """Addresses that Slack sends events, interactions and commands to."""
    settings = root["settings"]
    for node in (
        settings.at_path("event_subscriptions", "request_url"),
        settings.at_path("interactivity", "request_url"),
        settings.at_path("interactivity", "message_menu_options_url"),
    ):
        yield from _endpoints(node, node.key)
    for command in root.at_path("features", "slash_commands").items():
        yield from _endpoints(command["url"], "slash_commands url")


def _endpoints(node: Node, name: str) -> Iterator[Endpoint | Unknown]:
    for item in node.items():
        found = endpoint(item, name)
        if found is not None:
            yield found


def _rotation(settings: Node) -> Fact[bool]:
    hosted = settings["is_hosted"].value is True or settings["function_runtime"].value == "slack"
    node = settings["token_rotation_enabled"]
    return Known(value=True, at=settings.at) if hosted else node.boolean(default=False)


def _distribution(node: Node) -> Fact[Distribution]:
    enabled = node.boolean(default=False)
    if not isinstance(enabled, Known):
        return enabled
    return Known("organization" if enabled.value else "single", node.at)
