"""Groups that a module puts users into and only looks up by their names, which it or the module that calls it declares.

Where several modules call it, or a call gives it another account to work in, nobody knows which group is meant.
Sources: registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_group (`group_name`) and
developer.hashicorp.com/terraform/language/providers (a child module takes its caller's default provider unless
`providers` names another one); known, not re-read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.terraform.resolver import Resolver
from nhilint.source.deferred import Deferred
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from nhilint.formats.terraform.module import Block, Module
    from nhilint.source.value import Value

_GROUP = "aws_iam_group"
_LOOKED_UP = Deferred(r"^data\.aws_iam_group\.([\w-]{1,100})\.group_name$")
_OTHER_ACCOUNT = "provider"
_DEFAULT = Expression("aws")


def group_looked_up(value: Value, resolver: Resolver) -> tuple[Resolver, Block] | None:
    """The group that a data source means, with the module that declares it."""
    found = _LOOKED_UP.match(value.text) if isinstance(value, Expression) and len(value.text) < 200 else None
    asked = resolver.module.data.get((_GROUP, found[1])) if found is not None else None
    if asked is None or _OTHER_ACCOUNT in asked.body:
        return None
    name = resolver.text(asked.body.get("group_name"), asked.spot.to("group_name"))
    if not name or "${" in name:
        return None
    for module in (resolver.module, _only_caller(resolver.module)):
        group = _named(name, module) if module is not None else None
        if module is not None and group is not None:
            return Resolver(module), group
    return None


def _only_caller(module: Module) -> Module | None:
    """The one module that calls this one, in its own account."""
    callers = {id(caller): caller for caller, _ in module.callers}
    elsewhere = any(_hands_over_provider(called.body.get("providers")) for _, called in module.callers)
    return next(iter(callers.values())) if len(callers) == 1 and not elsewhere else None


def _hands_over_provider(providers: Value) -> bool:
    """Whether a call gives a module another default provider than its caller's, or nobody can tell."""
    return providers is not None and (not isinstance(providers, dict) or providers.get("aws", _DEFAULT) != _DEFAULT)


def _named(name: str, module: Module) -> Block | None:
    groups = [one for one in module.of_kind(_GROUP) if one.body.get("name") == name and _OTHER_ACCOUNT not in one.body]
    return groups[0] if len(groups) == 1 else None
