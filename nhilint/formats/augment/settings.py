"""`.augment/settings.json` becomes one agent and, for its MCP servers, one tool each.

The terminal client runs every tool unasked for which no rule of `toolPermissions` says otherwise; the first rule of the
list that matches decides, and those of a project stand before those of the person. `shellInputRegex` is looked for
anywhere in a command, which is one text however many commands it chains. Editors do not read these rules, so that how
much an agent asks is not known from the file. Older settings wrote `tool-permissions`, which is not read any more.
Sources, read 2026-11-22: npm @augmentcode/auggie 0.36.0 (schema of the settings, order of files, choice of the rule),
https://docs.augmentcode.com/cli/permissions, /cli/settings and /cli/hooks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.agent_settings import extract_settings
from nhilint.formats.assistant import session
from nhilint.formats.claude.commands import read_command
from nhilint.formats.claude.ineffective import Fault, ineffective_setting
from nhilint.formats.endpoints import endpoint
from nhilint.formats.hook_commands import HookGrammar, read_hooks
from nhilint.formats.mcp.dialect import Expansion
from nhilint.formats.mcp.holding import Slot, read_slot
from nhilint.formats.shell_rules import Effect, shell_permission
from nhilint.formats.tool_rules import expression_permission, tool_permission
from nhilint.model.fact import Known, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.claude.commands import ReadCommand
    from nhilint.formats.format import Claim
    from nhilint.formats.node import Node
    from nhilint.model.resource import Extraction
    from nhilint.model.vocabulary.agent import Agent, Permission
    from nhilint.model.vocabulary.capability import Endpoint
    from nhilint.model.vocabulary.credential import Credential
    from nhilint.model.vocabulary.tool import IneffectiveSetting
    from nhilint.source.document import Document

SERVERS = "mcp-augment"
PRODUCT = "augment"
RULES = "toolPermissions"
OLDER = "tool-permissions"
HOOKS = HookGrammar(
    title="Augment",
    docs="https://docs.augmentcode.com/cli/hooks",
    events=frozenset(
        {"PreToolUse", "PostToolUse", "Stop", "SessionStart", "SessionEnd", "Notification", "PromptSubmit"}
    ),
    guarding=frozenset({"PreToolUse"}),
    told=frozenset({"PreToolUse", "PostToolUse", "PromptSubmit"}),
    others=frozenset(
        {
            "beforeShellExecution", "beforeMCPExecution", "beforeReadFile", "afterFileEdit", "afterShellExecution",
            "afterMCPExecution", "stop",
        }
    ),
    is_complete=False,
)  # fmt: skip
SHELLS = frozenset({"launch-process", "shell", "bash"})
FILES = frozenset({"view", "save-file", "str-replace-editor", "apply_patch", "remove-files", "grep-search"})
_EFFECTS: dict[str, Effect] = {"allow": "allow", "ask-user": "ask", "deny": "deny"}
_TELLING = frozenset({RULES, OLDER, "hooks", "removedTools", "startupScript", "enabledPlugins", "bringYourOwnKey"})
_PAGE = "https://docs.augmentcode.com/cli/permissions"
_MOST = 500


def extract(document: Document, claim: Claim) -> Extraction:
    """The agent and the servers of the file."""
    return extract_settings(document, claim, SERVERS, _TELLING, read_settings)


def read_settings(root: Node) -> Agent:
    """The agent that settings describe."""
    hooks = read_hooks(root["hooks"], HOOKS)
    rules = [rule for rule in root[RULES].items() if rule["toolName"].is_text][:_MOST]
    run = tuple(_run(rules, root["startupScript"]))
    return replace(
        session(root, PRODUCT),
        model=root["model"].text(),
        tools_exposed=Known("all", root.at),
        permissions=tuple(_permissions(rules)),
        commands=(*hooks.commands, *(found.record for found in run)),
        endpoints=(*hooks.endpoints, *_asked(rules)),
        credentials=(*hooks.credentials, *(one for found in run for one in found.credentials), *_keys(root)),
        ineffective=(*hooks.ineffective, *_dead(root, rules)),
    )


def _run(rules: list[Node], startup: Node) -> Iterator[ReadCommand]:
    """Programs that decide about calls, and the script that every session starts with."""
    for rule in rules:
        script = rule["permission"]["script"]
        found = read_command("script-policy", script) if rule["permission"]["type"].value == "script-policy" else None
        if found is not None:
            yield found
    found = read_command("startupScript", startup)
    if found is not None:
        yield found


def _asked(rules: list[Node]) -> Iterator[Endpoint | Unknown]:
    """Addresses that are told of each call and decide about it."""
    for rule in rules:
        address = rule["permission"]["webhookUrl"]
        found = endpoint(address, "webhookUrl") if address.exists else None
        if found is not None:
            yield found if isinstance(found, Unknown) else replace(found, carries=Known("events", address.at))


def _keys(root: Node) -> Iterator[Credential]:
    for name, value in root["bringYourOwnKey"].entries():
        if isinstance(value.value, str) and value.value:
            yield from read_slot(value.value, Slot(name, value.at, "field", sensitive=True), Expansion())[0]


def _permissions(rules: list[Node]) -> Iterator[Permission | Unknown]:
    decided: set[str] = set()
    for rule in rules:
        if rule["eventType"].value == "tool-response":
            continue
        kind, tool = rule["permission"]["type"], str(rule["toolName"].value)
        effect = _EFFECTS.get(str(kind.value))
        if effect is not None:
            yield replace(_permission(rule, tool, effect), effective=Known(tool not in decided, rule["toolName"].at))
        elif not str(kind.value).endswith("-policy"):
            yield rule.unknown("no permission that Augment knows")
        if not rule["shellInputRegex"].exists:
            decided.add(tool)


def _permission(rule: Node, tool: str, effect: Effect) -> Permission:
    expression = rule["shellInputRegex"]
    if tool not in SHELLS:
        return tool_permission(tool, effect, rule["toolName"].at, is_file=tool in FILES)
    if not expression.is_text:
        whole = shell_permission(tool, effect, rule["toolName"].at, [""], client=PRODUCT, tool=tool)
        return replace(whole, argument=None)
    return expression_permission(str(expression.value), effect, expression.at, client=PRODUCT, tool=tool)


def _dead(root: Node, rules: list[Node]) -> Iterator[IneffectiveSetting]:
    """A refusal or question that an earlier rule about the whole tool leaves nothing to, and lists of another name."""
    decided: dict[str, str] = {}
    for rule in rules:
        tool, effect = str(rule["toolName"].value), _EFFECTS.get(str(rule["permission"]["type"].value))
        if decided.get(tool) == "allow" and effect in ("deny", "ask"):
            reason = f"the first rule that matches decides, and an earlier one allows every call of {tool}"
            instead = "move it before the rule that allows the tool"
            yield ineffective_setting(tool, Fault(reason, instead, _PAGE), rule["toolName"].at)
        if rule["eventType"].value != "tool-response" and not rule["shellInputRegex"].exists:
            decided.setdefault(tool, effect or "")
    older = root[OLDER]
    if older.is_list and older.value:
        guards = any(rule["permission"]["type"].value != "allow" for rule in older.items())
        reason = f"Augment reads {RULES}, with toolName and shellInputRegex"
        instead = f"rename it to {RULES}, and the keys in it likewise"
        yield ineffective_setting(OLDER, Fault(reason, instead, _PAGE, protects=guards), older.at)
