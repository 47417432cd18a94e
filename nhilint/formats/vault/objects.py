"""Objects of a cluster by which an operator sets up Vault become its policies and roles.

Read are `Vault` of Bank-Vaults (its `externalConfig`), and of Red Hat's vault-config-operator `Policy`,
`KubernetesAuthEngineRole` and `JWTOIDCAuthEngineRole`. The operator writes what an object says under the names of
Vault's API; `spec.name` goes before the object's own, accounts are `default` where none is named, and namespaces are
listed or chosen by labels, of which an empty selector leaves out none. Sources, read 2026-11-23:
github.com/redhat-cop/vault-config-operator, docs/auth-engines.md, docs/policy-management.md, the definitions of
its objects, and api/v1alpha1/kubernetesauthenginerole_types.go (toMap, findSelectedNamespaceNames).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.aws.assembled import literal, mapping
from nhilint.formats.kubernetes.names import object_name
from nhilint.formats.vault.external import declared
from nhilint.formats.vault.policy_text import written_policy
from nhilint.formats.vault.role import is_for_people, names_groups, role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.identity import Identity
    from nhilint.model.vocabulary.policy import Policy

_JWT = {
    "roleType": "role_type",
    "userClaim": "user_claim",
    "groupsClaim": "groups_claim",
    "boundAudiences": "bound_audiences",
    "boundSubject": "bound_subject",
    "boundClaims": "bound_claims",
    "boundClaimsType": "bound_claims_type",
    "tokenPolicies": "token_policies",
}


def read(node: Node) -> Iterator[tuple[str, Policy | Identity]]:
    """What an object sets up in Vault, by its names there; nothing for a patch without a name."""
    spec, kind = node["spec"], node["kind"].value
    if kind == "Vault":
        yield from declared(spec["externalConfig"])
        return
    name = spec["name"].value if spec["name"].is_text else object_name(node)
    if not name or not spec.is_mapping:
        return
    if kind == "Policy" and spec["policy"].is_text:
        yield name, written_policy(name, spec.at, spec["policy"])
    elif kind == "KubernetesAuthEngineRole":
        yield name, role(_kubernetes(spec), "kubernetes", name)
    elif kind == "JWTOIDCAuthEngineRole":
        body = mapping({theirs: spec[ours] for ours, theirs in _JWT.items()}, spec.at)
        if not is_for_people(body):
            found = role(body, "jwt", name)
            yield name, replace(found, gives_default_only=None) if names_groups(body) else found


def _kubernetes(spec: Node) -> Node:
    """A role as Vault's API takes it."""
    accounts, spaces = spec["targetServiceAccounts"], spec["targetNamespaces"]
    selector = spaces["targetNamespaceSelector"]
    everywhere = selector.is_mapping and not any(value.value for _, value in selector.entries())
    body = {
        "bound_service_account_names": accounts if accounts.exists else literal(["default"], spec.at),
        "bound_service_account_namespaces": literal("*", selector.at) if everywhere else spaces["targetNamespaces"],
        "audience": spec["audience"],
        "token_policies": spec["policies"],
    }
    return mapping(body, spec.at)
