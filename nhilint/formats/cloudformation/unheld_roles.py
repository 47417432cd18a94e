"""Roles for services that nothing in their template hands to one: what they may do, nobody does by the template.

No resource refers to such a role but to give it policies, and no output hands it out; its name is left to
CloudFormation, or put together with that of the stack, so that nobody knows it beforehand. A template that takes parts
in from other files, or stands within a file of something else, may name it there, and an account that may enter finds
it by its name. Source: docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
and aws-resource-iam-role.html (`RoleName`), from a survey.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.aws.ways_in import has_only, services_of
from nhilint.model.fact import Known, known_records
from nhilint.source.deferred import Deferred
from nhilint.source.value import Tagged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.cloudformation.declared import Declared
    from nhilint.model.vocabulary.identity import Identity
    from nhilint.source.value import Value

HANDED_TO_NOTHING = "no resource of its template runs as it, and no output hands it out"
_ROLE = "AWS::IAM::Role"
_GIVES = {"AWS::IAM::Policy": "Roles", "AWS::IAM::ManagedPolicy": "Roles", "AWS::IAM::RolePolicy": "RoleName"}
"""Resources that give a role policies, with the property that names it."""
_OF_STACK = "AWS::StackName"
_TAKEN_IN = ("Fn::Transform", "!Transform")
_FILLED_IN = Deferred(r"\$\{([\w:]+)")


def roles_handed_to_nothing(resources: Iterable[Declared]) -> frozenset[str]:
    """The logical ids of such roles, whoever may take them."""
    listed = tuple(resources)
    roles = {one.logical_id for one in listed if one.kind == _ROLE and _is_asked(one)}
    if not roles:
        return frozenset()
    scope = listed[0].resolver.scope
    used = {name for value in (*scope.outputs.values(), *scope.globals.values()) for name in _named(value)}
    for one in listed:
        used |= _used_by(one)
    return frozenset(roles - used) if used.isdisjoint(_TAKEN_IN) else frozenset()


def lessened(role: Identity) -> Identity:
    """Such a role with what makes its power less near."""
    return replace(role, lessened_by=Known(HANDED_TO_NOTHING, role.at)) if _is_for_services(role) else role


def _used_by(one: Declared) -> set[str]:
    """What a resource may refer to besides those whom it gives policies, and itself."""
    gives = _GIVES.get(one.kind)
    taken_in = {key for key in one.raw if key in _TAKEN_IN}
    named = {name for key, value in one.raw.items() if key != gives for name in _named(value)}
    return (named | taken_in) - {one.logical_id}


def _is_for_services(role: Identity) -> bool:
    """Whether only services of AWS take a role."""
    ways = known_records(role.trusts)
    return has_only(role.trusts, ways) and all(map(services_of, ways))


def _is_asked(role: Declared) -> bool:
    stated = role.raw.get("RoleName")
    own_file = role.at.pointer[:1] == ("Resources",) and role.logical_id.isalnum()
    if stated is None or not own_file:
        return own_file
    parts = set(_named(stated))
    return _OF_STACK in parts and any(part.endswith(role.logical_id) for part in parts)


def _named(value: Value) -> Iterator[str]:
    """All that a value may refer to: whole texts, and what is filled in."""
    if isinstance(value, str):
        yield value.partition(".")[0]
        yield from _FILLED_IN.findall(value)
    elif isinstance(value, Tagged):
        yield value.tag
        yield from _named(value.value)
    elif isinstance(value, dict):
        yield from value
        for held in value.values():
            yield from _named(held)
    elif isinstance(value, list):
        for held in value:
            yield from _named(held)
