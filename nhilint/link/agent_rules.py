"""Whether a permission rule is about a server or a built-in tool, in each product's way to spell that.

Claude Code writes `mcp__server__tool`, Amp a pattern over the same, Gemini CLI and Crush `mcp_server_tool`, Cursor a
server and a tool apart, opencode a pattern over `server_tool`. Where the reader of a product's rules states server and
tool itself (Kiro's `@server/tool`, Zed's `mcp:server:tool`), that is taken. Sources: those of the products in
`terminal_products` and `editor_products`, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nhilint.model.fact import value_of
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.model.vocabulary.agent import Permission

RuleNames = Literal["claude", "gemini", "cursor", "opencode", "amp", "stated", "none"]

_ODD = Deferred(r"[^A-Za-z0-9_-]")
_ANY = frozenset({"", "*"})
_PREFIX: dict[RuleNames, tuple[str, str]] = {
    "claude": ("mcp__", "__"),
    "gemini": ("mcp_", "_"),
    "opencode": ("", "_"),
    "amp": ("mcp__", "__"),
}


def plain_name(name: str) -> str:
    """A server's name as rules spell it."""
    return _ODD.sub("_", name)


def tool_of_server(rule: Permission, server: str, names: RuleNames) -> str | None:
    """The tool of a server that a rule is about: empty for all of them, None when it is about something else."""
    tool = value_of(rule.tool) or ""
    if names == "cursor":
        is_meant = tool == "Mcp" and value_of(rule.server) in (server, "*")
        return _one(value_of(rule.argument) or "") if is_meant else None
    if names == "stated":
        return _one(value_of(rule.argument) or "") if value_of(rule.server) == server else None
    if names == "none" or (names == "opencode" and rule.argument is not None):
        return None
    return "" if _is_about_all(rule, tool, names) else _named(tool, server, names)


def _named(tool: str, server: str, names: RuleNames) -> str | None:
    """The tool of a server in a rule that names the two in one word."""
    opening, between = _PREFIX[names]
    stem = f"{opening}{plain_name(server)}"
    spelled = tool if names != "claude" else f"{opening}{_respelled(tool.removeprefix(opening), between)}"
    if spelled.startswith(f"{stem}{between}"):
        return _one(spelled[len(stem) + len(between) :])
    if names == "amp":
        return "" if _covers(tool, f"{stem}{between}") else None
    is_whole = spelled == stem if names == "claude" else names == "opencode" and _covers(tool, f"{stem}_")
    return "" if is_whole else None


def is_about_tool(rule: Permission, name: str, ruled_as: str | None, names: RuleNames) -> bool:
    """Whether a rule is about a built-in tool, by its own name or that of the tool whose rules hold for it."""
    tool = value_of(rule.tool)
    if tool is None:
        return False
    if names == "opencode":
        return any(tool == one or _covers(tool, one) for one in (name, ruled_as) if one)
    return tool in (name, ruled_as) or (names == "gemini" and tool == "*")


def _is_about_all(rule: Permission, tool: str, names: RuleNames) -> bool:
    """Whether a rule is about every server. Claude Code takes no such permission, only denials and questions."""
    if names == "claude":
        return tool in ("*", "mcp__*") and value_of(rule.effect) in ("deny", "ask")
    return tool == "*" or (names == "gemini" and tool == "mcp_*") or (names == "amp" and tool == "mcp__*")


def _respelled(rest: str, between: str) -> str:
    server, found, tool = rest.partition(between)
    return f"{plain_name(server)}{found}{tool}"


def _covers(pattern: str, text: str) -> bool:
    """Whether a pattern that ends with a star holds for everything that begins with the text."""
    return pattern.endswith("*") and "*" not in pattern[:-1] and text.startswith(pattern[:-1])


def _one(name: str) -> str:
    return "" if name in _ANY else name
