"""What manifests of Entra app registrations turn into."""

from __future__ import annotations

import json

import pytest

from nhilint.model.fact import Unknown
from tests.formats.azure.repository import subjects, value

GRAPH = "00000003-0000-0000-c000-000000000000"


def app(**keys):
    return next(iter(subjects({"app.json": json.dumps({"displayName": "portal", **keys})}, "app").values()))


def asked(*pairs, api=GRAPH):
    access = [{"id": name, "type": kind} for name, kind in pairs]
    return app(requiredResourceAccess=[{"resourceAppId": api, "resourceAccess": access}]).scopes


def test_ids_and_names_mean_the_same_and_keep_their_holder():
    scopes = asked(("810c84a8-4a9e-49e6-bf7d-12d183f40d01", "Role"), ("Mail.Read", "Role"), ("Mail.Read", "Scope"))
    assert [value(scope.id) for scope in scopes] == ["Mail.Read"] * 3
    assert [value(scope.sensitivity) for scope in scopes] == ["critical", "critical", "high"]


def test_an_api_may_go_by_its_name():
    assert value(asked(("User.Read", "Scope"), api="Microsoft Graph")[0].sensitivity) == "low"


@pytest.mark.parametrize("name", ["11111111-2222-3333-4444-555555555555", "${{PERMISSION}}"])
def test_an_orphaned_or_templated_id_is_unknown(name):
    assert isinstance(asked((name, "Role"))[0], Unknown)


def test_permissions_of_other_apis_are_not_judged():
    scope = asked(("user_impersonation", "Scope"), api="797f4846-ba00-4fd7-ba43-dac1f8f63013")[0]
    assert isinstance(scope.sensitivity, Unknown)
    assert value(scope.known) is False


@pytest.mark.parametrize(
    ("keys", "distribution"),
    [
        ({"signInAudience": "AzureADMyOrg"}, "single"),
        ({"signInAudience": "AzureADMultipleOrgs"}, "public"),
        ({"signInAudience": "AzureADandPersonalMicrosoftAccount"}, "public"),
        ({"appId": "x", "requiredResourceAccess": []}, "single"),
        ({"requiredResourceAccess": [], "availableToOtherTenants": True}, "public"),
    ],
)
def test_who_may_install_it(keys, distribution):
    assert value(app(**keys).distribution) == distribution


def test_the_older_shape_is_read_like_the_newer():
    older = app(
        replyUrlsWithType=[
            {"url": "https://*.example.com/cb", "type": "Web"},
            {"url": "http://x", "type": "InstalledClient"},
        ],
        oauth2AllowImplicitFlow=True,
        allowPublicClient=True,
    )
    newer = app(
        signInAudience="AzureADMyOrg",
        web={
            "redirectUris": ["https://*.example.com/cb"],
            "implicitGrantSettings": {"enableAccessTokenIssuance": True},
        },
        isFallbackPublicClient=True,
    )
    for one in (older, newer):
        assert [value(redirect.wildcard) for redirect in one.redirects] == ["host"]
        assert value(one.grant_types) == ("implicit",)
        assert value(one.public_fallback) is True


def test_only_access_tokens_make_the_implicit_flow():
    one = app(signInAudience="AzureADMyOrg", web={"implicitGrantSettings": {"enableIdTokenIssuance": True}})
    assert one.grant_types is None


@pytest.mark.parametrize(
    ("dates", "days", "never"),
    [
        ({"startDateTime": "2026-01-01T00:00:00Z", "endDateTime": "2026-07-01T00:00:00Z"}, 181.0, False),
        ({"startDate": "2020-01-01T00:00:00Z", "endDate": "2299-12-31T00:00:00Z"}, None, True),
    ],
)
def test_how_long_its_secrets_live(dates, days, never):
    secret = app(signInAudience="AzureADMyOrg", passwordCredentials=[{"displayName": "s", **dates}]).credentials[0]
    assert value(secret.never_expires) is never
    assert days is None or value(secret.lifetime_days) == days


@pytest.mark.parametrize(
    "content",
    ['{"signInAudience": "AzureADMyOrg"}', '{"requiredResourceAccess": "see the docs", "appId": "x"}', "[]", "{}"],
)
def test_look_alikes_stay_quiet(content):
    assert subjects({"app.json": content + " " * 10 + "\n"}, "app") == {}
