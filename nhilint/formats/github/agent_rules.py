"""What an agent in a pipeline may run without a question, from the tool rules in its arguments, inputs and settings.

Two spellings: `Bash(git diff:*)` of Claude Code and `run_shell_command(git diff)` of Gemini CLI. A rule whose command
can start any other (a shell, an interpreter, a package runner, `find -exec`) is as wide as the shell itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from nhilint.formats.claude.command_patterns import reach_of, read_pattern
from nhilint.formats.claude.rules import parse_rule
from nhilint.formats.shell_rules import reach_of_command
from nhilint.model.fact import Known, value_of
from nhilint.model.vocabulary.agent import Permission

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.formats.claude.command_patterns import CommandReach
    from nhilint.formats.claude.rules import Rule
    from nhilint.model.place import Place

Reach = Literal["any", "listed", "none"]

_CLAUDE_SHELLS = frozenset({"bash", "powershell"})
_OTHER_SHELLS = frozenset({"run_shell_command", "shelltool", "shell", "execute_bash"})
_ANYTHING = frozenset({"any_command", "any_code", "fetches_code"})
"""Reaches that come to any command. An obscure option of a narrow command does not make it one of them."""


class Rules(Struct, frozen=True):
    """The rules as facts, how far the shell ones reach together, and the place that shows it."""

    permissions: tuple[Permission, ...]
    reach: Reach
    at: Place


def read_rules(rules: Iterable[tuple[str, Place]], at: Place) -> Rules:
    """Judge allow rules. `at` is the place when no rule opens the shell."""
    found = [_permission(text, place) for text, place in rules if text.strip()]
    shells = [permission for permission in found if permission.shell_reach is not None]
    widest = widest_of(shells)
    if widest is not None:
        return Rules(tuple(found), "any", widest.at)
    return Rules(tuple(found), "listed" if shells else "none", shells[0].at if shells else at)


def widest_of(permissions: Iterable[Permission]) -> Permission | None:
    """The first rule that comes to any command."""
    return next((permission for permission in permissions if _opens_all(permission)), None)


def _opens_all(permission: Permission) -> bool:
    return value_of(permission.shell_reach) in _ANYTHING and not value_of(permission.by_option)


def split_rules(text: str) -> list[str]:
    """A list of rules in one text, split at commas and blanks outside of parentheses."""
    parts: list[str] = []
    depth, current = 0, ""
    for character in text:
        depth += (character == "(") - (character == ")" and depth > 0)
        if depth == 0 and character in ", \n\t":
            parts.append(current)
            current = ""
        else:
            current += character
    return [part.strip("\"'") for part in (*parts, current) if part.strip("\"'")]


def _permission(text: str, at: Place) -> Permission:
    rule = parse_rule(text)
    reach = _shell_reach(rule)
    return Permission(
        at=at,
        rule=Known(rule.text, at),
        effect=Known("allow", at),
        tool=Known(rule.tool, at),
        argument=Known(rule.argument, at) if rule.argument is not None else None,
        server=Known(rule.server, at) if rule.server else None,
        shell_reach=Known(reach.reach, at) if reach is not None else None,
        reason=Known(reach.reason, at) if reach is not None else None,
        by_option=Known(reach.by_option, at) if reach is not None else None,
    )


def _shell_reach(rule: Rule) -> CommandReach | None:
    """What the commands of a rule about the shell can do; None for every other rule."""
    tool = rule.tool.lower()
    if tool in _CLAUDE_SHELLS:
        return reach_of(read_pattern(rule.argument))
    return reach_of_command(rule.argument or "", "gemini-cli") if tool in _OTHER_SHELLS else None
