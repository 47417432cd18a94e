"""Which files may be policies of Nomad's access control (HCL with rules for namespaces and nodes), jobs, or tokens."""

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
    Claim(
        format="nomad-token-file",
        title="Files with the first token of Nomad or Consul",
        syntax=Syntax.TEXT,
        reads="nomad.token_file",
        names=("bootstrap.token", "root.token", "management.token", "nomad.token", "consul.token"),
        paths=("*nomad*bootstrap*.token", "*bootstrap*nomad*.token", "*consul*bootstrap*.token"),
        docs="https://developer.hashicorp.com/nomad/commands/acl/bootstrap",
    ),
)
