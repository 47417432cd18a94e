"""Which files belong to exports of Auth0 tenants."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

_DOCS = "https://auth0.com/docs/deploy-monitor/deploy-cli-tool"

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="auth0-tenant",
        title="Auth0 tenants (YAML of the Deploy CLI)",
        syntax=Syntax.YAML,
        reads="auth0.tenant",
        suffixes=("tenant.yaml", "tenant.yml"),
        paths=("*auth0*.yaml", "*auth0*.yml", "**/auth0/*.yaml", "**/auth0/*.yml"),
        probe=(b"app_type", b"clientGrants", b"resourceServers", b"grant_types", b"enable_dynamic_client_registration"),
        docs=_DOCS,
    ),
    Claim(
        format="auth0-client",
        title="Auth0 clients and grants (folder of the Deploy CLI)",
        syntax=Syntax.JSON,
        reads="auth0.directory",
        paths=(
            *("**/clients/*.json", "**/grants/*.json", "**/client-grants/*.json", "**/resource-servers/*.json"),
            "tenant.json",
        ),
        probe=(b'"app_type"', b'"audience"', b'"token_lifetime"', b'"enable_dynamic_client_registration"'),
        docs=_DOCS,
    ),
)
