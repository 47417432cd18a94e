from __future__ import annotations

import json

from formats.app_reading import app, resources

OAUTH = {
    "usage": "USER_OPERATION",
    "production_redirect_uri": "https://notes.acme-apps.com/cb",
    "oauth_allow_list": ["http://notes.acme-apps.com/cb"],
    "scopes": [
        {"scope": "meeting:read:meeting", "optional": False},
        {"scope": "user:read:email", "optional": True},
        "user:read:user",
    ],
}


def zoom(value):
    return app("zoom", "zoom/manifest.json", json.dumps(value))


def test_scopes_and_redirects():
    facts = zoom({"oauth_information": OAUTH, "display_information": {"display_name": "Notes"}})
    assert facts.name.value == "Notes"
    assert [(s.id.value, s.optional.value) for s in facts.scopes] == [
        ("meeting:read:meeting", False),
        ("user:read:email", True),
        ("user:read:user", False),
    ]
    assert [redirect.scheme.value for redirect in facts.redirects] == ["https", "http"]
    assert (facts.consent.value, facts.distribution) == ("each_user", None)


def test_an_administrator_installs_for_everybody():
    facts = zoom({"manifest": {"oauth_information": OAUTH | {"usage": "ADMIN_MANAGEMENT"}}})
    assert (facts.consent.value, facts.distribution.value) == ("administrator", "organization")


def test_look_alikes_are_left_alone():
    assert resources("zoom", "manifest.json", '{"oauth_information": "none"}') == ()
