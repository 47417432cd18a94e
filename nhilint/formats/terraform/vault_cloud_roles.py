"""Accounts that Vault makes in Google Cloud and Azure become identities with the roles that Vault gives them.

A role set is an account of its own, a static account one that stands elsewhere. A role of the engine for Azure with
`application_object_id` ignores its `azure_roles`. Sources, read 2026-11-22:
github.com/hashicorp/terraform-provider-vault, website/docs/r/{gcp_secret_roleset,gcp_secret_static_account,
azure_secret_backend_role}.html.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.azure.stated import Assignment, Principal
from nhilint.formats.gcp.declared import Binding, Target
from nhilint.formats.gcp.members import OWN
from nhilint.formats.terraform.google_values import bodies, is_dynamic, label_of
from nhilint.model.fact import Known, Unknown
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.azure.stated import PrincipalKind
    from nhilint.formats.gcp.declared import Member, Scope
    from nhilint.formats.terraform.azure_module import AzureModule
    from nhilint.formats.terraform.google_values import GoogleResolver
    from nhilint.formats.terraform.module import Block, Spot
    from nhilint.source.value import Value

GOOGLE = ("vault_gcp_secret_roleset", "vault_gcp_secret_static_account")
AZURE = "vault_azure_secret_backend_role"
_RESOURCE = Deferred(r"(?:^|/)(project|folder|organization)s/[^/]{1,200}$")
_SCOPES: dict[str, Scope] = {"project": "project", "folder": "folder", "organization": "organization"}


def google_bindings(block: Block, resolver: GoogleResolver) -> Iterator[Binding]:
    """Every role that a role set or static account is given, with the resource that it holds for."""
    member = _account(block, resolver)
    if is_dynamic(block.body, "binding"):
        at = block.spot.to("dynamic", "binding").place
        yield _binding(block, Unknown("a dynamic block", at), member, Target("resource", "resourcemanager"))
    for index, body in enumerate(bodies(block.body.get("binding"))):
        spot = block.spot.to("binding", index)
        target = _target(resolver.text(body.get("resource"), spot.to("resource")))
        for role in resolver.members(body.get("roles"), spot.to("roles")):
            yield _binding(block, role, member, target)


def azure_assignments(module: AzureModule) -> Iterator[tuple[Principal, Assignment]]:
    """Every role that a service principal of Vault's making is given."""
    for block in module.blocks(AZURE):
        if block.body.get("application_object_id") is not None:
            continue
        key = f"{block.kind}.{block.label}"
        sort: Known[PrincipalKind] = Known("service_account", block.at)
        principal = Principal(key=key, name=block.label, at=block.at, kind=sort, declared=True)
        for body, spot in module.inner(block, "azure_roles"):
            yield principal, _assignment(module, key, body, spot)


def _assignment(module: AzureModule, key: str, body: dict[str, Value], spot: Spot) -> Assignment:
    name = "role_name" if body.get("role_name") is not None else "role_id"
    return Assignment(
        principal=key,
        at=spot.place,
        role=module.resolver.node(body.get(name), spot.to(name)),
        level=module.level(body.get("scope"), spot.to("scope")),
    )


def _account(block: Block, resolver: GoogleResolver) -> Member:
    stated = block.body.get("service_account_email")
    if stated is not None:
        spot = block.spot.to("service_account_email")
        email = resolver.member(stated, spot)
        return Known(f"serviceAccount:{email.value}", email.at) if isinstance(email, Known) else email
    return Known(f"serviceAccount:{label_of(block, resolver)}{OWN}", block.at)


def _binding(block: Block, role: Member, member: Member, target: Target) -> Binding:
    policy = f"{block.kind}.{block.label}"
    return Binding(at=role.at, policy=policy, policy_at=block.at, role=role, members=(member,), target=target)


def _target(resource: str) -> Target:
    found = _RESOURCE.search(resource.rstrip("/")) if len(resource) < 500 else None
    scope: Scope = _SCOPES[found[1]] if found else "resource"
    return Target(scope, "resourcemanager")
