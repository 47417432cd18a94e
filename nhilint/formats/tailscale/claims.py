"""Which files may be tailnet policies: JSON with comments that holds one of their sections."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="tailscale-policy",
        title="Tailnet policy files (Tailscale, Headscale)",
        syntax=Syntax.JSONC,
        reads="tailscale.policy",
        suffixes=(".hujson", ".json", ".jsonc"),
        probe=(b'"acls"', b'"ACLs"', b'"tagOwners"', b'"tailscale.com/cap'),
        docs="https://tailscale.com/docs/reference/syntax/policy-file",
    ),
)
