"""A token in clear that its issuer ends within hours learns so: what stands in a repository has nearly always ended.

The access token of a person's or an account's sign-in at Google, the token of an installation of a GitHub App and the
like live an hour to half a day, whatever anybody does. How long each lives, with its source, the catalogue of shapes
says (`nhilint.knowledge.credentials`, `lifetime_days`). Parts of a session of AWS are left to
`nhilint.link.amazon_sessions`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.model.fact import Known, value_of
from nhilint.model.vocabulary.credential import Credential

if TYPE_CHECKING:
    from nhilint.model.resource import Resource

ENDS_SOON = "it ends by itself within hours of being made"
"""Why it is told less gravely."""
_OF_AMAZON = "aws-"
_A_DAY = 1.0


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The resources; such tokens with that fact."""
    return tuple(_told(one, one.facts) if isinstance(one.facts, Credential) else one for one in resources)


def _told(resource: Resource, token: Credential) -> Resource:
    kind = value_of(token.type)
    if value_of(token.source) != "literal" or not kind or kind.startswith(_OF_AMAZON) or token.lessened_by is not None:
        return resource
    from nhilint.knowledge.credentials import shape

    try:
        days = shape(kind).lifetime_days
    except KeyError:
        return resource
    if days is None or days >= _A_DAY:
        return resource
    return replace(resource, facts=replace(token, lessened_by=Known(ENDS_SOON, token.at)))
