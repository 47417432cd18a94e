"""Which files belong to Nango's integrations."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="nango-integrations",
        title="Nango integrations",
        syntax=Syntax.YAML,
        reads="nango.integrations",
        names=("nango.yaml", "nango.yml"),
        docs="https://nango.dev/docs",
    ),
)
