from __future__ import annotations

import pytest

from nhilint.formats.node import Node
from nhilint.formats.oauth_clients import grant_types, hours_of, redirects, secrets, switch
from nhilint.model.fact import Known, Unknown


@pytest.mark.parametrize(
    ("text", "wildcard", "host"),
    [
        ("https://a.acme-apps.com/cb", "none", "a.acme-apps.com"),
        ("https://a.acme-apps.com/*", "path", "a.acme-apps.com"),
        ("https://*.acme-apps.com/cb", "host", "*.acme-apps.com"),
        ("https://*/cb", "any", "*"),
        ("http://**", "any", "**"),
        ("*", "any", "*"),
        ("*.acme-apps.com", "host", "*.acme-apps.com"),
        ("api.acme-apps.com", "none", "api.acme-apps.com"),
        ("/*", "path", ""),
        ("/app/*", "path", ""),
        ("com.acme.phone:/*", "path", ""),
        ("chrome-extension://*/", "path", "*"),
    ],
)
def test_what_an_address_leaves_open(text, wildcard, host):
    (found,) = redirects(Node([text], "x"), "redirect")
    assert (found.wildcard.value, found.host.value) == (wildcard, host)


@pytest.mark.parametrize(
    ("text", "scheme"),
    [
        ("http://portal.example.org/*", None),
        ("http://portal.test/cb", None),
        ("https://portal.example.org/*", "https"),
        ("http://portal.example-apps.org/*", "http"),
    ],
)
def test_the_scheme_before_a_host_of_documents_is_filled_in_with_it(text, scheme):
    (found,) = redirects(Node([text], "x"), "redirect")
    assert getattr(found.scheme, "value", None) == scheme
    assert isinstance(found.reach, Known)


def test_long_names_of_grants_are_shortened():
    names = [
        "urn:ietf:params:oauth:grant-type:device_code",
        "http://auth0.com/oauth/grant-type/password-realm",
        "implicit",
    ]
    assert grant_types(Node(names, "x")).value == ("device_code", "password", "implicit")
    assert grant_types(Node(None, "x")) is None
    assert isinstance(grant_types(Node([{}], "x")), Unknown)


@pytest.mark.parametrize(("value", "hours"), [(3600, 1.0), ("7200", 2.0), ("", None), ("soon", None), (None, None)])
def test_seconds_become_hours(value, hours):
    assert getattr(hours_of(Node(value, "x")), "value", None) == hours


@pytest.mark.parametrize(("value", "told"), [(True, True), ("false", False), ("TRUE", True), ("maybe", None)])
def test_switches_may_be_texts(value, told):
    assert getattr(switch(Node(value, "x")), "value", None) is told


def test_secrets_that_an_export_hides_are_none():
    assert secrets([("secret", Node("**********", "x")), ("secret", Node(None, "x")), ("secret", Node(7, "x"))]) == ()
    (held,) = secrets([("secret", Node("${CLIENT_SECRET}", "x"))])
    assert (held.source.value, held.reference.value) == ("env", "CLIENT_SECRET")
