"""`allowedTools` and `toolsSettings` of an agent become permissions, and limits that do nothing beside an approval.

`allowedTools` names tools (`*` and `?` as wildcards), `@server`, `@server/tool`, `@builtin`; a lone `*` is not a rule.
Limits of a tool (`allowedCommands`, `allowedPaths`) say what runs unasked; where the tool itself is approved they
narrow nothing. Refusals (`deniedCommands`) come first always, and so does a preToolUse hook, which may refuse any call.
Commands are regular expressions for the whole line. Amazon Q in an editor (`.amazonq/agents/default.json`, which it
writes itself) keeps the same form, but asks by the kind of each command: of its own tools it reads neither list.
Sources: https://github.com/aws/amazon-q-developer-cli, docs/agent-format.md and
crates/chat-cli/src/cli/chat/tools/execute/mod.rs (eval_perm); https://github.com/aws/language-servers,
agenticChat/agenticChatController.ts (requiresAcceptance) and tools/mcp/mcpUtils.ts (paths), read 2026-11-22.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from nhilint.formats.claude.ineffective import Fault, ineffective_setting
from nhilint.formats.guarding_hooks import behind_guard, guard_among
from nhilint.formats.shell_rules import shell_permission
from nhilint.formats.tool_rules import expression_permission, tool_permission
from nhilint.model.fact import Known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.formats.shell_rules import Effect
    from nhilint.model.fact import Many
    from nhilint.model.vocabulary.agent import Permission
    from nhilint.model.vocabulary.tool import IneffectiveSetting

SHELLS = ("execute_bash", "shell", "execute_cmd")
_FILES = frozenset({"fs_read", "fs_write", "read", "write"})
_LISTS_OF_COMMANDS: tuple[tuple[str, Effect], ...] = (("deniedCommands", "deny"), ("allowedCommands", "allow"))
_LIMITS = ("allowedCommands", "allowedPaths", "allowedServices")
_SOURCE = "https://github.com/aws/amazon-q-developer-cli/blob/main/docs/agent-format.md"
_MOST = 500
_OF_THE_EDITOR = ".amazonq/agents/"
_EDITOR_SOURCE = "https://github.com/aws/language-servers"


class Approvals(NamedTuple):
    """The rules of an agent, and those of its limits that narrow nothing."""

    permissions: Many[Permission]
    ineffective: tuple[IneffectiveSetting, ...]


def read_approvals(root: Node, client: str) -> Approvals:
    """What runs without a question, and what is refused."""
    allowed = [item for item in root["allowedTools"].items() if item.is_text and item.value.strip()][:_MOST]
    has_shell = _has_shell(root["tools"])
    found = [_allowed(item, client) for item in allowed]
    if _OF_THE_EDITOR in root.path:
        own_idle = tuple(rule if rule.server is not None else _idle(rule) for rule in found)
        return Approvals(own_idle, tuple(_unread_refusals(root["toolsSettings"])))
    approved = (rule if has_shell or rule.shell_reach is None else _idle(rule) for rule in found)
    guard = guard_among(root["hooks"]["preToolUse"], _covers_shell)
    rules = behind_guard((*approved, *_commands(root["toolsSettings"], client)), guard)
    return Approvals(rules, (*_stars(allowed), *_idle_limits(root["toolsSettings"], allowed)))


def _has_shell(tools: Node) -> bool:
    """Whether the agent has a shell at all: what it lacks no rule can approve."""
    names = {item.value for item in tools.items() if item.is_text}
    return not names.isdisjoint({*SHELLS, "*", "@builtin"})


def _covers_shell(matcher: str) -> bool:
    """Whether the matcher of a hook, a tool's name or `@builtin`, is about the shell."""
    return matcher == "@builtin" or any(fnmatchcase(shell, matcher) for shell in SHELLS)


def _idle(rule: Permission) -> Permission:
    return replace(rule, effective=Known(value=False, at=rule.at))


def _allowed(item: Node, client: str) -> Permission:
    name = item.value.strip()
    if name == "*":
        return replace(tool_permission(name, "allow", item.at), effective=Known(value=False, at=item.at))
    if name.startswith("@") and not name.startswith("@builtin"):
        server, _, tool = name[1:].partition("/")
        found = tool_permission(name, "allow", item.at, server=server)
        return replace(found, argument=Known(tool, item.at)) if tool not in ("", "*") else found
    plain = name.removeprefix("@builtin").removeprefix("/") or "*"
    if any(fnmatchcase(shell, plain) for shell in SHELLS):
        return shell_permission(name, "allow", item.at, [""], client=client, tool=name)
    return tool_permission(name, "allow", item.at, is_file=plain in _FILES)


def _commands(settings: Node, client: str) -> Iterator[Permission]:
    for tool, (key, effect) in product(SHELLS, _LISTS_OF_COMMANDS):
        for item in list(settings[tool][key].items())[:_MOST]:
            if item.is_text:
                yield expression_permission(item.value, effect, item.at, client=client, tool=tool, whole=True)


def _stars(allowed: list[Node]) -> Iterator[IneffectiveSetting]:
    for item in allowed:
        if item.value.strip() == "*":
            reason = "a lone star is no pattern of allowedTools, and every tool is asked about"
            yield ineffective_setting("allowedTools: *", Fault(reason, "remove it", _SOURCE, protects=False), item.at)


def _idle_limits(settings: Node, allowed: list[Node]) -> Iterator[IneffectiveSetting]:
    for tool, entry in list(settings.entries())[:_MOST]:
        approving = next((item for item in allowed if _covers(item.value.strip(), tool)), None)
        for key in _LIMITS:
            if approving is not None and entry[key].is_list and entry[key].value:
                reason = f"allowedTools names {approving.value[:40]}, and an approved tool is not held to {key}"
                instead = f"take {approving.value[:40]} out of allowedTools"
                yield ineffective_setting(
                    f"toolsSettings.{tool[:40]}.{key}", Fault(reason, instead, _SOURCE), entry[key].at
                )


def _unread_refusals(settings: Node) -> Iterator[IneffectiveSetting]:
    """Commands that are refused in an editor's file, where nothing reads them."""
    for tool in SHELLS:
        refused = settings[tool]["deniedCommands"]
        if refused.is_list and refused.value:
            reason = "Amazon Q in an editor does not read toolsSettings, and asks by what it takes a command to be"
            instead = "put the agent in .amazonq/cli-agents, which the command line reads, or do not count on it"
            yield ineffective_setting(
                f"toolsSettings.{tool}.deniedCommands", Fault(reason, instead, _EDITOR_SOURCE), refused.at
            )


def _covers(pattern: str, tool: str) -> bool:
    plain = pattern.removeprefix("@builtin").removeprefix("/") or "*"
    return pattern != "*" and not plain.startswith("@") and fnmatchcase(tool, plain)
