"""Which files are settings of a SPIRE server or agent, or lists of entries. Custom resources come as manifests."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="spire-configuration",
        title="SPIRE servers and agents",
        syntax=Syntax.HCL,
        reads="spire.configuration",
        suffixes=(".conf", ".hcl"),
        probe=(b"trust_domain",),
        docs="https://spiffe.io/docs/latest/deploying/spire_agent/",
    ),
    Claim(
        format="spire-entries",
        title="SPIRE registration entries (JSON)",
        syntax=Syntax.JSON,
        reads="spire.entries",
        suffixes=(".json",),
        probe=(b'"spiffe_id"',),
        docs="https://spiffe.io/docs/latest/deploying/registering/",
    ),
)
