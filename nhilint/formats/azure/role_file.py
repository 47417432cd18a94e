"""A custom role in a JSON file becomes the role that it defines.

Source: learn.microsoft.com/azure/role-based-access-control/role-definitions-list and custom-roles-powershell,
custom-roles-cli, custom-roles-rest, read 2026-11-22: PowerShell and the command line take the lists at the top, REST
takes `properties` with `permissions`; names of keys are read without regard to case.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.formats.aws.assembled import Assembled, mapping
from nhilint.formats.azure.identities import role_identity
from nhilint.formats.azure.stated import StatedRole, property_of
from nhilint.formats.node import Node
from nhilint.model.resource import Extraction, Resource
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

_LISTS = ("actions", "notActions", "dataActions", "notDataActions")
_MOST = 200
_FOR_A_WORKLOAD = Deferred(
    r"\b(?:spns?|service principals?|(?:managed|workload) identit(?:y|ies)|pipelines?|runners?|workflows?|terraform|"
    r"github|azure devops|automation accounts?|agents?|bots?)\b",
    flags=re.IGNORECASE,
)
"""What the description of a role says that something unattended is to have."""


def extract(document: Document, claim: Claim) -> Extraction:
    """One custom role, or each of a list."""
    root = Node.root(document)
    found = [role for node in list(root.items())[:_MOST] if (role := role_of(node)) is not None]
    if not found:
        return Extraction(recognised=False)
    return Extraction(tuple(Resource("identity", role.name, claim.format, role_identity(role)) for role in found))


def role_of(node: Node) -> StatedRole | None:
    """The role of one object; None for a look-alike."""
    body = property_of(node, "properties") if property_of(node, "properties").is_mapping else node
    scopes = property_of(body, "assignableScopes")
    if not body.is_mapping or not scopes.exists:
        return None
    permissions = property_of(body, "permissions")
    if permissions.is_list:
        blocks = tuple(_block(item) for item in permissions.items())
    elif any(property_of(body, name).is_list for name in ("actions", "dataActions")):
        blocks = (_block(body),)
    else:
        return None
    if property_of(body, "type").value == "BuiltInRole" or property_of(body, "roleType").value == "BuiltInRole":
        return None
    named = next((n for key in ("roleName", "name") if (n := property_of(body, key)).is_text), None)
    return StatedRole(
        name=str(named.value) if named is not None else "role",
        at=named.at if named is not None else node.at,
        blocks=blocks,
        scopes=scopes,
        unheld=_FOR_A_WORKLOAD.search(str(property_of(body, "description").value)[:1_000]) is None,
    )


def _block(node: Node) -> Node:
    if not node.is_mapping:
        return Assembled("${permissions}", node.at)
    return mapping({name: property_of(node, name) for name in _LISTS}, node.at)
