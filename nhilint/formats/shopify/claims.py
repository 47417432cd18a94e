"""Which files belong to Shopify apps."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="shopify-app",
        title="Shopify app configuration",
        syntax=Syntax.TOML,
        reads="shopify.app",
        paths=("shopify.app.toml", "shopify.app.*.toml"),
        docs="https://shopify.dev/docs/apps/build/cli-for-apps/app-configuration",
    ),
)
