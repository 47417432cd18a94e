"""Which files are OAuth metadata: documents below `.well-known` by their fixed names, and client metadata documents."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

_DOCS = "https://modelcontextprotocol.io/specification/2025-11-25/basic/authorization"

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="oauth-resource-metadata",
        title="OAuth protected resource metadata",
        syntax=Syntax.JSON,
        reads="mcp_authorization.resource",
        names=("oauth-protected-resource", "oauth-protected-resource.json"),
        paths=("**/.well-known/oauth-protected-resource/**/*",),
        probe=(b'"resource"',),
        docs=_DOCS,
    ),
    Claim(
        format="oauth-server-metadata",
        title="OAuth authorization server metadata",
        syntax=Syntax.JSON,
        reads="mcp_authorization.server",
        names=(
            "oauth-authorization-server",
            "oauth-authorization-server.json",
            "openid-configuration",
            "openid-configuration.json",
        ),
        paths=("**/.well-known/oauth-authorization-server/**/*",),
        probe=(b'"issuer"',),
        docs=_DOCS,
    ),
    Claim(
        format="oauth-client-metadata",
        title="OAuth client ID metadata documents",
        syntax=Syntax.JSON,
        reads="mcp_authorization.client",
        names=("client-metadata.json", "client_metadata.json", "oauth-client.json", "oauth-client-metadata.json"),
        paths=("**/.well-known/*client*.json", "*client-metadata*.json"),
        probe=(b'"client_id"',),
        docs="https://datatracker.ietf.org/doc/draft-ietf-oauth-client-id-metadata-document/",
    ),
)
