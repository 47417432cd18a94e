"""Which app a variable or secret belongs to, by its name: the platform whose app token, id or key goes by it.

Names of signing secrets and webhook addresses are left out: they open nothing of the app's scopes. Names that a
person's own token goes by as well (GITHUB_TOKEN, JIRA_API_TOKEN) are no app's. Sources, read 2026-11-22: docs.slack.dev
(Bolt's variables), docs.github.com/apps, github.com/korotovsky/slack-mcp-server, developers.hubspot.com,
developers.zoom.us, shopify.dev.
"""

from __future__ import annotations

_NAMES = {
    "slack": "SLACK_BOT_TOKEN SLACK_BOT_USER_OAUTH_TOKEN SLACK_USER_TOKEN SLACK_APP_TOKEN SLACK_OAUTH_TOKEN "
    "SLACK_CLIENT_ID SLACK_CLIENT_SECRET SLACK_MCP_XOXB_TOKEN SLACK_MCP_XOXP_TOKEN",
    "github": "GITHUB_APP_ID GITHUB_APP_PRIVATE_KEY GITHUB_APP_CLIENT_ID GITHUB_APP_INSTALLATION_ID GH_APP_ID "
    "GH_APP_PRIVATE_KEY GITHUB_PRIVATE_KEY",
    "google": "GOOGLE_CLIENT_ID GOOGLE_CLIENT_SECRET GOOGLE_OAUTH_CLIENT_ID GOOGLE_OAUTH_CLIENT_SECRET "
    "GOOGLE_REFRESH_TOKEN",
    "hubspot": "HUBSPOT_PRIVATE_APP_ACCESS_TOKEN PRIVATE_APP_ACCESS_TOKEN HUBSPOT_CLIENT_ID HUBSPOT_CLIENT_SECRET",
    "shopify": "SHOPIFY_API_KEY SHOPIFY_API_SECRET SHOPIFY_CLIENT_ID SHOPIFY_CLIENT_SECRET",
    "zoom": "ZOOM_CLIENT_ID ZOOM_CLIENT_SECRET ZOOM_ACCOUNT_ID",
    "salesforce": "SALESFORCE_CLIENT_ID SALESFORCE_CLIENT_SECRET SALESFORCE_CONSUMER_KEY",
}
_PROVIDERS = {name: provider for provider, names in _NAMES.items() for name in names.split()}


def provider_of_variable(name: str) -> str | None:
    """The platform whose app goes by a name of a variable or secret; None for any other name."""
    return _PROVIDERS.get(name.upper())
