"""Which files are Cedar policies: their ending says so."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="cedar-policy",
        title="Cedar policies",
        syntax=Syntax.TEXT,
        reads="cedar.policy",
        suffixes=(".cedar",),
        probe=(b"permit", b"forbid"),
        docs="https://docs.cedarpolicy.com/policies/syntax-grammar.html",
    ),
)
"""The probe leaves out the empty file."""
