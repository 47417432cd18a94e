"""The managed identity that a call of a module hands back: `module.deployer["prod"].principal_id`.

What the caller gives it roles by is an output of the module, which says that it is an identity, and the federated
credentials that the module makes say who becomes it. Each element of a `for_each` is an identity of its own, by the
same text. Source: developer.hashicorp.com/terraform/language/expressions/references (child module outputs), known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.source.deferred import Deferred
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from nhilint.formats.terraform.module import Module
    from nhilint.source.value import Value

IDENTITY = "azurerm_user_assigned_identity"
_CALLED = Deferred(r"^module\.([A-Za-z_][\w-]{0,100})(\[[^\[\]]{1,100}\])?\.([A-Za-z_][\w-]{0,100})$")
_MADE = Deferred(rf"^{IDENTITY}\.([\w-]{{1,100}})(?:\[[^\[\]]{{1,60}}\])?\.principal_id$")


def identity_of_call(module: Module, value: Value) -> tuple[Module, str, str] | None:
    """The called module, the label of its identity, and what a message calls the one of this call; None for others."""
    found = _CALLED.match(value.text) if isinstance(value, Expression) and len(value.text) < 400 else None
    child = module.children.get(found[1]) if found is not None else None
    output = child.outputs.get(found[3]) if child is not None and found is not None else None
    made = _MADE.match(output.text) if isinstance(output, Expression) else None
    if found is None or child is None or made is None:
        return None
    return child, made[1], f"{found[1]}{found[2] or ''}"
