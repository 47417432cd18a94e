from __future__ import annotations

import pytest
from formats.app_reading import app, resources, shown

TEXT = """
client_id = "1"
name = "Shop Chat"
application_url = "https://chat.acme-apps.com"
[access_scopes]
scopes = "read_products, write_themes"
optional_scopes = ["read_customers"]
[auth]
redirect_urls = ["https://chat.acme-apps.com/auth/callback"]
[[webhooks.subscriptions]]
topics = ["orders/create"]
uri = "https://hooks.acme-apps.com/orders"
[[webhooks.subscriptions]]
topics = ["app/uninstalled"]
uri = "/webhooks/app/uninstalled"
[access.admin]
direct_api_mode = "offline"
"""


def shopify(text, path="shopify.app.toml"):
    return app("shopify", path, text)


def test_scopes_between_commas_have_places_of_their_own():
    facts = shopify(TEXT)
    assert shown(facts) == [("read_products", "low"), ("write_themes", "critical"), ("read_customers", "high")]
    assert [scope.at.within for scope in facts.scopes] == [(0, 13), (15, 27), None]
    assert facts.scopes[2].optional.value is True


def test_addresses_and_tokens():
    facts = shopify(TEXT)
    assert [e.host.value for e in facts.endpoints] == ["chat.acme-apps.com", "hooks.acme-apps.com"]
    assert facts.redirects[0].wildcard.value == "none"
    assert facts.runs_as.value == "owner"
    assert shopify(TEXT.replace("offline", "online")).runs_as.value == "user"


def test_the_older_file_has_its_scopes_at_the_top():
    facts = shopify('scopes = "write_orders"\n', "web/shopify.app.staging.toml")
    assert shown(facts) == [("write_orders", "high")]
    assert facts.scopes_stated.value is True


@pytest.mark.parametrize("text", ["", 'title = "x"'])
def test_look_alikes_are_left_alone(text):
    assert resources("shopify", "shopify.app.toml", text or "a = 1") == ()
