"""The execution roles of a module's own stack sets, and the policies that are handed over together with their names.

`execution_role_name` says with which role a stack set builds in each account: what that role may do is what the stacks
need. Source: registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudformation_stack_set and
docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-prereqs-self-managed.html, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.terraform.referents import resource_named
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.terraform.module import Module
    from nhilint.source.value import Value

_STACK_SET = "aws_cloudformation_stack_set"
_BUILDS = "deployment"
"""The word for a name that says what builds infrastructure."""


def building_for_stack_sets(module: Module, kind: str, label: str) -> str:
    """The word for a role of such a name, or for a policy that a module is given with the name; else empty."""
    names = {_spelled(one.body.get("execution_role_name")) for one in module.of_kind(_STACK_SET)} - {""}
    block = module.resources.get((kind, label))
    if not names or block is None:
        return ""
    if kind == "aws_iam_role":
        return _BUILDS if _spelled(block.body.get("name")) in names else ""
    return _BUILDS if (kind, label) in _handed_with(names, module) else ""


def _handed_with(names: set[str], module: Module) -> Iterator[tuple[str, str] | None]:
    """What the calls are given that are given one of the names as well."""
    for call in (*module.calls, *module.elsewhere):
        if not names.isdisjoint(map(_spelled, call.body.values())):
            for value in call.body.values():
                yield from map(resource_named, value if isinstance(value, list) else [value])


def _spelled(value: Value) -> str:
    """A name as the module writes it: one reference means the same wherever it stands."""
    return value.text if isinstance(value, Expression) else value if isinstance(value, str) else ""
