"""A server that is lent a profile of AWS meets the user or role of the repository that the profile is called after.

A profile stands in a file on the machine of whoever starts the server, so its name is evidence and no proof: it counts
where it is, letter for letter, the stated name of just one user or role. What that identity may do is then told by
the join of roles and agents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.model.fact import Known, known_records, value_of
from nhilint.model.vocabulary import Identity, Tool
from nhilint.model.vocabulary.capability import RunsAs

if TYPE_CHECKING:
    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.credential import Credential

_KINDS = frozenset({"user", "role"})
_OTHER_PROFILES = frozenset({"DATABRICKS_CONFIG_PROFILE", "CLOUDSDK_ACTIVE_CONFIG_NAME"})


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The resources with servers that know as whom they work."""
    if not any(_profile(resource) for resource in resources):
        return resources
    named: dict[str, list[Identity]] = {}
    for resource in resources:
        facts = resource.facts
        if isinstance(facts, Identity) and value_of(facts.provider) == "aws" and value_of(facts.kind) in _KINDS:
            states_name = isinstance(facts.name, Known) and facts.name.at != facts.at
            named.setdefault(value_of(facts.name) or "" if states_name else "", []).append(facts)
    named.pop("", None)
    return tuple(_working(resource, named) for resource in resources)


def _profile(resource: Resource) -> Credential | None:
    """The profile of AWS that a server is lent, where nothing says yet as whom it works."""
    facts = resource.facts
    if not isinstance(facts, Tool) or facts.runs_as is not None:
        return None
    lent = (one for one in known_records(facts.credentials) if value_of(one.source) == "ambient_profile")
    return next((one for one in lent if value_of(one.name) not in _OTHER_PROFILES), None)


def _working(resource: Resource, named: dict[str, list[Identity]]) -> Resource:
    profile, facts = _profile(resource), resource.facts
    if profile is None or not isinstance(facts, Tool):
        return resource
    meant = named.get(value_of(profile.reference) or "", [])
    if len({one.at for one in meant}) != 1:
        return resource
    known = Known(value_of(profile.reference) or "", profile.at)
    declared = Known(value=True, at=meant[0].at)
    return replace(resource, facts=replace(facts, runs_as=RunsAs(at=profile.at, identity=known, declared=declared)))
