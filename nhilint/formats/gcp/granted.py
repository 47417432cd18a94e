"""A binding becomes a grant: the role, what it opens, where, under which condition, and for whom.

Facts about what is open hold for bindings on an organization, folder or project, where every resource below is covered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.gcp.conditions import condition_records, narrowing
from nhilint.formats.gcp.members import has_gap, principal
from nhilint.formats.gcp.roles import BROAD, meaning, named, said
from nhilint.knowledge import gcp
from nhilint.model.fact import Known, Unknown, value_of
from nhilint.model.vocabulary.statement import Grant

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nhilint.formats.gcp.declared import Binding, CustomRole
    from nhilint.formats.gcp.members import Standing
    from nhilint.formats.gcp.roles import Meaning
    from nhilint.model.fact import Fact
    from nhilint.model.vocabulary.statement import Principal

    Standings = Callable[[str, Binding], Standing]
    """What is known of a member of a binding in its own folder."""

_STORE_READS = ("secretmanager.versions.access",)


def grant(binding: Binding, custom: Mapping[str, CustomRole], standings: Standings | None) -> Grant:
    """The grant of a binding; its members are named where it is told as a part of a policy on a resource, with their
    `standings`.
    """
    told = meaning(binding.role, custom)
    role = _stated(binding, custom)
    at = binding.role.at
    conditioned = _conditioned(binding)
    broad = binding.target.scope in BROAD
    reads = tuple(name for name in _STORE_READS if told.held is not None and name in told.held)
    return Grant(
        at=binding.at,
        name=role,
        effect=Known("allow", binding.at),
        actions=Known((role.value,), at) if isinstance(role, Known) else role,
        role=role,
        role_power=Known(told.power, at) if told.power else Unknown("a role that is described elsewhere", at),
        role_meant=_meant(binding),
        resources=Known((f"the whole {binding.target.scope}",), at) if broad else None,
        scope_level=Known(binding.target.scope, binding.at),
        scope_name=Known(binding.target.named, binding.at) if binding.target.named else None,
        principals=_principals(binding, standings) if standings is not None else (),
        conditions=condition_records(binding.condition),
        conditioned=conditioned,
        levels=_levels(told, binding),
        services=Known((binding.target.service,), at),
        all_resources=Known(broad, binding.at),
        store_reads=_listed(reads, told, binding),
        unlimited_store_reads=_listed(reads if broad else (), told, binding),
        passes_any_role=Known(broad and told.power == "act_as", at) if told.power else None,
    )


def _stated(binding: Binding, custom: Mapping[str, CustomRole]) -> Fact[str]:
    role = binding.role
    if isinstance(role, Unknown):
        return role
    declared = named(role.value, custom)
    if declared is None and has_gap(role.value):
        return Unknown("a template", role.at)
    return Known(said(role.value, declared), role.at)


def _meant(binding: Binding) -> Fact[str]:
    role = binding.role
    if isinstance(role, Unknown) or has_gap(role.value):
        return None
    slip = gcp.slip_of_role(role.value)
    return Known(slip, role.at) if slip else None


def _conditioned(binding: Binding) -> Fact[bool]:
    left = narrowing(binding.condition)
    if left is not None:
        return Known(left.narrows, binding.condition.at if binding.condition is not None else binding.at)
    return Unknown("a condition with a template", binding.condition.at if binding.condition is not None else binding.at)


def _levels(told: Meaning, binding: Binding) -> Fact[tuple[gcp.Access, ...]]:
    if told.held is None:
        return Unknown("a role that is described elsewhere", binding.role.at)
    return Known(gcp.access_of(told.held), binding.role.at)


def _listed(names: tuple[str, ...], told: Meaning, binding: Binding) -> Fact[tuple[str, ...]]:
    if told.held is None:
        return Unknown("a role that is described elsewhere", binding.role.at)
    return Known(names, binding.role.at)


def _principals(binding: Binding, standings: Standings) -> tuple[Principal | Unknown, ...]:
    return tuple(principal(m, standings(value_of(m) or "", binding)) for m in binding.members)
