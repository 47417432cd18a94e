"""Variables that have no value: null by default, and given none by anybody.

A condition that asks `var.x == null` holds then, as a default counts that is written out: it is what the module comes
to by itself. Where a caller hands the variable over, what it hands over counts, and where Terragrunt calls, what it
leaves out may be inherited. Source: developer.hashicorp.com/terraform/language/values/variables (default, nullable),
from a survey, page not re-read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.source.value import Expression

if TYPE_CHECKING:
    from nhilint.formats.terraform.module import Module

_VARIABLE = "var."
_DEEPEST = 8
"""How many calls a variable is followed through."""
_MOST = 200
"""How many calls are looked at in all; behind them, nobody can tell."""


def is_left_null(text: str, module: Module) -> bool:
    """Whether an expression is a variable without a value; false also where that cannot be told."""
    waiting = [(text, module, 0)]
    seen = 0
    while waiting:
        asked, home, depth = waiting.pop()
        name = asked.removeprefix(_VARIABLE)
        seen += 1 + len(home.callers)
        if name == asked or name not in home.variables or depth > _DEEPEST or seen > _MOST:
            return False
        if not home.callers and (name not in home.unset or home.variables[name] is not None):
            return False
        for by, call in home.callers:
            handed = call.body.get(name)
            if isinstance(handed, Expression):
                waiting.append((handed.text, by, depth + 1))
            elif handed is not None or name not in home.unset or call.spot.place.pointer[:1] != ("module",):
                return False
    return True
