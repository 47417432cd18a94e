"""Which files belong to Grok Build: the configuration of a project, a home folder or a fleet."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="grok-config",
        title="Grok Build configuration",
        syntax=Syntax.TOML,
        reads="grok.settings",
        paths=(".grok/config.toml", "dot_grok/config.toml", "grok/managed_config.toml", ".grok/managed_config.toml"),
        docs="https://docs.x.ai/build/settings",
    ),
)
