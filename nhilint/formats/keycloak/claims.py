"""Which files belong to realms of Keycloak."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

_DOCS = "https://www.keycloak.org/docs-api/latest/rest-api/index.html#ClientRepresentation"

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="keycloak-realm",
        title="Keycloak realms (JSON)",
        syntax=Syntax.JSON,
        reads="keycloak.realm",
        paths=("*realm*.json", "*keycloak*.json", "**/*keycloak*/**/*.json", "**/realms/*.json"),
        probe=(b'"clientId"',),
        docs=_DOCS,
    ),
    Claim(
        format="keycloak-realm",
        title="Keycloak realms (YAML of the operator and keycloak-config-cli)",
        syntax=Syntax.YAML,
        reads="keycloak.realm",
        suffixes=(".yaml", ".yml"),
        probe=(b"KeycloakRealmImport", b"KeycloakClient", b"directAccessGrantsEnabled", b"serviceAccountsEnabled"),
        docs=_DOCS,
    ),
)
