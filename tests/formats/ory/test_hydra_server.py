"""What is read of the configuration of a Hydra server."""

from __future__ import annotations

import pytest
from formats.app_reading import app, resources

SERVER = "serve: {public: {port: 4444}}\nurls: {self: {issuer: 'https://auth.acme-apps.com'}}\n"


def server(rest):
    return app("ory", "deploy/hydra.yml", SERVER + rest)


@pytest.mark.parametrize(("value", "count"), [("true", 1), ("false", 0), ("'${OPEN}'", 1)])
def test_whether_clients_may_register_themselves(value, count):
    facts = server(f"oidc: {{dynamic_client_registration: {{enabled: {value}}}}}\n")
    assert len(facts.entrances) == count


@pytest.mark.parametrize(("text", "hours"), [("1h", 1.0), ("90m", 1.5), ("1h30m", 1.5), ("72h", 72.0), ("1800s", 0.5)])
def test_durations_of_go(text, hours):
    facts = server(f"ttl: {{access_token: {text}, login_consent_request: 1h}}\n")
    assert facts.access_hours.value == hours


def test_a_duration_that_is_none_is_not_guessed():
    assert server("ttl: {access_token: soon, login_consent_request: 1h}\n").access_hours is None


def test_another_file_with_the_same_words_is_left():
    assert resources("ory", "values.yaml", "dynamic_client_registration: {enabled: true}\noidc: {a: 1}\n") == ()


@pytest.mark.parametrize(
    ("address", "kind"), [("https://a.acme-apps.com/oauth2/register", "Entrance"), ("/own", "Unknown")]
)
def test_registration_through_another_service_is_not_judged(address, kind):
    facts = server(
        "oidc: {dynamic_client_registration: {enabled: true}}\n"
        f"webfinger: {{oidc_discovery: {{client_registration_url: '{address}'}}}}\n"
    )
    assert [type(one).__name__ for one in facts.entrances] == [kind]
