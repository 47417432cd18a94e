from __future__ import annotations

import json

from formats.app_reading import app, resources, shown

from nhilint.knowledge.credentials.sample import sample

ID = "1.apps.googleusercontent.com"
SECRET = "GOCSPX-" + "aB3dE5gH7jK9mN1pQ3sT5vW7yZ2c"


def google(path, **value):
    return app("google", path, json.dumps(value))


def test_the_secret_of_a_web_client_is_a_credential():
    facts = google(
        "client_secret.json",
        web={"client_id": ID, "client_secret": SECRET, "redirect_uris": ["https://a.acme-apps.com/cb"]},
    )
    assert facts.public_client.value is False
    assert [c.type.value for c in facts.credentials] == ["google-oauth-client-secret"]
    assert facts.redirects[0].host.value == "a.acme-apps.com"
    assert SECRET not in repr(facts)


def test_the_secret_of_an_installed_app_is_none_by_googles_own_words():
    facts = google("client_secret_1.json", installed={"client_id": ID, "client_secret": SECRET})
    assert facts.public_client.value is True
    assert facts.credentials == ()


def test_a_token_file_says_what_was_granted():
    token = "1//0" + "aB3dE5gH7j-K9mN1pQ3sT5vW7yZ2cD4fG6hJ8kL0mN2pQ4rS6tU8vW"
    facts = google("token.json", refresh_token=token, client_id=ID, scopes=["https://mail.google.com/"])
    assert facts.kind.value == "grant"
    assert shown(facts) == [("https://mail.google.com/", "critical")]
    assert facts.credentials
    assert token not in repr(facts)


def test_the_access_token_beside_what_renews_it_is_not_told():
    tokens = {
        "refresh_token": sample("google-oauth-refresh-token"),
        "access_token": sample("google-oauth-access-token"),
    }
    (held,) = google("token.json", **tokens, client_id=ID, scopes=["openid"]).credentials
    assert held.name.value == "refresh_token"


def test_the_command_lines_file_nests_its_token():
    facts = google(
        ".clasprc.json", token={"refresh_token": "x", "scope": "openid https://www.googleapis.com/auth/drive"}
    )
    assert shown(facts) == [("openid", "low"), ("https://www.googleapis.com/auth/drive", "critical")]
    assert facts.scopes[1].at.within == (7, 44)


def test_look_alikes_are_left_alone():
    xero = {
        "refresh_token": "aB3dE5gH7jK9mN1pQ3sT5vW7yZ2c",
        "scope": "openid accounting.transactions",
        "client_id": "A1",
    }
    assert resources("google", ".xero_tokens.json", json.dumps(xero)) == ()
    assert resources("google", "credentials.json", json.dumps({"refresh_token": "abc"})) == ()
    assert resources("google", "token.json", json.dumps({"address": ID})) == ()
