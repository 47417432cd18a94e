"""Which files are Casbin models: settings in sections, one of which is the effect of a policy."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="casbin-model",
        title="Casbin models",
        syntax=Syntax.TEXT,
        reads="casbin.model",
        suffixes=(".conf", ".ini", ".cfg"),
        probe=(b"[policy_effect]",),
        docs="https://casbin.apache.org/docs/syntax-for-models/",
    ),
)
