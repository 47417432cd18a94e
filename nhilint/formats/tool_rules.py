"""A rule that names a tool, and for a shell perhaps a regular expression, becomes a permission. Shared by families.

Regular expressions are never run: those made of words, blanks and simple choices are spelled out, by the grammar that
VS Code's terminal rules have; of any other the commands are unknown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.copilot.terminal_patterns import TerminalPattern, read_key
from nhilint.formats.shell_rules import Effect, shell_permission
from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.agent import Permission

if TYPE_CHECKING:
    from nhilint.model.place import Place

_MENTION = "a regular expression without ^ also holds for commands that only mention its text"


def tool_permission(
    tool: str, effect: Effect, at: Place, *, rule: str | None = None, server: str | None = None, is_file: bool = False
) -> Permission:
    """A rule about every use of a tool that is no shell; `is_file`: it reads or writes files of the project."""
    return Permission(
        at=at,
        rule=Known(rule or tool, at),
        effect=Known(effect, at),
        tool=Known(tool, at),
        server=Known(server, at) if server else None,
        effective=Known(value=True, at=at),
        path_reach=Known("project", at) if is_file else None,
    )


def expression_permission(
    expression: str, effect: Effect, at: Place, *, client: str, tool: str, whole: bool = False
) -> Permission:
    """A rule about the shell commands that a regular expression selects; `whole`: it must match the whole command."""
    return _of_pattern(expression, effect, at, read_key(_bounded(expression, whole=whole)), client=client, tool=tool)


def _bounded(expression: str, *, whole: bool) -> str:
    if not whole:
        return f"/{expression}/"
    return f"/^{expression.removeprefix('^').removesuffix('$')}$/"


def _of_pattern(
    text: str, effect: Effect, at: Place, pattern: TerminalPattern, *, client: str, tool: str
) -> Permission:
    commands = {"any": [""], "mention": ["sh"], "nothing": [], "unresolved": []}.get(
        pattern.kind, list(pattern.commands)
    )
    rule = shell_permission(text[:200], effect, at, commands, client=client, tool=tool, exact=pattern.kind == "exact")
    if pattern.kind == "mention":
        return replace(rule, reason=Known(_MENTION, at))
    if pattern.kind == "unresolved":
        unknown = Unknown("commands that a regular expression selects", at)
        return replace(rule, shell_reach=unknown, reason=unknown, by_option=unknown)
    return rule
