"""Permission rules that Claude Code accepts and never applies, or applies to something else than they read.

A lost deny or ask rule widens what the agent may do; a lost allow rule only means one more question.
Source: https://code.claude.com/docs/en/permissions and /settings (fix a broken settings file), read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nhilint.formats.claude.ineffective import Fault
from nhilint.formats.claude.path_patterns import is_protected
from nhilint.formats.claude.rules import CURRENT_TOOLS, EDITORS, READERS, RETIRED_TOOLS, SHELLS, Rule
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.formats.claude.levels import Level

Effect = Literal["allow", "ask", "deny"]

_PRIMARY_FIELDS = {
    "Bash": "command",
    "PowerShell": "command",
    "Read": "file_path",
    "Edit": "file_path",
    "Write": "file_path",
    "Grep": "path",
    "Glob": "path",
    "NotebookEdit": "notebook_path",
    "WebFetch": "url",
}
_UNCHECKED_PATHS = {"Write": "Edit", "NotebookEdit": "Edit", "MultiEdit": "Edit", "Glob": "Read"}
_SYSTEM_FOLDERS = Deferred(r"/(?:etc|home|Users|root|usr|proc|private|Library)(?:/|$)")
"""Folders that a path means when it begins so; `/var`, `/bin` or `/opt` may as well be the project's own."""
_MIDDLE_COLON = Deferred(r":\*(?=[^*])")


def fault_of(rule: Rule, effect: Effect, level: Level, others: frozenset[str]) -> Fault | None:
    """Why a rule does nothing, or None. `others` are all rules of the same effect in the same file."""
    found = _unreadable(rule) or _wrong_tool(rule, effect) or _unconsulted(rule, others)
    found = found or _wrong_argument(rule, level, others) or _protected(rule, effect)
    if found is None or effect != "allow":
        return found
    return found._replace(protects=False)


def _unreadable(rule: Rule) -> Fault | None:
    if not rule.is_broken:
        return None
    return Fault("Claude Code skips a rule whose parentheses do not match", "close the parenthesis", "settings")


def _wrong_tool(rule: Rule, effect: Effect) -> Fault | None:
    name = rule.tool
    if "*" in name:
        if effect != "allow" or (name.startswith("mcp__") and "*" not in (rule.server or "*")):
            return None
        reason = "Claude Code skips an allow rule whose tool name is a wildcard without a named server before it"
        return Fault(reason, "name the tool, or write mcp__SERVER__*", "permissions#tool-name-wildcards")
    if effect == "allow" or "_" in name or name in CURRENT_TOOLS or name in RETIRED_TOOLS:
        return None
    near = next((tool for tool in sorted(CURRENT_TOOLS) if tool.lower() == name.lower()), "")
    instead = f"write {near}" if near else "use the name from the tools reference, such as Bash, Read, Edit or WebFetch"
    return Fault(f"Claude Code has no tool named {name[:40]}, so the rule never matches", instead, "tools-reference")


def _unconsulted(rule: Rule, others: frozenset[str]) -> Fault | None:
    """Path rules for tools whose paths are only checked against Edit and Read rules."""
    checked = _UNCHECKED_PATHS.get(rule.tool)
    if checked is None or rule.is_for_every_use:
        return None
    twin = f"{checked}({rule.argument})"
    covered = not others.isdisjoint({twin, f"Read({rule.argument})", checked, f"{checked}(*)", f"{checked}(**)"})
    reason = f"Claude Code checks paths against {checked} rules only and never consults this one"
    return Fault(reason, f"write {twin}", "permissions#read-and-edit", protects=not covered)


def _wrong_argument(rule: Rule, level: Level, others: frozenset[str]) -> Fault | None:
    argument = rule.argument
    if argument is None:
        return None
    if rule.tool in READERS | EDITORS and level != "managed" and _SYSTEM_FOLDERS.match(argument):
        reason = "a path with one leading slash begins at the folder of the settings, not at the root of the disk"
        twin = f"{rule.tool}(/{argument})"
        return Fault(reason, f"write {twin}", "permissions#read-and-edit", protects=twin not in others)
    field = _PRIMARY_FIELDS.get(rule.tool)
    if field and argument.replace(" ", "").startswith(f"{field}:"):
        reason = f"Claude Code ignores rules that match the parameter {field} by name"
        instead = "write the value itself: Bash(rm *), Read(./path), WebFetch(domain:host)"
        return Fault(reason, instead, "permissions#match-by-input-parameter")
    if rule.tool == "WebFetch" and not argument.startswith("domain:") and _is_address(argument):
        reason = "WebFetch rules match by domain only, so an address never matches"
        return Fault(reason, "write WebFetch(domain:HOST)", "permissions#webfetch")
    if rule.tool in SHELLS and _MIDDLE_COLON.search(argument):
        reason = "`:*` stands for any text only at the end of a rule; here it is taken literally"
        return Fault(reason, "write ` *` in the middle of a rule", "permissions#wildcard-patterns")
    return None


def _is_address(argument: str) -> bool:
    return "://" in argument or ("." in argument and ":" not in argument and "*" not in argument)


def _protected(rule: Rule, effect: Effect) -> Fault | None:
    if effect != "allow" or rule.tool not in EDITORS or rule.argument is None or not is_protected(rule.argument):
        return None
    reason = "writes to this path are never approved by a rule: the check for protected paths comes first"
    return Fault(reason, "remove the rule", "permission-modes#protected-paths")
