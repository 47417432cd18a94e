"""Any value whatever is read or left by the formats of OAuth apps; none of their readers raises."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.registry import claims, reader_of
from nhilint.source.document import Document, Syntax
from tests.odd_values import odd_values

FORMATS = {
    "github-app-manifest": "default_permissions hook_attributes url active redirect_url public contents default_events",
    "atlassian-forge": "app id name modules webtrigger unlicensedAccess permissions scopes external fetch backend client "
    "address remotes baseUrl allowImpersonation key",
    "atlassian-connect": "key baseUrl authentication type scopes modules name",
    "web-extension": "manifest_version name permissions host_permissions content_scripts matches oauth2 scopes "
    "externally_connectable",
    "native-messaging-host": "name path type allowed_origins",
    "google-oauth-client": "web installed client_id client_secret redirect_uris refresh_token scopes token tokens default",
    "shopify-app": "client_id access_scopes scopes optional_scopes auth redirect_urls webhooks subscriptions uri access "
    "admin direct_api_mode",
    "salesforce-connected-app": "ConnectedApp oauthConfig scopes callbackUrl oauthPolicy refreshTokenPolicy "
    "ipRelaxation isAdminApproved consumerSecret",
    "salesforce-external-client-app": "ExtlClntAppOauthSettings ExtlClntAppGlobalOauthSettings callbackUrl "
    "commaSeparatedOauthScopes externalClientApplication isPkceRequired",
    "hubspot-app": "config auth requiredScopes optionalScopes redirectUrls distribution scopes uid public allowedUrls",
    "zoom-manifest": "manifest oauth_information usage scopes scope optional oauth_allow_list display_information",
    "auth0-tenant": "clients name app_type grant_types callbacks refresh_token rotation_type clientGrants client_id "
    "audience scope resourceServers identifier token_lifetime tenant flags enable_dynamic_client_registration",
    "auth0-client": "name app_type grant_types callbacks refresh_token expiration_type client_id audience scope identifier "
    "token_lifetime flags enable_dynamic_client_registration",
    "keycloak-realm": "realm clients clientId redirectUris publicClient attributes users serviceAccountClientId "
    "clientRoles realm-management identityProviders config clientSecret smtpServer kind spec components subType providerId "
    "org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy",
    "ory-hydra-client": "kind apiVersion spec redirect_uris grant_types scope token_endpoint_auth_method skip_consent",
    "ory-hydra-server": "dsn serve urls oidc ttl oauth2 dynamic_client_registration enabled access_token",
    "supabase-config": "auth functions verify_jwt external secret oauth_server enabled site_url jwt_expiry project_id",
    "nango-integrations": "integrations syncs actions scopes google",
}
WORDS = (
    "none",
    "stdio",
    "*",
    "https://*/*",
    "ari:cloud:ecosystem::app/1",
    "{{X}}",
    "OAuth2Client",
    "hydra.ory.sh/v1",
    "ü",
)


@pytest.mark.parametrize("format_id", FORMATS)
@given(st.data())
@settings(max_examples=60)
def test_any_value_is_read_or_left(format_id, data):
    claim = next(claim for claim in claims() if claim.format == format_id)
    value = data.draw(odd_values(FORMATS[format_id].split(), WORDS))
    document = Document("supabase/some.file", Syntax.JSON, json.dumps(value), value)
    for resource in reader_of(claim).extract(document, claim).resources:
        activate(resource.facts)


@pytest.mark.parametrize("format_id", FORMATS)
def test_long_lists_take_little_time(format_id):
    claim = next(claim for claim in claims() if claim.format == format_id)
    keys = FORMATS[format_id].split()
    value = {key: [dict.fromkeys(keys, "x")] * 3_000 for key in keys}
    extraction = reader_of(claim).extract(Document("some.file", Syntax.JSON, "", value), claim)
    assert len(extraction.resources) <= 5_000
