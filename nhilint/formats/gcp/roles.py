"""The role of a binding becomes what it holds: a predefined role by the table, a custom one by its declaration."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nhilint.formats.gcp.members import has_gap
from nhilint.knowledge import gcp
from nhilint.model.fact import Known, Unknown
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nhilint.formats.gcp.declared import CustomRole, Member

BROAD = frozenset({"organization", "folder", "project"})
"""Places below which every resource is covered."""
WIDE = frozenset({"organization", "folder"})
"""Of those, what holds many projects."""
_BY_OTHERS = ("worker", "serviceAgent", "nodeServiceAccount", "agent", "serviceAccount")
"""Last words of roles that Google made for the accounts of its own products."""


_OF_SOME_PROJECT = Deferred(r"^projects/\$\{[^{}]{1,200}\}/roles/([\w.]{1,64})$")


def of_any_project(name: str) -> str:
    """The name of a custom role without the project that a run fills in; any other name as it is."""
    found = _OF_SOME_PROJECT.match(name)
    return f"projects//roles/{found[1]}" if found else name


class Meaning(NamedTuple):
    """What a role gives. `held` is None where it cannot be told."""

    name: str
    held: gcp.PermissionSet | None
    power: gcp.RolePower | None
    predefined: bool

    @property
    def service(self) -> str:
        """The service that a predefined role is about (`run` of roles/run.admin)."""
        return self.name.removeprefix("roles/").partition(".")[0] if self.predefined else ""

    @property
    def made_for_products(self) -> bool:
        """Whether Google made it for the workers of a product, which need it as it is."""
        return self.predefined and self.name.rpartition(".")[2] in _BY_OTHERS


def meaning(role: Member, custom: Mapping[str, CustomRole]) -> Meaning:
    """What the role of a binding gives."""
    if isinstance(role, Unknown):
        return Meaning("", None, None, predefined=False)
    name = role.value
    declared = named(name, custom)
    if declared is not None:
        held = permissions_of_custom(declared)
        power = gcp.power_of_set(held) if held is not None else None
        return Meaning(said(name, declared), held, power, predefined=False)
    return Meaning(said(name, None), gcp.permissions_of(name), gcp.power_of(name), predefined=name.startswith("roles/"))


def said(role: str, declared: CustomRole | None) -> str:
    """What a message calls a role: one whose project is a stand-in or left to a run by what its own files call it."""
    if "/own/roles/" not in role and not has_gap(role):
        return role
    return declared.label if declared is not None else role.rpartition("/")[2]


def named(role: str, custom: Mapping[str, CustomRole]) -> CustomRole | None:
    """The custom role that a binding names, be it without its project."""
    return custom.get(role) or custom.get(of_any_project(role))


def permissions_of_custom(role: CustomRole) -> gcp.PermissionSet | None:
    """The permissions of a custom role; those that could be read, where some could not. None where none could."""
    if role.disabled:
        return gcp.PermissionSet()
    if isinstance(role.permissions, Unknown):
        return None
    known = [p.value for p in role.permissions if isinstance(p, Known) and not has_gap(p.value)]
    return gcp.permissions(known) if known or not role.permissions else None
