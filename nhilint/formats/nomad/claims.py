"""Which files may be policies of Nomad's access control: HCL with rules for namespaces, nodes or agents."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="nomad-policy",
        title="Nomad policies",
        syntax=Syntax.HCL,
        reads="nomad.policy",
        suffixes=(".hcl", ".policy"),
        probe=(b'namespace "', b"operator {", b"agent {", b"node {"),
        docs="https://developer.hashicorp.com/nomad/docs/other-specifications/acl-policy",
    ),
)
