from __future__ import annotations

import pytest
from formats.app_reading import app, resources, shown

from nhilint.model.fact import Unknown

NAMESPACE = 'xmlns="http://soap.sforce.com/2006/04/metadata"'


def connected(oauth, policy=""):
    text = f"<ConnectedApp {NAMESPACE}><label>Sync</label><oauthConfig>{oauth}</oauthConfig>{policy}</ConnectedApp>"
    return app("salesforce", "connectedApps/Sync.connectedApp-meta.xml", text)


def test_scopes_in_the_spelling_of_metadata():
    facts = connected("<scopes>Api</scopes><scopes>Full</scopes><scopes>RefreshToken</scopes>")
    assert shown(facts) == [("Api", "high"), ("Full", "critical"), ("RefreshToken", "medium")]
    assert facts.grant_types.value == ("authorization_code", "refresh_token")
    assert facts.scopes[1].at.pointer == ("ConnectedApp", "oauthConfig", "scopes", 1)


@pytest.mark.parametrize(
    ("policy", "limited"),
    [("ENFORCE", True), ("BYPASS", False), ("TWOFACTOR", False), ("{{IP}}", None), ("SOMETIMES", None)],
)
def test_network_limits(policy, limited):
    facts = connected("<scopes>Api</scopes>", f"<oauthPolicy><ipRelaxation>{policy}</ipRelaxation></oauthPolicy>")
    found = facts.ip_limited
    assert (None if isinstance(found, Unknown) else found.value) is limited


@pytest.mark.parametrize(("policy", "expires"), [("infinite", False), ("inactivity:30:Days", True), ("zero", True)])
def test_life_of_refresh_tokens(policy, expires):
    policy = f"<oauthPolicy><refreshTokenPolicy>{policy}</refreshTokenPolicy></oauthPolicy>"
    assert connected("<scopes>Api</scopes><scopes>RefreshToken</scopes>", policy).refresh_expires.value is expires
    assert connected("<scopes>Api</scopes>", policy).refresh_expires is None


def test_switches_open_flows():
    facts = connected(
        "<isClientCredentialEnabled>true</isClientCredentialEnabled><certificate>c</certificate>"
        "<isConsumerSecretOptional>true</isConsumerSecretOptional><isPkceRequired>false</isPkceRequired>"
        "<isAdminApproved>false</isAdminApproved>"
    )
    assert facts.grant_types.value == ("authorization_code", "client_credentials", "jwt_bearer")
    assert (facts.public_client.value, facts.pkce_required.value, facts.consent.value) == (True, False, "each_user")


def test_several_callbacks_stand_in_one_text():
    facts = connected("<callbackUrl>https://a.acme-apps.com/cb\nhttp://b.acme-apps.com/cb</callbackUrl>")
    assert [redirect.scheme.value for redirect in facts.redirects] == ["https", "http"]


def test_the_parts_of_an_external_client_app():
    text = (
        f"<ExtlClntAppOauthSettings {NAMESPACE}><commaSeparatedOauthScopes>Api, RefreshToken</commaSeparatedOauthScopes>"
        "<externalClientApplication>Portal</externalClientApplication></ExtlClntAppOauthSettings>"
    )
    facts = app("salesforce", "extlClntAppOauthSettings/Portal.ecaOauth-meta.xml", text)
    assert facts.name.value == "Portal"
    assert shown(facts) == [("Api", "high"), ("RefreshToken", "medium")]
    assert [scope.at.within for scope in facts.scopes] == [(0, 3), (5, 17)]


@pytest.mark.parametrize(
    "text",
    [f"<Profile {NAMESPACE}><label>x</label></Profile>", f"<ConnectedApp {NAMESPACE}><label>x</label></ConnectedApp>"],
)
def test_other_metadata_is_left_alone(text):
    assert resources("salesforce", "x.connectedApp-meta.xml", text) == ()
