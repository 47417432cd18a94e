"""Which files configure an OpenClaw gateway."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="openclaw",
        title="OpenClaw configuration",
        syntax=Syntax.JSONC,
        reads="openclaw.configuration",
        names=("openclaw.json", "openclaw.json5", "clawdbot.json", "moltbot.json"),
        paths=("openclaw*.json", "**/.openclaw/*.json"),
        probe=(b"channels", b"gateway", b"agents"),
        docs="https://docs.openclaw.ai/gateway/configuration-reference",
    ),
)
