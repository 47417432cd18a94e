from __future__ import annotations

import pytest
from formats.app_reading import app, resources, shown

from nhilint.model.fact import Unknown

MANIFEST = """
name: triage
description: Sorts issues
public: true
hook_attributes: {url: "https://triage.acme-apps.com/hook"}
redirect_url: https://triage.acme-apps.com/cb
default_events: [issues, push]
default_permissions: {issues: write, members: none, administration: write, contents: "${LEVEL}"}
"""


def test_permissions_are_scopes_and_none_gives_nothing():
    facts = app("github_app", "app.yml", MANIFEST)
    assert [getattr(s, "id", s) for s in facts.scopes][:2] == [facts.scopes[0].id, facts.scopes[1].id]
    assert [(s.id.value, s.sensitivity.value) for s in facts.scopes[:2]] == [
        ("issues:write", "medium"),
        ("administration:write", "critical"),
    ]
    assert isinstance(facts.scopes[2], Unknown)


def test_who_may_install_it_and_what_it_is_told():
    facts = app("github_app", "app.yml", MANIFEST)
    assert facts.distribution.value == "public"
    assert facts.events.value == ("issues", "push")
    assert facts.endpoints[0].host.value == "triage.acme-apps.com"
    assert facts.redirects[0].wildcard.value == "none"


def test_a_hook_that_is_switched_off_receives_nothing():
    text = MANIFEST.replace('hook"}', 'hook", active: false}')
    assert app("github_app", "app.yml", text).endpoints == ()


def test_all_permissions_in_one_word():
    facts = app("github_app", "github-app.json", '{"url": "https://a.example", "default_permissions": "write-all"}')
    assert shown(facts) == [("write-all", "high")]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("app.yml", "services: {web: {image: nginx}}"),
        ("app.json", '{"default_permissions": {"contents": "read"}}'),
        ("notes.yml", MANIFEST),
    ],
)
def test_look_alikes_are_left_alone(path, text):
    assert resources("github_app", path, text) == ()
