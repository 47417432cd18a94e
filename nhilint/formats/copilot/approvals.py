"""What VS Code approves in advance becomes permissions: terminal commands, edits of files, addresses.

Values are not lists: `true` approves, `false` asks, null takes a default back. A denied part of a command line
outweighs every approval; for edits the last matching pattern decides. `enableAutoApprove: false` switches the
terminal's off.
Source: https://github.com/microsoft/vscode, terminalChatAgentToolsConfiguration.ts and chat.shared.contribution.ts
(AutoApproveEdits, AutoApprovedUrls), read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.claude.path_patterns import reach_of_path
from nhilint.formats.copilot.terminal_patterns import TerminalPattern, read_key
from nhilint.formats.shell_rules import Effect, shell_permission
from nhilint.model.fact import Known
from nhilint.model.vocabulary.agent import Permission
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node

TERMINAL = "chat.tools.terminal.autoApprove"
SWITCH = "chat.tools.terminal.enableAutoApprove"
EDITS = "chat.tools.edits.autoApprove"
ADDRESSES = "chat.tools.urls.autoApprove"
MOST_RULES = 1_000

_MENTION = "a regular expression without ^ also holds for commands that only mention its text"
_WHOLE_LINE = (
    "it is compared with the whole line and has no end, so any further command on that line is approved with it"
)
_GUARDS = Deferred(r"(?:^|/)\.(?:vscode|git|devcontainer)/|\.code-workspace$")
_HOST = Deferred(r"(?:https?://)?([^/:]+)")


def read_approvals(settings: Node) -> Iterator[Permission]:
    """Every approval that settings state, in file order."""
    is_on = settings[SWITCH].value is not False
    patterns = [(key, node, read_key(key)) for key, node in _entries(settings[TERMINAL])]
    denied = [pattern for _, node, pattern in patterns if _effect(node) == "ask"]
    for key, node, pattern in patterns:
        effect = _effect(node)
        if effect is not None:
            is_idle = effect == "allow" and (not is_on or any(_covers(one, pattern) for one in denied))
            yield _terminal(key, node, pattern, effective=not is_idle)
    yield from _edits(settings[EDITS])
    yield from _addresses(settings[ADDRESSES])


def _effect(node: Node) -> Effect | None:
    value = node["approve"].value if node.is_mapping else node.value
    return ("allow" if value else "ask") if isinstance(value, bool) else None


def _terminal(key: str, node: Node, pattern: TerminalPattern, *, effective: bool) -> Permission:
    at = node.at.at_key() if node.is_mapping else node.at
    commands = {"any": [""], "mention": ["sh"], "nothing": [], "unresolved": []}.get(
        pattern.kind, list(pattern.commands)
    )
    rule = shell_permission(
        key[:200],
        _effect(node) or "ask",
        at,
        commands,
        client="vscode",
        tool="runInTerminal",
        effective=effective and pattern.kind != "nothing",
        exact=pattern.kind == "exact",
    )
    if pattern.kind == "mention":
        return replace(rule, reason=Known(_MENTION, at))
    if pattern.kind == "prefix" and node["matchCommandLine"].value is True:
        return replace(
            rule, shell_reach=Known("any_code", at), reason=Known(_WHOLE_LINE, at), by_option=Known(value=False, at=at)
        )
    if pattern.kind == "unresolved":
        unknown = node.unknown("commands that a regular expression selects")
        return replace(rule, shell_reach=unknown, reason=unknown, by_option=unknown)
    return rule


def _covers(strong: TerminalPattern, weak: TerminalPattern) -> bool:
    """Whether every command of the weaker pattern falls under the stronger."""
    if strong.kind == "any":
        return True
    if strong.kind != "prefix" or weak.kind not in ("prefix", "exact"):
        return False
    return all(any(text == one or text.startswith(one + " ") for one in strong.commands) for text in weak.commands)


def _edits(node: Node) -> Iterator[Permission]:
    for key, entry in _entries(node):
        effect = _effect(entry)
        if effect is None:
            continue
        at = entry.at
        plain = key.removeprefix("**/")
        reach = "guard_rails" if _GUARDS.search(plain) else reach_of_path(plain)
        yield Permission(
            at=at,
            rule=Known(f"edits of {key}"[:200], at),
            effect=Known(effect, at),
            tool=Known("edit", at),
            argument=Known(key[:200], at),
            effective=Known(value=True, at=at),
            path_reach=Known(reach, at),
        )


def _addresses(node: Node) -> Iterator[Permission]:
    for key, entry in _entries(node):
        value = entry["approveRequest"].value if entry.is_mapping else entry.value
        if not isinstance(value, bool):
            continue
        at = entry.at.at_key() if entry.is_mapping else entry.at
        host = _HOST.match(key)
        yield Permission(
            at=at,
            rule=Known(f"fetch {key}"[:200], at),
            effect=Known("allow" if value else "ask", at),
            tool=Known("fetch", at),
            argument=Known(key[:200], at),
            effective=Known(value=True, at=at),
            host=Known(host[1].lower() if host else "*", at),
        )


def _entries(node: Node) -> Iterator[tuple[str, Node]]:
    for count, entry in enumerate(node.entries()):
        if count >= MOST_RULES:
            return
        yield entry
