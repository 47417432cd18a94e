"""Which files belong to Aider."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="aider-config",
        title="Aider configuration",
        syntax=Syntax.YAML,
        reads="aider.config",
        names=(".aider.conf.yml", ".aider.conf.yaml"),
        docs="https://aider.chat/docs/config/aider_conf.html",
    ),
)
