"""Roles of Vault meet the policies that they name: a role learns which of them allow everything, a policy who holds it.

A policy is known by its file's name, or by the name that its file states; of two with one name neither is taken. That
only guarded roles hold a policy is said where a role names it, and each that does is entered by pipelines of one branch
or environment alone; who else is given it by hand no file tells. One that every role which names it has beside a policy
that allows everything is told so.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.vault.rules import administers
from nhilint.model.fact import Known, value_of
from nhilint.model.vocabulary.identity import AttachedPolicy, Identity
from nhilint.model.vocabulary.policy import Policy
from nhilint.model.vocabulary.trust import Trust

if TYPE_CHECKING:
    from nhilint.model.resource import Resource


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The resources with every role told which of its policies allow everything."""
    named: dict[str, list[Policy]] = defaultdict(list)
    for resource in resources:
        if isinstance(resource.facts, Policy) and value_of(resource.facts.engine) == "vault":
            named[value_of(resource.facts.name) or ""].append(resource.facts)
    roles = [one.facts for one in resources if isinstance(one.facts, Identity) and _is_vault(one.facts)]
    if not named or not roles:
        return resources
    strong = {name for name, policies in named.items() if len(policies) == 1 and administers(policies[0])}
    resources = tuple(_held(_with_all(resource, roles, strong), named, roles) for resource in resources)
    return tuple(_told(resource, strong) for resource in resources) if strong else resources


def _is_vault(identity: Identity) -> bool:
    return value_of(identity.provider) == "vault"


def _held(resource: Resource, named: dict[str, list[Policy]], roles: list[Identity]) -> Resource:
    """A policy that knows the roles which name it."""
    facts = resource.facts
    name = value_of(facts.name) if isinstance(facts, Policy) else None
    if not isinstance(facts, Policy) or not name or len(named.get(name, ())) != 1:
        return resource
    holding = [role for role in roles if name in (value_of(role.managed) or ())]
    if not holding:
        return resource
    names = tuple(dict.fromkeys(value_of(role.name) or "" for role in holding))
    guarded = all(_is_guarded(role) for role in holding)
    told = replace(facts, holders=Known(names, holding[0].at), held_by_guarded=Known(guarded, holding[0].at))
    return replace(resource, facts=told)


def _with_all(resource: Resource, roles: list[Identity], strong: set[str]) -> Resource:
    """A policy as the roles that name it have it; what scripts say of it holds where none does."""
    facts = resource.facts
    name = value_of(facts.name) if isinstance(facts, Policy) and value_of(facts.engine) == "vault" else None
    lists = [value_of(role.managed) or () for role in roles] if name and name not in strong else []
    naming = [names for names in lists if name in names]
    if not naming or not isinstance(facts, Policy):
        return resource
    told = Known(value=True, at=facts.at) if all(strong.intersection(names) for names in naming) else None
    return replace(resource, facts=replace(facts, held_with_all=told))


def _is_guarded(role: Identity) -> bool:
    """Whether all ways into a role are for pipelines of one branch or environment."""
    ways = role.trusts if isinstance(role.trusts, tuple) else ()
    scopes = [value_of(way.subject_scope) if isinstance(way, Trust) else None for way in ways]
    return bool(scopes) and all(scope == "branch_or_environment" for scope in scopes)


def _told(resource: Resource, strong: set[str]) -> Resource:
    facts = resource.facts
    if not isinstance(facts, Identity) or not _is_vault(facts) or not isinstance(facts.managed, Known):
        return resource
    before = value_of(facts.managed_admin) or ()
    found = tuple(name for name in facts.managed.value if name in strong and name not in before)
    if not found:
        return resource
    at = facts.managed.at
    attached = tuple(AttachedPolicy(at=at, policy=Known(name, at)) for name in found)
    kept = facts.admin_attachments if isinstance(facts.admin_attachments, tuple) else ()
    told = replace(facts, managed_admin=Known((*before, *found), at), admin_attachments=(*kept, *attached))
    return replace(resource, facts=told)
