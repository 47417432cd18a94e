"""The lists of `tools` and `mcp` in Gemini CLI's settings become permissions; some of them approve in advance.

By falling strength: `mcp.excluded` and `tools.exclude` deny, `tools.confirmationRequired` asks, `tools.allowed`,
`tools.core` and `mcp.allowed` allow without a question. `tools.core` also denies every tool that it does not name.
`tools.exclude` and `tools.confirmationRequired` compare with the tool's name alone: an entry with a command in
parentheses matches no call.
Source: https://github.com/google-gemini/gemini-cli, packages/core/src/policy/config.ts (createPolicyEngineConfig,
mapToolsToRules) and policy-engine.ts (ruleMatches), commit 5411f11 of 2026-08-21, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nhilint.formats.claude.ineffective import Fault, first_of, ineffective_setting
from nhilint.formats.gemini.tool_rules import Effect, is_narrowed_shell, parse_tool, tool_permission
from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.agent import Permission

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.tool import IneffectiveSetting

MOST_RULES = 1_000
_LISTS: tuple[tuple[str, Effect], ...] = (
    ("allowed", "allow"),
    ("core", "allow"),
    ("confirmationRequired", "ask"),
    ("exclude", "deny"),
)
_SOURCE = "https://github.com/google-gemini/gemini-cli/blob/main/packages/core/src/policy/config.ts"


class ReadRules(NamedTuple):
    """The rules of one file, and those of them that match nothing."""

    permissions: tuple[Permission | Unknown, ...]
    ineffective: tuple[IneffectiveSetting, ...]


def read_permissions(root: Node) -> ReadRules:
    """The rules that settings state."""
    permissions: list[Permission | Unknown] = []
    dead: list[IneffectiveSetting] = []
    stronger = _whole_tools(root, "exclude") | _whole_tools(root, "confirmationRequired")
    for key, effect in _LISTS:
        for item in _entries(root["tools"][key]):
            text = item.text()
            if not isinstance(text, Known):
                permissions.extend(() if text is None else (text,))
                continue
            fault = _fault(key, text.value) if effect != "allow" else None
            if fault is not None:
                dead.append(ineffective_setting(first_of([f"tools.{key}: {text.value}"]), fault, item.at))
            is_overridden = effect == "allow" and parse_tool(text.value).tool in stronger
            effective = fault is None and not is_overridden
            permissions.append(tool_permission(text.value, effect, item.at, effective=effective))
    permissions.extend(_servers(root["mcp"]))
    return ReadRules(tuple(permissions), tuple(dead))


def read_excluded(entries: Node, key: str) -> ReadRules:
    """The rules of a list of excluded tools in an extension's manifest."""
    permissions: list[Permission | Unknown] = []
    dead: list[IneffectiveSetting] = []
    for item in _entries(entries):
        if item.is_text:
            fault = _fault(key, item.value)
            if fault is not None:
                dead.append(ineffective_setting(first_of([f"{key}: {item.value}"]), fault, item.at))
            permissions.append(tool_permission(item.value, "deny", item.at, effective=fault is None))
    return ReadRules(tuple(permissions), tuple(dead))


def _fault(key: str, text: str) -> Fault | None:
    if not is_narrowed_shell(text):
        return None
    command = (parse_tool(text).command or "")[:60]
    reason = f"Gemini CLI compares entries of {key} with the tool's name alone, so one with a command never matches"
    decision = "ask_user" if key == "confirmationRequired" else "deny"
    instead = f'write a policy with commandPrefix = "{command}" and decision = "{decision}" in ~/.gemini/policies'
    return Fault(reason, instead, _SOURCE)


def _whole_tools(root: Node, key: str) -> set[str]:
    """The tools that a denying or asking list names as a whole."""
    texts = (item.value for item in _entries(root["tools"][key]) if item.is_text)
    return {parse_tool(text).tool for text in texts if not is_narrowed_shell(text)}


def _servers(mcp: Node) -> Iterator[Permission]:
    """Servers of `mcp.allowed`, all of whose tools then run without a question, and of `mcp.excluded`."""
    excluded = {item.value for item in _entries(mcp["excluded"]) if item.is_text}
    for key, effect in (("allowed", "allow"), ("excluded", "deny")):
        for item in _entries(mcp[key]):
            if not item.is_text or not item.value:
                continue
            name = item.value
            yield Permission(
                at=item.at,
                rule=Known(f"mcp.{key}: {name}", item.at),
                effect=Known("allow" if effect == "allow" else "deny", item.at),
                tool=Known("mcp_*" if name == "*" else f"mcp_{name}_*", item.at),
                server=Known(name, item.at),
                effective=Known(effect == "deny" or name not in excluded, item.at),
            )


def _entries(node: Node) -> Iterator[Node]:
    for count, item in enumerate(node.items()):
        if count >= MOST_RULES:
            return
        yield item
