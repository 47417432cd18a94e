"""Which files belong to Pi, of a project and of a home folder."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="pi-settings",
        title="Pi settings",
        syntax=Syntax.JSONC,
        reads="pi.settings",
        paths=(".pi/settings.json", ".pi/agent/settings.json", "pi/agent/settings.json", "dot_pi/agent/settings.json"),
        docs="https://github.com/earendil-works/pi-mono/blob/main/packages/coding-agent/docs/settings.md",
    ),
)
