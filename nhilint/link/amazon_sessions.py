"""The parts of a session of AWS that stand side by side in clear become one credential that soon ends, and the ID of a
key that lasts learns that its secret stands nowhere beside it.

A session is a key ID that begins with `ASIA`, a secret access key and a session token; none of them opens anything
without the others, and AWS ends them together: 36 hours after they were made at the latest (GetSessionToken and
GetFederationToken, 12 hours for a role). What stands in a repository has nearly always ended. Beside a key ID that
begins with `AKIA`, the secret may be that of a user, which lives until somebody deletes it: then nothing is joined.
Where the file has no other credential in clear, such an ID only names a key: whoever reads it signs nothing with it, be
it as the user of an SMTP server (https://docs.aws.amazon.com/ses/latest/dg/smtp-credentials.html, from a survey, page
not re-read).

Sources, read 2026-11-23: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html (by its copy in
the reference of the AWS SDK for JavaScript) and
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes (from a survey, page
not re-read).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.model.fact import Known, value_of
from nhilint.model.vocabulary.credential import Credential

if TYPE_CHECKING:
    from nhilint.model.resource import Resource

_LASTING_ID, _ID, _SECRET = "aws-access-key-id", "aws-temporary-key-id", "aws-secret-access-key"
_TOKEN = "aws-session-token"  # noqa: S105 - the name of a shape
_PARTS = (_SECRET, _TOKEN, _ID)
"""The parts of a session, the one by which it is told first."""
ENDS = "AWS ends a session 36 hours after it was made at the latest"
"""Why it is told less gravely."""
NAMES_A_KEY = "it only names a key, whose secret does not stand in this file"
"""Why the ID of a key is."""

_Object = tuple[str, tuple[str | int, ...]]
"""A file and the route to an object in it."""


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The resources; of the parts of each session in clear one, which says that it ends soon."""
    objects: dict[_Object, list[Resource]] = {}
    for resource in resources:
        if _shape(resource):
            objects.setdefault((resource.at.path, tuple(resource.at.pointer[:-1])), []).append(resource)
    sessions = [parts for parts in objects.values() if _are_a_session(parts)]
    left_out = {id(one) for parts in sessions for one in parts}
    told = {id(first): _as_session(first) for first in map(_first, sessions)}
    lasting = [one for parts in objects.values() for one in parts if _shape(one) == _LASTING_ID]
    beside = {one.at.path for one in resources if _may_be_a_secret(one)} if lasting else set()
    told |= {id(one): _as_name(one) for one in lasting if one.at.path not in beside}
    return tuple(told.get(id(one), one) for one in resources if id(one) in told or id(one) not in left_out)


def _shape(resource: Resource) -> str:
    """Which part of a key of AWS a credential in clear is; empty for any other resource."""
    facts = resource.facts
    if not isinstance(facts, Credential) or value_of(facts.source) != "literal":
        return ""
    shape = value_of(facts.type)
    return shape if shape in (*_PARTS, _LASTING_ID) else ""


def _may_be_a_secret(resource: Resource) -> bool:
    """Whether it is a credential in clear, or one that may be, that is no ID of a key."""
    facts = resource.facts
    in_clear = isinstance(facts, Credential) and value_of(facts.source) in (None, "literal", "default_literal")
    return in_clear and _shape(resource) not in (_LASTING_ID, _ID)


def _are_a_session(parts: list[Resource]) -> bool:
    """Whether they are one session: each part once, and no ID of a key that lasts."""
    shapes = [_shape(one) for one in parts]
    is_of_session = _ID in shapes or _TOKEN in shapes
    return is_of_session and _LASTING_ID not in shapes and len(set(shapes)) == len(shapes)


def _first(parts: list[Resource]) -> Resource:
    return min(parts, key=lambda one: _PARTS.index(_shape(one)))


def _as_session(resource: Resource) -> Resource:
    facts = resource.facts
    if not isinstance(facts, Credential):
        return resource
    title, why = Known("an AWS session key", facts.at), Known(ENDS, facts.at)
    return replace(resource, facts=replace(facts, type_title=title, lessened_by=why))


def _as_name(resource: Resource) -> Resource:
    facts = resource.facts
    if not isinstance(facts, Credential):
        return resource
    return replace(resource, facts=replace(facts, lessened_by=Known(NAMES_A_KEY, facts.at)))
