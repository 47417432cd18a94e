"""Roles of Vault meet the policies that they name, where a policy stands in a file of its own.

A policy is known by its file's name, or by the name that its file states; of two with one name neither is taken.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.vault.rules import administers
from nhilint.model.fact import Known, value_of
from nhilint.model.vocabulary.identity import AttachedPolicy, Identity
from nhilint.model.vocabulary.policy import Policy

if TYPE_CHECKING:
    from nhilint.model.resource import Resource


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The resources with every role told which of its policies allow everything."""
    named: dict[str, list[Policy]] = defaultdict(list)
    for resource in resources:
        if isinstance(resource.facts, Policy) and value_of(resource.facts.engine) == "vault":
            named[value_of(resource.facts.name) or ""].append(resource.facts)
    strong = {name for name, policies in named.items() if len(policies) == 1 and administers(policies[0])}
    return tuple(_told(resource, strong) for resource in resources) if strong else resources


def _told(resource: Resource, strong: set[str]) -> Resource:
    facts = resource.facts
    if not isinstance(facts, Identity) or value_of(facts.provider) != "vault" or not isinstance(facts.managed, Known):
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
