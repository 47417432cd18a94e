"""Which files belong to OAuth clients of Ory Hydra."""

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
)
