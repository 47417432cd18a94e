"""Which files may be policies of Nomad's access control (HCL with rules for namespaces, nodes or agents), or jobs."""

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
    Claim(
        format="nomad-job",
        title="Nomad jobs",
        syntax=Syntax.HCL,
        reads="nomad.job",
        suffixes=(".nomad", ".hcl", ".job"),
        probe=(b'job "',),
        docs="https://developer.hashicorp.com/nomad/docs/job-specification",
    ),
)
