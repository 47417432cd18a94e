"""Roles that only functions of custom resources run with, which CloudFormation alone calls, as a stack changes.

Such a function gets what the template says, and its answer goes back to CloudFormation: nothing that comes from outside
steers it. One that anything else of the template names (a rule, a permission, an API, an output, another function) may
be called by that, and a role that anything but such functions names may be held by that. Source: docs.aws.amazon.com/
lambda/latest/dg/services-cloudformation.html, read 2026-11-23.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.formats.cloudformation.declared import referred
from nhilint.source.value import Tagged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.cloudformation.declared import Declared
    from nhilint.source.value import Value

_FUNCTION = "AWS::Lambda::Function"
_CUSTOM = ("Custom::", "AWS::CloudFormation::CustomResource")
_TOKEN = "ServiceToken"  # noqa: S105
_LOGS = "AWS::Logs::LogGroup"
_OF_RIGHTS = "AWS::IAM::"
_WORD = re.compile(r"\w+")


def roles_of_custom_resources(resources: Iterable[Declared]) -> frozenset[str]:
    """The logical ids of such roles."""
    listed = tuple(resources)
    tokens = {referred(one.raw[_TOKEN]) for one in listed if one.kind.startswith(_CUSTOM) and _TOKEN in one.raw}
    if not tokens - {""}:
        return frozenset()
    roles = {one.logical_id: referred(one.raw.get("Role")) for one in listed if one.kind == _FUNCTION}
    named = set(_words([*listed[0].resolver.scope.outputs.values()]))
    called = named.union(*(_words(_naming_functions(one)) for one in listed))
    held = named.union(*(_words(_naming_roles(one)) for one in listed))
    of_tokens = {role for function, role in roles.items() if function in tokens}
    of_others = {role for function, role in roles.items() if function in called}
    return frozenset(of_tokens - of_others - held - {""})


def _naming_functions(resource: Declared) -> Value:
    """What of a resource may have functions called; the permissions of a role say nothing of who takes it."""
    if resource.kind.startswith(_CUSTOM):
        return [value for name, value in resource.raw.items() if name != _TOKEN]
    return [] if resource.kind == _LOGS else [*resource.raw.values()]


def _naming_roles(resource: Declared) -> Value:
    """What of a resource may have something run with a role, besides functions."""
    if resource.kind.startswith(_OF_RIGHTS):
        return []
    is_told_of = resource.kind == _FUNCTION and referred(resource.raw.get("Role")) != ""
    return [value for name, value in resource.raw.items() if not (is_told_of and name in ("Role", "Code"))]


def _words(value: Value) -> Iterator[str]:
    """Every word of the texts in a value."""
    if isinstance(value, str):
        yield from _WORD.findall(value)
    elif isinstance(value, Tagged):
        yield from _words(value.value)
    elif isinstance(value, dict):
        for held in value.values():
            yield from _words(held)
    elif isinstance(value, list):
        for held in value:
            yield from _words(held)
