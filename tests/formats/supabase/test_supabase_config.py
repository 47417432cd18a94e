from __future__ import annotations

import hashlib

import pytest
from formats.app_reading import app, resources

from nhilint.model.fact import Unknown

SECRET = hashlib.sha256(b"a provider").hexdigest()[:28]
START = 'project_id = "shop"\n'


def supabase(text):
    return app("supabase", "supabase/config.toml", START + text)


def test_defaults_and_lifetimes():
    facts = supabase("[auth]\njwt_expiry = 7200\n")
    assert (facts.access_hours.value, facts.refresh_rotates.value) == (2.0, True)
    assert supabase("[auth]\nenable_refresh_token_rotation = false\n").refresh_rotates.value is False


def test_redirects():
    facts = supabase('[auth]\nsite_url = "env(SITE)"\nadditional_redirect_urls = ["https://*.vercel.app/**"]\n')
    assert isinstance(facts.redirects[0], Unknown)
    assert (facts.redirects[1].host.value, facts.redirects[1].wildcard.value) == ("*.vercel.app", "host")


def test_ways_in():
    facts = supabase(
        "[auth]\nenable_anonymous_sign_ins = true\n[auth.oauth_server]\nenabled = true\nallow_dynamic_registration = true\n"
        "[functions.hook]\nverify_jwt = false\n[functions.chat]\nverify_jwt = true\n"
    )
    assert [(e.kind.value, e.name.value) for e in facts.entrances] == [
        ("sign_up", "enable_anonymous_sign_ins"),
        ("registration", "allow_dynamic_registration"),
        ("function", "hook"),
    ]


def test_secrets_in_clear_but_not_those_of_the_environment():
    text = '[auth.external.github]\nenabled = true\nsecret = "%s"\n'
    assert len(supabase(text % SECRET).credentials) == 1
    assert supabase(text % "env(GITHUB_SECRET)").credentials == ()


@pytest.mark.parametrize("path", ["config.toml", "hugo/config.toml"])
def test_other_configurations_are_not_looked_into(path):
    assert resources("supabase", path, START + "[auth]\n") == ()
