"""The catalogue of known scopes: one file a provider, one JSON record a line, becomes a look-up by name.

A provider's file is read when one of its scopes is asked for, once. Records are the source of truth for judgements and
are edited by hand; tools/refresh/scopes.py only reports what providers have added or dropped.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from nhilint.knowledge.scopes.scope import Entry

if TYPE_CHECKING:
    from nhilint.knowledge.scopes.scope import Holder

_FOLDER = Path(__file__).parent.parent / "data" / "scopes"

DOCUMENTATION = {
    "asana": "https://developers.asana.com/docs/oauth-scopes",
    "atlassian": "https://developer.atlassian.com/platform/forge/manifest-reference/permissions/",
    "auth0": "https://auth0.com/docs/api/management/v2",
    "box": "https://developer.box.com/guides/api-calls/permissions-and-errors/scopes/",
    "discord": "https://discord.com/developers/docs/topics/oauth2",
    "dropbox": "https://developers.dropbox.com/oauth-guide",
    "github": "https://docs.github.com/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps",
    "github-actions": "https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#permissions",
    "gitlab": "https://docs.gitlab.com/security/tokens/access_token_scopes/",
    "google": "https://developers.google.com/identity/protocols/oauth2/scopes",
    "hubspot": "https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/scopes",
    "keycloak": "https://www.keycloak.org/docs/latest/server_admin/#_per_realm_admin_permissions",
    "linear": "https://linear.app/developers/oauth-2-0-authentication",
    "microsoft-graph": "https://learn.microsoft.com/graph/permissions-reference",
    "notion": "https://developers.notion.com/reference/capabilities",
    "okta": "https://developer.okta.com/docs/api/oauth2/",
    "salesforce": "https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_tokens_scopes.htm",
    "shopify": "https://shopify.dev/docs/api/usage/access-scopes",
    "slack": "https://docs.slack.dev/reference/scopes",
    "web-extension": "https://developer.chrome.com/docs/extensions/reference/permissions-list",
    "zoom": "https://developers.zoom.us/docs/integrations/oauth-scopes-granular/",
}
"""Every provider in the catalogue, and where it explains its scopes."""

UNREVIEWED = frozenset({"microsoft-graph"})
REVIEWED = frozenset(DOCUMENTATION) - UNREVIEWED
"""Providers whose every sensitivity was set under the rules in docs/concepts/scopes.md: by hand, Zoom's by the parts of
their names."""


@cache
def entries(provider: str) -> tuple[Entry, ...]:
    """Every record of a provider, in file order. KeyError for a provider that the catalogue lacks."""
    if provider not in DOCUMENTATION:
        raise KeyError(provider)
    return tuple(msgspec.json.Decoder(Entry).decode_lines((_FOLDER / f"{provider}.jsonl").read_bytes()))


@cache
def by_spelling(provider: str) -> dict[str, tuple[Entry, Holder | None]]:
    """Lower-case spelling, alias or GUID → the record, and the holder if that spelling settles it."""
    found: dict[str, tuple[Entry, Holder | None]] = {}
    for entry in entries(provider):
        for alias in entry.aliases:
            found[alias.lower()] = (entry, None)
        if entry.user_guid:
            found[entry.user_guid] = (entry, "user")
        if entry.app_guid:
            found[entry.app_guid] = (entry, None if entry.app_guid == entry.user_guid else "app")
    found.update((entry.id.lower(), (entry, None)) for entry in entries(provider))
    return found
