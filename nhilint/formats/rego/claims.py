"""Which files are Rego: their ending, and a package."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="rego-policy",
        title="Rego policies (Open Policy Agent)",
        syntax=Syntax.TEXT,
        reads="rego.policy",
        suffixes=(".rego",),
        probe=(b"package ",),
        docs="https://www.openpolicyagent.org/docs/policy-language",
    ),
)
