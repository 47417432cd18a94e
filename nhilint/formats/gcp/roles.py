"""The role of a binding becomes what it holds: a predefined role by the table, a custom one by its declaration."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nhilint.formats.gcp.members import has_gap
from nhilint.knowledge import gcp
from nhilint.model.fact import Known, Unknown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nhilint.formats.gcp.declared import CustomRole, Member

BROAD = frozenset({"organization", "folder", "project"})
"""Places below which every resource is covered."""
_BY_OTHERS = ("worker", "serviceAgent", "nodeServiceAccount", "agent", "serviceAccount")
"""Last words of roles that Google made for the accounts of its own products."""


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
    if name in custom:
        held = permissions_of_custom(custom[name])
        return Meaning(name, held, gcp.power_of_set(held) if held is not None else None, predefined=False)
    return Meaning(name, gcp.permissions_of(name), gcp.power_of(name), predefined=name.startswith("roles/"))


def permissions_of_custom(role: CustomRole) -> gcp.PermissionSet | None:
    """The permissions of a custom role; those that could be read, where some could not. None where none could."""
    if role.disabled:
        return gcp.PermissionSet()
    if isinstance(role.permissions, Unknown):
        return None
    known = [p.value for p in role.permissions if isinstance(p, Known) and not has_gap(p.value)]
    return gcp.permissions(known) if known or not role.permissions else None
