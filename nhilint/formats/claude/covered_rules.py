"""Shell rules that allow what a wider rule of the same list allows already: they are marked, so that one is reported.

`Bash(npm install:*)` below `Bash(npm:*)` adds nothing. Only rules that let other people's code run or that act as the
signed-in person are compared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.claude.command_patterns import covers, read_pattern
from nhilint.model.fact import Known, Unknown, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhilint.formats.claude.command_patterns import CommandPattern
    from nhilint.model.vocabulary.agent import Permission

_FAR = frozenset({"any_command", "any_code", "acts_as_user", "fetches_code"})
_MOST_COMPARED = 300


def tell_once(permissions: Sequence[Permission | Unknown]) -> Iterator[Permission | Unknown]:
    """The same rules in the same order, each allow rule of far reach knowing whether a wider one covers it."""
    wider: list[tuple[int, str | None, CommandPattern]] = []
    for position, rule in enumerate(permissions):
        if not isinstance(rule, Unknown) and _reaches_far(rule) and value_of(rule.by_option) is False:
            wider.append((position, value_of(rule.tool), read_pattern(value_of(rule.argument))))
    del wider[_MOST_COMPARED:]
    for position, rule in enumerate(permissions):
        if isinstance(rule, Unknown) or not _reaches_far(rule) or position >= _MOST_COMPARED:
            yield rule
            continue
        tool, inner = value_of(rule.tool), read_pattern(value_of(rule.argument))
        others = (one for number, name, one in wider if name == tool and (one.text != inner.text or number < position))
        yield replace(rule, covered=Known(any(covers(one, inner) for one in others), rule.at))


def _reaches_far(rule: Permission) -> bool:
    is_in_force = value_of(rule.effect) == "allow" and value_of(rule.effective) is True
    return is_in_force and value_of(rule.shell_reach) in _FAR
