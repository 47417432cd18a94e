"""Which files configure LibreChat."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="librechat",
        title="LibreChat configuration",
        syntax=Syntax.YAML,
        reads="librechat.configuration",
        names=("librechat.yaml", "librechat.yml"),
        paths=("librechat*.yaml", "librechat*.yml"),
        probe=(b"endpoints", b"mcpServers", b"mcpSettings"),
        docs="https://www.librechat.ai/docs/configuration/librechat_yaml",
    ),
)
