"""Which files belong to Salesforce's connected apps and external client apps (metadata XML)."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="salesforce-connected-app",
        title="Salesforce connected apps",
        syntax=Syntax.XML,
        reads="salesforce.connected_app",
        suffixes=(".connectedApp-meta.xml", ".connectedApp", ".xml"),
        probe=(b"<ConnectedApp ", b"<ConnectedApp>"),
        docs="https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_connectedapp.htm",
    ),
    Claim(
        format="salesforce-external-client-app",
        title="Salesforce external client apps",
        syntax=Syntax.XML,
        reads="salesforce.external_client_app",
        suffixes=("-meta.xml", ".ecaOauth", ".ecaGlblOauth", ".ecaOauthPlcy", ".xml"),
        probe=(b"<ExtlClntApp",),
        docs="https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_externalclientapplication.htm",
    ),
)
