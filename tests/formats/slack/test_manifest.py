from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.registry import Recogniser
from nhilint.formats.slack.claims import CLAIMS
from nhilint.formats.slack.manifest import extract
from nhilint.model.fact import Unknown
from nhilint.source.document import Syntax, read


def resources(value):
    return extract(read("manifest.json", json.dumps(value).encode(), Syntax.JSON), CLAIMS[0]).resources


def app(**manifest):
    (resource,) = resources({"display_information": {"name": "digest"}, "settings": {}, **manifest})
    return resource.facts


@pytest.mark.parametrize(
    ("path", "text", "claimed"),
    [
        ("manifest.json", b'{"display_information": {}}', True),
        ("bots/slack-app-manifest.yaml", b"display_information:", True),
        (".slack/manifest.yml", b"display_information:", True),
        ("manifest.json", b'{"manifest_version": 3}', False),
        ("deploy.yaml", b"display_information:", False),
    ],
)
def test_recognised_by_name_and_content(path, text, claimed):
    assert any(Recogniser(CLAIMS).recognise(path, text)) is claimed


@pytest.mark.parametrize(
    "value", [{}, [], {"display_information": {"name": "a"}}, {"display_information": 1, "settings": {}}]
)
def test_look_alikes_are_left_alone(value):
    assert resources(value) == ()


def test_bot_scopes_are_the_apps_and_user_scopes_a_persons():
    scopes = app(
        oauth_config={"scopes": {"bot": ["commands"], "user": ["search:read"], "user_optional": ["im:history"]}}
    ).scopes
    assert [(s.id.value, s.acts_as.value, s.optional.value) for s in scopes] == [
        ("commands", "app", False),
        ("search:read", "user", False),
        ("im:history", "user", True),
    ]


def test_the_lists_decide_in_whose_name_a_scope_is_used():
    facts = app(oauth_config={"scopes": {"bot": ["im:history"], "user": ["im:history"]}})
    assert [(s.acts_as.value, s.sensitivity.value) for s in facts.scopes] == [("app", "low"), ("user", "high")]
    assert [s.at.pointer for s in facts.sensitive_as_user] == [("oauth_config", "scopes", "user", 0)]


def test_rotation_is_off_unless_stated_or_hosted():
    assert app().token_rotation.value is False
    assert app(settings={"token_rotation_enabled": True}).token_rotation.value is True
    assert app(settings={"is_hosted": True}).token_rotation.value is True
    assert isinstance(app(settings={"token_rotation_enabled": "${X}"}).token_rotation, Unknown)


def test_assistants_are_told_by_their_view():
    assert app(features={"assistant_view": {}}).is_agent.value is True
    assert app(features={"bot_user": {}}).is_agent.value is False


def test_addresses_keep_neither_query_nor_template():
    facts = app(
        oauth_config={"redirect_urls": ["http://digest.acme-apps.com/cb?code=1", "${URL}/cb"]},
        settings={"event_subscriptions": {"request_url": "https://digest.acme-apps.com/events"}},
    )
    assert facts.redirects[0].url.value == "http://digest.acme-apps.com/cb"
    assert isinstance(facts.redirects[1], Unknown)
    assert facts.endpoints[0].host.value == "digest.acme-apps.com"


odd = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


@given(st.dictionaries(st.sampled_from(["features", "oauth_config", "settings", "functions"]), odd, min_size=1), odd)
def test_any_json_is_read_or_left(parts, name):
    for resource in resources({"display_information": {"name": name}, **parts}):
        activate(resource.facts)
