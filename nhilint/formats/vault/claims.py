"""Which files may be Vault policies or roles: HCL and JSON with the words that only those have together."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="vault-policy",
        title="Vault and OpenBao policies (HCL)",
        syntax=Syntax.HCL,
        reads="vault.policy",
        suffixes=(".hcl", ".policy"),
        probe=(b"capabilities", b'policy = "', b'policy="'),
        docs="https://developer.hashicorp.com/vault/docs/concepts/policies",
    ),
    Claim(
        format="vault-policy",
        title="Vault and OpenBao policies (JSON)",
        syntax=Syntax.JSON,
        reads="vault.policy",
        suffixes=(".json",),
        probe=(b'"capabilities"',),
        docs="https://developer.hashicorp.com/vault/docs/concepts/policies",
    ),
    Claim(
        format="vault-role",
        title="Vault and OpenBao roles of JWT and Kubernetes authentication",
        syntax=Syntax.JSON,
        reads="vault.role",
        suffixes=(".json",),
        probe=(b'"user_claim"', b'"bound_service_account_namespaces"'),
        docs="https://developer.hashicorp.com/vault/api-docs/auth/jwt",
    ),
)
