"""Which files belong to HubSpot's developer projects."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="hubspot-app",
        title="HubSpot app configuration",
        syntax=Syntax.JSON,
        reads="hubspot.app",
        names=("app-hsmeta.json", "public-app.json"),
        suffixes=("-hsmeta.json",),
        probe=(b"cope",),
        docs="https://developers.hubspot.com/docs/apps/developer-platform/build-apps/app-configuration",
    ),
    Claim(
        format="hubspot-app",
        title="HubSpot app configuration (2023 projects)",
        syntax=Syntax.JSON,
        reads="hubspot.app",
        names=("app.json",),
        probe=(b'"scopes"',),
        docs="https://developers.hubspot.com/docs/guides/crm/private-apps/build-with-projects/create-private-apps-with-projects",
    ),
)
