"""The resources of a template, whatever its notation, become what the Azure family judges.

Source: learn.microsoft.com/azure/templates/microsoft.authorization/roleassignments, …/roledefinitions and
…/microsoft.managedidentity/userassignedidentities, read 2026-11-22. A role assignment holds at the scope that it names,
else at the one its file is deployed to.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from nhilint.formats.aws.assembled import Assembled
from nhilint.formats.azure import graph_resources
from nhilint.formats.azure.federation import federated_trust
from nhilint.formats.azure.reference import REFERENCE
from nhilint.formats.azure.scope import level_of
from nhilint.formats.azure.stated import Assignment, Held, Principal, Stated, StatedRole, property_of, text_of
from nhilint.formats.azure.vault_policies import vault_access
from nhilint.model.fact import Fact, Known, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from nhilint.formats.azure.stated import PrincipalKind, ScopeLevel
    from nhilint.formats.node import Node
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.trust import Trust

ASSIGNMENT: Final = "microsoft.authorization/roleassignments"
DEFINITION: Final = "microsoft.authorization/roledefinitions"
IDENTITY: Final = "microsoft.managedidentity/userassignedidentities"
FEDERATED: Final = f"{IDENTITY}/federatedidentitycredentials"
_LEVELS: Final[dict[str, ScopeLevel]] = {
    "${@subscription}": "subscription",
    "${@resourcegroup}": "resource_group",
    "${@managementgroup}": "management_group",
    "${@tenant}": "tenant",
}
_LEVEL_OF_TYPE: Final[dict[str, ScopeLevel]] = {
    "microsoft.resources/resourcegroups": "resource_group",
    "microsoft.resources/subscriptions/resourcegroups": "resource_group",
    "microsoft.subscription/aliases": "subscription",
    "microsoft.management/managementgroups": "management_group",
}
_FILLED_IN: Final = re.compile(r"\$\{[^{}]{0,200}\}")
_SAYING_NOTHING: Final = frozenset({"expression", "condition", "value", "parameter", "resource"})
_KINDS: Final[dict[str, PrincipalKind]] = {
    "user": "user",
    "group": "group",
    "foreigngroup": "group",
    "serviceprincipal": "service_account",
}


class TemplateResource(Struct, frozen=True):
    """One resource: its type in lower case, the key by which others refer to it, its body, and the file's level."""

    type: str
    key: str
    body: Node
    at: Place
    level: Fact[ScopeLevel]
    existing: bool = False


def stated_of(resources: Iterable[TemplateResource]) -> Stated:
    """What the resources state, with references between them resolved."""
    listed = list(resources)
    by_key = {resource.key.lower(): resource for resource in listed}
    roles = {r.key.lower(): _role(r) for r in listed if r.type == DEFINITION and not r.existing and _has_permissions(r)}
    given = tuple(_assignments(listed, roles, by_key))
    rights = tuple(_with_permissions(listed, by_key))
    opened = tuple(vault_access(listed, by_key, _named_by(by_key)))
    trusts = tuple(_trusted(listed))
    principals: dict[str, Principal] = {}
    for one in (*_declared_ones(listed), *(receiver for receiver, _ in (*given, *rights, *opened, *trusts))):
        principals.setdefault(one.key, one)
    return Stated(
        principals=tuple(principals.values()),
        assignments=tuple(assignment for _, assignment in given),
        rights=tuple(held for _, held in rights),
        roles=tuple(roles.values()),
        trusts=tuple((principal.key, trust) for principal, trust in trusts),
        vault_access=tuple(access for _, access in opened),
    )


def _declared_ones(resources: Iterable[TemplateResource]) -> Iterator[Principal]:
    """The managed identities and the registrations that are made here."""
    for resource in resources:
        if resource.type == IDENTITY and not resource.existing:
            yield _declared(resource)
        if resource.type == graph_resources.APPLICATION and not resource.existing:
            yield graph_resources.application_principal(resource)


def _assignments(
    resources: Iterable[TemplateResource], roles: dict[str, StatedRole], by_key: dict[str, TemplateResource]
) -> Iterator[tuple[Principal, Assignment]]:
    """Every role assignment, also one within the type of what it is for, with the principal that receives it."""
    for one in resources:
        is_assignment = one.type == ASSIGNMENT or ("/providers/" in one.type and one.type.endswith("/roleassignments"))
        if is_assignment and not one.existing:
            principal = _principal(property_of(one.body, "properties"), one.key, one.at, by_key)
            yield principal, _assignment(one, principal.key, roles, by_key)


