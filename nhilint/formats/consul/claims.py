"""Which files may be settings of a Consul agent with access control, or rules of a Consul policy."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="consul-agent",
        title="Consul agents: access control (HCL)",
        syntax=Syntax.HCL,
        reads="consul.agent",
        suffixes=(".hcl",),
        probe=(b"default_policy",),
        docs="https://developer.hashicorp.com/consul/docs/reference/agent/configuration-file/acl",
    ),
    Claim(
        format="consul-agent",
        title="Consul agents: access control (JSON)",
        syntax=Syntax.JSON,
        reads="consul.agent",
        suffixes=(".json",),
        probe=(b'"default_policy"', b'"acl_default_policy"'),
        docs="https://developer.hashicorp.com/consul/docs/reference/agent/configuration-file/acl",
    ),
    Claim(
        format="consul-policy",
        title="Consul policies",
        syntax=Syntax.HCL,
        reads="consul.rules",
        suffixes=(".hcl", ".policy"),
        probe=(b"acl = ", b"acl=", b"_prefix "),
        docs="https://developer.hashicorp.com/consul/docs/reference/acl/rule",
    ),
)
