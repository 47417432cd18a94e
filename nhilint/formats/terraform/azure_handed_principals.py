"""A principal that one module makes and another is handed becomes one with a name of its own.

A module for applications is called once for each of them, and all that it makes bears the same labels: what a variable
stands for is told by the call that made it, and by the display name that this call gives the application.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.terraform.known_in_part import is_any_label
from nhilint.source.deferred import Deferred
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from nhilint.formats.terraform.module import Called, Module
    from nhilint.source.value import Value

_VARIABLE = Deferred(r"^var\.([A-Za-z_][\w-]{0,100})$")
_OUTPUT = Deferred(r"^module\.([A-Za-z_][\w-]{0,100})\.[\w.-]{1,100}$")
_REGISTRATIONS = ("azuread_application", "azuread_application_registration")


def handed_by(module: Module, value: Value) -> tuple[str, str] | None:
    """The call that made what a variable stands for, and the display name of its application or nothing; None where
    the variable is handed no output of a module, or the module itself is called at several places."""
    variable = _VARIABLE.match(value.text) if isinstance(value, Expression) else None
    if variable is None or len({called.spot.place for _, called in module.callers}) != 1:
        return None
    caller, handing = module.callers[0]
    argument = handing.body.get(variable[1])
    output = _OUTPUT.match(argument.text) if isinstance(argument, Expression) else None
    making = next((one for one in caller.calls if output is not None and one.name == output[1]), None)
    child = caller.children.get(making.name) if making is not None else None
    return (making.name, _display_name(child, making)) if making is not None and child is not None else None


def name_by_call(label: str, call: str, display_name: str) -> str:
    """What a message calls it."""
    return display_name or (f"{label} of module.{call}" if is_any_label(label) else label)


def _display_name(child: Module, making: Called) -> str:
    stated = [block.body.get("display_name") for kind in _REGISTRATIONS for block in child.of_kind(kind)]
    if len(stated) != 1:
        return ""
    value = stated[0]
    variable = _VARIABLE.match(value.text) if isinstance(value, Expression) else None
    given = making.body.get(variable[1]) if variable is not None else value
    return given if isinstance(given, str) and "${" not in given else ""
