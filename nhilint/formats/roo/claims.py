"""Which files belong to Roo Code and Kilo Code: custom modes, in JSON or YAML (YAML reads both)."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="roo-modes",
        title="Roo Code and Kilo Code modes",
        syntax=Syntax.YAML,
        reads="roo.modes",
        names=(".roomodes", ".kilocodemodes", "custom_modes.yaml", "custom_modes.json"),
        probe=(b"customModes",),
        docs="https://docs.roocode.com/features/custom-modes",
    ),
)
