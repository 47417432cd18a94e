"""What checks tokens in a mesh meets what asks for them: an authentication without an authorization is optional.

Two files of one folder that declare the mesh's one object, strict and not, are kept to swap the one for the other:
which of them is applied is not known. (Two mesh-wide objects of one name are one: both stand in the root namespace.)

Joined over the whole repository, since the two are often applied from different folders: one policy that asks for a
token anywhere is taken as the one that is meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.model.fact import Known, Unknown, value_of
from nhilint.model.vocabulary.policy import Policy

if TYPE_CHECKING:
    from nhilint.model.resource import Resource


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The resources with every authentication told that some policy asks for its tokens, where one does."""
    policies = [resource.facts for resource in resources if isinstance(resource.facts, Policy)]
    strict = {_declared(one) for one in policies if value_of(one.unproven_callers) == "none"}
    resources = tuple(_swapped(resource, strict) for resource in resources) if strict else resources
    if not any(value_of(policy.asks_for_token) for policy in policies):
        return resources
    return tuple(_told(resource) for resource in resources)


def _declared(policy: Policy) -> tuple[str, str | None, str | None]:
    """What tells one object of the mesh from another: the folder it stands in, its name, and for what it holds."""
    return policy.at.path.rpartition("/")[0], value_of(policy.name), value_of(policy.reach)


def _swapped(resource: Resource, strict: set[tuple[str, str | None, str | None]]) -> Resource:
    facts = resource.facts
    if not isinstance(facts, Policy) or not isinstance(facts.unproven_callers, Known):
        return resource
    is_lax = facts.unproven_callers.value != "none" and value_of(facts.reach) == "mesh"
    if not is_lax or _declared(facts) not in strict:
        return resource
    mode = Unknown("a file beside it declares the same object as strict", facts.unproven_callers.at)
    return replace(resource, facts=replace(facts, unproven_callers=mode))


def _told(resource: Resource) -> Resource:
    facts = resource.facts
    if not isinstance(facts, Policy) or not isinstance(facts.token_optional, Known):
        return resource
    return replace(resource, facts=replace(facts, token_optional=Known(value=False, at=facts.token_optional.at)))