def _with_permissions(
    resources: Iterable[TemplateResource], by_key: dict[str, TemplateResource]
) -> Iterator[tuple[Principal, Held]]:
    """Every permission of Microsoft Graph with the principal that receives it."""
    for one in resources:
        held = graph_resources.role_given(one, by_key) if one.type == graph_resources.ROLE_GIVEN else None
        if held is not None:
            yield _receiver(held, by_key), held


def _trusted(resources: Iterable[TemplateResource]) -> Iterator[tuple[Principal, Trust]]:
    """Every federated credential with the principal as which it lets sign in."""
    for one in resources:
        if one.type in (FEDERATED, graph_resources.FEDERATED) and not one.existing and one.body.is_mapping:
            key, trust = _federated(one) if one.type == FEDERATED else graph_resources.application_trust(one)
            yield Principal(key=key, name=_short(key), at=one.at, kind=Known("service_account", one.at)), trust


def _declared(resource: TemplateResource) -> Principal:
    at = resource.at
    stated = text_of(property_of(resource.body, "name"))
    name = stated.value if isinstance(stated, Known) and "${" not in stated.value else _short(resource.key)
    return Principal(key=resource.key.lower(), name=name, at=at, kind=Known("service_account", at), declared=True)


def _role(resource: TemplateResource) -> StatedRole:
    properties = property_of(resource.body, "properties")
    stated = property_of(properties, "roleName")
    name = _FILLED_IN.sub("…", str(stated.value)) if stated.is_text else ""
    blocks = property_of(properties, "permissions")
    return StatedRole(
        name=name if name.strip("… ") and "[" not in name else _short(resource.key),
        at=resource.at,
        blocks=tuple(blocks.items()) if blocks.is_list else (blocks,),
        scopes=property_of(properties, "assignableScopes"),
    )


def _has_permissions(resource: TemplateResource) -> bool:
    return property_of(property_of(resource.body, "properties"), "permissions").exists


def _named_by(by_key: dict[str, TemplateResource]) -> Callable[[Node, str, Place], Principal]:
    return lambda properties, key, at: _principal(properties, key, at, by_key)


def _principal(properties: Node, of: str, at: Place, by_key: dict[str, TemplateResource]) -> Principal:
    node = property_of(properties, "principalId")
    at = node.at if node.exists else at
    stated = _kind(property_of(properties, "principalType"), at)
    text = str(node.value) if node.is_text else ""
    found = REFERENCE.match(text)
    if found is None:
        bare = text.removeprefix("${").removesuffix("}")
        says = bare not in _SAYING_NOTHING
        shown = bare if says and 0 < len(bare) < 60 else _short(of)
        key = f"principal {text[:400]}" if says else f"principal of {of}"  # two expressions may be two principals
        return Principal(key=key, name=shown, at=at, kind=stated, left_open=text.startswith("${"))
    home = graph_resources.home_of(found[1], by_key)
    named = home.type if home is not None else _type_in_id(found[1])
    kind: Fact[PrincipalKind] = Known("service_account", at) if named else stated
    if home is not None and home.type.startswith("microsoft.graph/"):
        kind = Known("group" if "group" in home.type else "user" if "user" in home.type else "app", at)
    key = home.key.lower() if home is not None else found[1].lower() if named else text.lower()
    of_nodes = "kubelet" in found[2].lower()  # a cluster has two identities: its own, and that of its nodes
    return Principal(
        key=key,
        name=f"kubelet identity of {_short(found[1])}" if of_nodes else _short(found[1]),
        at=home.at if home else at,
        kind=kind,
        of_policy=named.endswith("/policyassignments"),
    )


def _receiver(held: Held, by_key: dict[str, TemplateResource]) -> Principal:
    """Who receives a permission and is not declared here."""
    home = by_key.get(held.principal)
    kind: Fact[PrincipalKind] = Known("app", held.at)
    if home is not None and not home.type.startswith("microsoft.graph/"):
        kind = Known("service_account", held.at)
    at = home.at if home is not None else held.at
    return Principal(key=held.principal, name=_short(home.key if home else held.principal), at=at, kind=kind)


