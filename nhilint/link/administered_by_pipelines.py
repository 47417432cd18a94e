"""Roles that pipelines may become and that administer an account, a project or a subscription: what makes them so.

Who lets pipelines in and what the role may do stand in different statements, often in different files, and on Google
Cloud and Azure in different declarations; only both together tell how grave a loose trust is. Known for every role, as
far as the files of the repository tell: power that stands elsewhere is not guessed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from nhilint.link.agent_roles import power_of
from nhilint.model.fact import Known, known_records, value_of
from nhilint.model.vocabulary import Identity

if TYPE_CHECKING:
    from nhilint.model.resource import Resource

_PIPELINES: Final = frozenset({"github", "gitlab", "bitbucket"})
_WIDE: Final = frozenset({"tenant", "management_group", "subscription"})


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The resources with roles of pipelines that know what makes them administrators."""
    return tuple(_told(resource) for resource in resources)


def _told(resource: Resource) -> Resource:
    facts = resource.facts
    if not isinstance(facts, Identity) or not _lets_pipelines_in(facts):
        return resource
    by = administration_of(facts)
    return replace(resource, facts=replace(facts, administers_by=by)) if by is not None else resource


def _lets_pipelines_in(role: Identity) -> bool:
    return any(value_of(trust.issuer_kind) in _PIPELINES for trust in known_records(role.trusts))


def administration_of(role: Identity) -> Known[str] | None:
    """What makes a role an administrator, in words that follow "has", and where that is given."""
    if value_of(role.provider) == "azure":
        return _gives_roles_on_azure(role)
    power, through, at = power_of(role)
    if power != "administers":
        return None
    if value_of(role.provider) != "gcp":
        return Known(through, at)
    whole = next((name for name in value_of(role.managed_admin) or () if name.endswith(f"/{through}")), through)
    return Known(f"{whole} over the whole {_widest(role, whole)}", at)


def _widest(role: Identity, named: str) -> str:
    """On what of Google Cloud a role is given, the widest where it is on several."""
    given = {value_of(grant.scope_level) for grant in known_records(role.grants) if value_of(grant.role) == named}
    return next((level for level in ("organization", "folder") if level in given), "project")


def _gives_roles_on_azure(role: Identity) -> Known[str] | None:
    """The first role whose holder may give any role, on a subscription or wider."""
    for grant in known_records(role.grants):
        level = value_of(grant.scope_level)
        if value_of(grant.hands_out_roles) is True and level in _WIDE:
            name = value_of(grant.role) or value_of(grant.name) or "a role that gives roles"
            return Known(f"{name} on a whole {level.replace('_', ' ')}", grant.at)
    return None
