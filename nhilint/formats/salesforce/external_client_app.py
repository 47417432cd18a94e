"""The OAuth parts of an external client app each become an app with what that part says.

An external client app is spread over files: settings (scopes), global settings (callback, client, flows) and policies
(address limits, life of refresh tokens, who may use it). Each is read under the app's name;
`nhilint.link.external_client_apps` puts them together. Source: the pages on ExtlClntAppOauthSettings,
ExtlClntAppGlobalOauthSettings and ExtlClntAppOauthConfigurablePolicies below
developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/, partly re-read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.node import Node
from nhilint.formats.oauth_clients import secrets, switch
from nhilint.formats.salesforce.connected_app import callbacks
from nhilint.formats.salesforce.policy import consent, flows, ip_limited, refresh_expires
from nhilint.formats.scopes import scope_grants_in
from nhilint.formats.templates import braces
from nhilint.model.fact import Known, value_of
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.app import App

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

_PARTS = (
    "ExtlClntAppOauthSettings",
    "ExtlClntAppGlobalOauthSettings",
    "ExtlClntAppOauthConfigurablePolicies",
    "ExtlClntAppOauthPolicies",
)


def extract(document: Document, claim: Claim) -> Extraction:
    """One app, where the file is one of the parts that configure OAuth."""
    document_root = Node.root(document, braces)
    root = next((document_root[part] for part in _PARTS if document_root[part].is_mapping), None)
    if root is None:
        return Extraction(recognised=False)
    stated = root.first("externalClientApplication", "label")
    name = value_of(stated.text()) or document.path.rsplit("/", 1)[-1].partition(".")[0]
    scopes = root["commaSeparatedOauthScopes"]
    refresh = root.first("refreshTokenPolicyType", "refreshTokenPolicy")
    app = App(
        at=root.at,
        name=Known(name, stated.at),
        provider=Known("salesforce", root.at),
        kind=Known("client", root.at),
        scopes=tuple(scope_grants_in(scopes, "salesforce", "user", ", ")),
        scopes_stated=Known(scopes.exists, scopes.at),
        redirects=tuple(callbacks(root["callbackUrl"])),
        grant_types=flows(root, refreshes=False) if root["callbackUrl"].exists else None,
        public_client=switch(root["isConsumerSecretOptional"]),
        pkce_required=switch(root["isPkceRequired"]),
        refresh_expires=refresh_expires(refresh),
        refresh_rotates=switch(root["isRefreshTokenRotationEnabled"]),
        ip_limited=ip_limited(root["ipRelaxationPolicyType"]),
        consent=consent(root["permittedUsersPolicyType"]),
        credentials=secrets([("consumerSecret", root["consumerSecret"])]),
    )
    return Extraction((Resource("app", name, claim.format, app),))
