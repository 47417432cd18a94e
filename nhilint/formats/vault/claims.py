"""Which files may be Vault policies or roles: HCL, JSON and YAML with the words that only those have together.

Objects of a cluster come as manifests.
"""

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
    Claim(
        format="vault-settings",
        title="Vault and OpenBao: what Bank-Vaults sets up (YAML)",
        syntax=Syntax.TEMPLATED_YAML,
        reads="vault.external",
        suffixes=(".yaml", ".yml"),
        probe=(b"bound_service_account_names:", b"bound_claims:", b"capabilities = [", b"capabilities=["),
        docs="https://bank-vaults.dev/docs/concepts/external-configuration/",
    ),
)
