"""What the readers of Azure's syntaxes hand over: roles, assignments, identities and trusts, each with its places.

A reader resolves references and gives every part a node of its own; a text with `${…}` in it is one that only a
deployment can tell. Nothing here judges.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from nhilint.formats.aws.assembled import Assembled
from nhilint.model.fact import Known, Unknown

if TYPE_CHECKING:
    from nhilint.formats.azure.vault_access import VaultAccess
    from nhilint.formats.node import Node
    from nhilint.model.fact import Fact
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.credential import Credential
    from nhilint.model.vocabulary.trust import Trust

PrincipalKind = Literal["user", "group", "service_account", "app"]
ScopeLevel = Literal["tenant", "management_group", "subscription", "resource_group", "resource"]


class Default(Assembled):
    """A scalar that nobody decided on: what a parameter has when its caller says nothing."""

    __slots__ = ()


class StatedRole(Struct, frozen=True, kw_only=True):
    """A custom role. Each block has the keys actions, notActions, dataActions and notDataActions."""

    name: str
    at: Place
    blocks: tuple[Node, ...]
    scopes: Node
    """assignable scopes"""
    unheld: bool = False
    """whether nothing beside its definition refers to it, and it does not say itself that a workload is to have it"""


class Principal(Struct, frozen=True, kw_only=True):
    """Somebody who holds roles. Equal keys within one module mean the same one."""

    key: str
    name: str
    at: Place
    kind: Fact[PrincipalKind] = None
    declared: bool = False
    """whether a block of the module makes it, so that it exists without any role"""
    left_open: bool = False
    """whether the file leaves it to its caller who that is"""
    of_policy: bool = False
    """whether only Azure Policy uses it, to put resources right: its roles are the ones its policies ask for"""


class Assignment(Struct, frozen=True, kw_only=True):
    """A role for somebody at a scope. `role` is a node with an id or a name, or a custom role of the same module."""

    principal: str
    at: Place
    role: Node | StatedRole
    level: Fact[ScopeLevel]
    condition: Fact[str] = None


class Held(Struct, frozen=True, kw_only=True):
    """Something else a principal holds: `graph:NAME`, an application permission, or `entra:NAME`, a directory role."""

    principal: str
    right: Fact[str]
    at: Place


class Stated(Struct, frozen=True, kw_only=True):
    """Everything of one module or template."""

    principals: tuple[Principal, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    rights: tuple[Held, ...] = ()
    roles: tuple[StatedRole, ...] = ()
    trusts: tuple[tuple[str, Trust], ...] = ()
    credentials: tuple[tuple[str, Credential], ...] = ()
    vault_access: tuple[VaultAccess, ...] = ()


def text_of(node: Node) -> Fact[str]:
    """The text of a node; Unknown where a part of it is only known when it is deployed."""
    fact = node.text()
    if isinstance(fact, Known) and ("${" in fact.value or "{{" in fact.value):
        return Unknown("filled in when it is deployed", fact.at)
    return fact


def texts_of(node: Node) -> Fact[tuple[str, ...]]:
    """A list of texts, entries with open parts included; Unknown where it or an entry cannot be told at all."""
    if not node.exists or node.value is None:
        return None
    found: list[str] = []
    for item in node.items():
        if not item.is_text or str(item.value).startswith(("${", "[")):
            return Unknown("filled in when it is deployed", item.at)
        found.append(str(item.value))
    return Known(tuple(found), node.at)


def property_of(node: Node, name: str) -> Node:
    """A property by its name in any case: templates are read without regard to it."""
    if node[name].exists or not node.is_mapping:
        return node[name]
    return next((inner for key, inner in node.entries() if key.lower() == name.lower()), node[name])