def _kind(node: Node, at: Place) -> Fact[PrincipalKind]:
    if not node.exists:
        return Unknown("a principal whose sort is not stated", at)
    kind = _KINDS.get(str(node.value).lower()) if node.is_text else None
    return Known(kind, node.at) if kind else Unknown("filled in when it is deployed", node.at)


def _type_in_id(text: str) -> str:
    found = re.search(r"/providers/([\w.]+/\w+)", text)
    return found[1].lower() if found else ""


def _assignment(
    resource: TemplateResource, principal: str, roles: dict[str, StatedRole], by_key: dict[str, TemplateResource]
) -> Assignment:
    properties = property_of(resource.body, "properties")
    return Assignment(
        principal=principal,
        at=resource.at,
        role=_assigned(property_of(properties, "roleDefinitionId"), resource, roles, by_key),
        level=_level(resource, by_key),
        condition=text_of(property_of(properties, "condition")),
    )


def _assigned(
    node: Node, resource: TemplateResource, roles: dict[str, StatedRole], by_key: dict[str, TemplateResource]
) -> Node | StatedRole:
    if not node.exists:
        return Assembled("${role}", resource.at)
    found = REFERENCE.match(str(node.value)) if node.is_text else None
    if found is None:
        return _custom_by_name(node, roles)
    if found[1].lower() in roles:
        return roles[found[1].lower()]
    home = by_key.get(found[1].lower())
    named = property_of(home.body, "name") if home is not None and home.type == DEFINITION else None
    if named is not None and named.is_text:
        return Assembled(named.value, node.at)
    return node


def _custom_by_name(node: Node, roles: dict[str, StatedRole]) -> Node | StatedRole:
    """A role that is named by the same expression as a definition of the same file."""
    last = str(node.value).rsplit("roleDefinitions/", 1)[-1].lower() if node.is_text else ""
    return roles.get(f"{DEFINITION}/{last}", node)


def _level(resource: TemplateResource, by_key: dict[str, TemplateResource]) -> Fact[ScopeLevel]:
    scope = property_of(resource.body, "scope")
    if "/providers/" in resource.type:
        return Known("resource", resource.at)
    if not scope.exists:
        return _level_said_again(resource) or resource.level
    text = str(scope.value) if scope.is_text else ""
    if text in _LEVELS:
        return Known(_LEVELS[text], scope.at)
    found = REFERENCE.match(text)
    if found is not None:
        home = by_key.get(found[1].lower())
        if home is not None:
            return Known(_LEVEL_OF_TYPE.get(home.type, "resource"), scope.at)
        return Unknown("a scope that is declared elsewhere", scope.at)
    level = level_of(text)
    if level is None and re.match(r"^[\w.]+/\w+/.+", text):
        level = "resource"
    return Known(level, scope.at) if level else Unknown("a scope that is declared elsewhere", scope.at)


def _level_said_again(resource: TemplateResource) -> Fact[ScopeLevel]:
    """The level of a `scope` among the properties, which sets nothing: Azure refuses the assignment where its own scope
    is another one ("must match the scope specified on the URI", github.com/MicrosoftDocs/azure-docs/issues/62786)."""
    said = property_of(property_of(resource.body, "properties"), "scope")
    text = str(said.value) if said.is_text else ""
    level = _LEVELS.get(text) or level_of(text)
    return Known(level, said.at) if level else None


def _federated(resource: TemplateResource) -> tuple[str, Trust]:
    properties = property_of(resource.body, "properties")
    parent = property_of(resource.body, "parent")
    found = REFERENCE.match(str(parent.value)) if parent.is_text else None
    key = found[1].lower() if found else resource.key.rsplit("/", 1)[0].lower()
    name = text_of(property_of(resource.body, "name"))
    expression = property_of(property_of(properties, "claimsMatchingExpression"), "value")
    return key, federated_trust(
        name.value if isinstance(name, Known) else _short(resource.key),
        resource.at,
        property_of(properties, "issuer"),
        property_of(properties, "audiences"),
        property_of(properties, "subject"),
        expression,
    )


def _short(key: str) -> str:
    """What a reader calls it: the last part of its key."""
    text = key.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
    return re.sub(r"[${}<>]", "", text)[:80] or "principal"
