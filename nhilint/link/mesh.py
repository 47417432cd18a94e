"""What checks tokens in a mesh meets what asks for them: an authentication without an authorization is optional.

Joined over the whole repository, since the two are often applied from different folders: one policy that asks for a
token anywhere is taken as the one that is meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.model.fact import Known, value_of
from nhilint.model.vocabulary.policy import Policy

if TYPE_CHECKING:
    from nhilint.model.resource import Resource


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The resources with every authentication told that some policy asks for its tokens, where one does."""
    policies = [resource.facts for resource in resources if isinstance(resource.facts, Policy)]
    if not any(value_of(policy.asks_for_token) for policy in policies):
        return resources
    return tuple(_told(resource) for resource in resources)


def _told(resource: Resource) -> Resource:
    facts = resource.facts
    if not isinstance(facts, Policy) or not isinstance(facts.token_optional, Known):
        return resource
    return replace(resource, facts=replace(facts, token_optional=Known(value=False, at=facts.token_optional.at)))
