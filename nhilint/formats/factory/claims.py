"""Which files belong to Factory Droid beside its MCP servers."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="factory-settings",
        title="Factory Droid settings",
        syntax=Syntax.JSONC,
        reads="factory.settings",
        paths=(".factory/settings.json", ".factory/settings.local.json", ".factory/hooks.json"),
        docs="https://docs.factory.ai/droid-cli/settings",
    ),
)
