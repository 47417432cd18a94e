"""Which version of the AWS provider a folder or one that calls it is held to, where an attribute meant something else.

The ARN of a log group ended in `:*`, so that it meant its streams, below version 3 where it is made and below version 4
where it is looked up. Source: the upgrade guides of the provider to versions 3 and 4, registry.terraform.io/providers/
hashicorp/aws/latest/docs/guides/version-3-upgrade and …/version-4-upgrade, known, not re-read; developer.hashicorp.com/
terraform/language/expressions/version-constraints, likewise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.terraform.module import Module

_BELOW = {
    3: Deferred(r"^\s*(?:(?:~>|=)?\s*[12]\.\d|<=?\s*[12](?:\.|\s*$)|<\s*3(?:\.0){0,2}\s*$)"),
    4: Deferred(r"^\s*(?:(?:~>|=)?\s*[1-3]\.\d|<=?\s*[1-3](?:\.|\s*$)|<\s*4(?:\.0){0,2}\s*$)"),
}
_LOG_GROUP_ARN = ("aws_cloudwatch_log_group", "arn")
_MOST_CALLERS = 200


def versions_of(value: dict[str, object]) -> Iterator[str]:
    """The versions of the AWS provider that a file asks for, in its `provider` and `terraform` blocks."""
    providers = value.get("provider")
    stated = [body.get("version") for body in blocks_in(providers.get("aws") if isinstance(providers, dict) else None)]
    for block in blocks_in(value.get("terraform")):
        for required in blocks_in(block.get("required_providers")):
            asked = required.get("aws")
            stated.append(asked.get("version") if isinstance(asked, dict) else asked)
    yield from (version for version in stated if isinstance(version, str))


def means_streams(module: Module, kind: str, attribute: str, *, looked_up: bool) -> bool:
    """Whether an attribute is the ARN of a log group that means the streams in it, by the provider's version."""
    return (kind, attribute) == _LOG_GROUP_ARN and _is_below(4 if looked_up else 3, module)


def _is_below(version: int, module: Module) -> bool:
    """Whether a module, or one that calls it, takes only versions below."""
    waiting, seen = [module], {id(module)}
    while waiting and len(seen) < _MOST_CALLERS:
        one = waiting.pop()
        if any(_BELOW[version].match(part) for stated in one.provider_versions for part in stated.split(",")):
            return True
        callers = [caller for caller, _ in one.callers if id(caller) not in seen]
        seen.update(map(id, callers))
        waiting.extend(callers)
    return False


def blocks_in(value: object) -> Iterator[dict[str, object]]:
    """The blocks that a section of a file holds: a list of them, or the one that JSON may have instead."""
    yield from (one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict))
