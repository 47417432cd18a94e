"""What apps gain and lose between two states of their manifests."""

from __future__ import annotations

import json

from tests.delta.two_states import delta, words

GMAIL = "https://www.googleapis.com/auth/gmail.{}"


def script(*scopes, **more):
    return {"appsscript.json": json.dumps({"timeZone": "UTC", "oauthScopes": list(scopes), **more})}


def extension(**more):
    return {"manifest.json": json.dumps({"manifest_version": 3, "name": "helper", "version": "1.0", **more})}


def slack(*scopes, **settings):
    manifest = {
        "display_information": {"name": "bot"},
        "oauth_config": {"scopes": {"bot": list(scopes)}},
        "settings": settings,
    }
    return {"slack/manifest.json": json.dumps(manifest)}


def test_a_scope_in_words_with_its_weight():
    (found,) = delta(script(GMAIL.format("labels")), script(GMAIL.format("modify")))
    assert found.shifts[0].words == f"may change mail (scope {GMAIL.format('modify')})"
    assert found.weight.word in ("high", "critical")


def test_the_way_it_is_called_is_the_consequence():
    before, after = (
        script(*scopes, webapp={"access": "ANYONE_ANONYMOUS", "executeAs": "USER_DEPLOYING"})
        for scopes in ((), (GMAIL.format("send"),))
    )
    (found,) = delta(before, after)
    assert found.consequence == "anybody can call it, and it works with its owner's rights"


def test_pages_of_an_extension():
    before = extension(host_permissions=["https://acme.example/*"])
    said = words(before, extension(host_permissions=["<all_urls>"]))
    assert "reads and changes every web page; before, it read and changed some web pages" in said


def test_a_permission_that_is_asked_for_later_is_less():
    before, after = extension(permissions=["cookies"]), extension(optional_permissions=["cookies"])
    assert words(before, after) == []
    assert any("(scope cookies)" in said for said in words(before, after, "narrowed"))


def test_tokens_that_no_longer_rotate():
    before, after = slack("chat:write", token_rotation_enabled=True), slack("chat:write", token_rotation_enabled=False)
    assert "has tokens that no longer expire and rotate" in words(before, after)


def test_a_scope_within_a_wider_one_is_not_lost():
    before, after = script(GMAIL.format("readonly")), script(GMAIL.format("modify"))
    assert words(before, after, "narrowed") == []
    assert words(after, before) == []


def test_a_list_of_hosts_where_every_host_was_open():
    after = script(urlFetchWhitelist=["https://acme.example/"])
    assert words(script(), after) == []
    assert words(script(), after, "narrowed") == ["may send requests to listed hosts only"]
    assert "may send requests to any host" in words(after, script())


def test_an_app_of_a_directory_reaches_everybody():
    graph = {"resourceAppId": "00000003-0000-0000-c000-000000000000"}
    mail = {"id": "810c84a8-4a9e-49e6-bf7d-12d183f40d01", "type": "Role"}
    app = {"appId": "0", "displayName": "bot", "signInAudience": "AzureADMyOrg"}
    before = {"app.json": json.dumps({**app, "requiredResourceAccess": []})}
    after = {"app.json": json.dumps({**app, "requiredResourceAccess": [{**graph, "resourceAccess": [mail]}]})}
    assert "may read mail of all users, in its own name (scope Mail.Read)" in words(before, after)
