"""Whether a condition that counts the instances of a declared block finds one: `length(google_service_account.x) > 0`.

A block of the module counts as made, as it does everywhere else where nobody knows its `count`; of more than one
nothing is told. Source: developer.hashicorp.com/terraform/language/functions/length, from a survey, page not re-read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.formats.terraform.module import Module

_LENGTH = Deferred(r"length\(\s*(?:resource\.)?([a-z]\w*)\.([\w-]+)(?:\[\*\](?:\.\w+)?|\.\*(?:\.\w+)?)?\s*\)")
_FOUND = {(">", "0"): True, ("!=", "0"): True, (">=", "1"): True, ("==", "0"): False, ("<", "1"): False}


def counted_declared(operator: str, sides: list[str], module: Module) -> bool | None:
    """The outcome of such a comparison; None for any other."""
    found = _LENGTH.fullmatch(sides[0]) if sides[0].startswith("length") else None
    if found is None or (found[1], found[2]) not in module.resources:
        return None
    return _FOUND.get((operator, sides[1]))
