"""Which files belong to Ory Hydra: OAuth clients and the server."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="ory-hydra-client",
        title="Ory Hydra clients (JSON)",
        syntax=Syntax.JSON,
        reads="ory.hydra_client",
        suffixes=(".json",),
        probe=(b'"skip_consent"', b'"authorization_code_grant_access_token_lifespan"'),
        docs="https://www.ory.sh/docs/hydra/reference/api",
    ),
    Claim(
        format="ory-hydra-client",
        title="Ory Hydra clients (Kubernetes)",
        syntax=Syntax.YAML,
        reads="ory.hydra_client",
        suffixes=(".yaml", ".yml"),
        probe=(b"hydra.ory.sh/",),
        docs="https://www.ory.sh/docs/hydra/guides/kubernetes",
    ),
    Claim(
        format="ory-hydra-server",
        title="Ory Hydra server configuration",
        syntax=Syntax.YAML,
        reads="ory.server",
        suffixes=(".yaml", ".yml"),
        probe=(b"dynamic_client_registration:", b"login_consent_request:"),
        docs="https://www.ory.sh/docs/hydra/reference/configuration",
    ),
)
