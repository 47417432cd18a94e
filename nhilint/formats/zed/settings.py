"""`settings.json` of Zed becomes one agent and, for its MCP servers, one tool each.

`agent.tool_permissions`: built-in refusals, then `always_deny`, `always_confirm`, `always_allow`, the tool's `default`,
the default of all tools; left out everything is asked about. Patterns are unanchored regular expressions, tried on each
part of a command line. A project's file is held to what `ProjectSettingsContent` knows, which has no `agent`: there the
whole block does nothing.
Sources: https://zed.dev/docs/ai/tool-permissions; zed-industries/zed, crates/settings_content/src/project.rs
(ProjectSettingsContent), read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.agent_settings import extract_settings
from nhilint.formats.assistant import session
from nhilint.formats.claude.ineffective import Fault, ineffective_setting
from nhilint.formats.shell_rules import Effect, shell_permission
from nhilint.formats.tool_rules import expression_permission, tool_permission
from nhilint.model.fact import Fact, Known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.formats.node import Node
    from nhilint.model.resource import Extraction
    from nhilint.model.vocabulary.agent import Agent, Autonomy, Permission
    from nhilint.model.vocabulary.tool import IneffectiveSetting
    from nhilint.source.document import Document

SERVERS = "mcp-zed"
_SHELL = "terminal"
_FILES = frozenset({"edit_file", "save_file", "create_directory", "delete_path", "move_path", "copy_path"})
_DECISIONS: dict[str, Effect] = {"allow": "allow", "confirm": "ask", "deny": "deny"}
_LISTS: tuple[tuple[str, Effect], ...] = (("always_deny", "deny"), ("always_confirm", "ask"), ("always_allow", "allow"))
_DOCS = "https://zed.dev/docs/ai/tool-permissions"
_MOST = 500


def extract(document: Document, claim: Claim) -> Extraction:
    """The agent and the servers of the file."""
    return extract_settings(document, claim, SERVERS, frozenset({"agent"}), read_settings)


def read_settings(root: Node) -> Agent:
    """The agent that settings describe."""
    agent = root["agent"]
    rules = agent["tool_permissions"]
    if root.path.endswith(".zed/settings.json"):
        return replace(session(root, "zed", "project"), ineffective=tuple(_not_in_projects(agent)))
    return replace(
        session(root, "zed", "user"),
        autonomy=_autonomy(agent),
        tools_exposed=Known("all", root.at),
        permissions=tuple(_permissions(rules["tools"])),
    )


def _not_in_projects(agent: Node) -> Iterator[IneffectiveSetting]:
    for key in ("tool_permissions", "always_allow_tool_actions", "profiles"):
        node = agent[key]
        if node.exists:
            protects = key == "tool_permissions" and _confines(node)
            reason = "Zed takes the settings of its agent from the user's file only and ignores those of a project"
            fault = Fault(reason, "put the block into ~/.config/zed/settings.json", _DOCS, protects)
            yield ineffective_setting(f"agent.{key}", fault, node.at)


def _confines(rules: Node) -> bool:
    """Whether one of the rules would have asked or refused."""
    if rules["default"].value in ("confirm", "deny"):
        return True
    return any(
        tool["default"].value in ("confirm", "deny") or tool["always_deny"].is_list or tool["always_confirm"].is_list
        for _, tool in rules["tools"].entries()
    )


def _autonomy(agent: Node) -> Fact[Autonomy]:
    """How much is done unasked where no tool has a rule of its own."""
    default, older = agent["tool_permissions"]["default"], agent["always_allow_tool_actions"]
    narrowed = any(True for _ in agent["tool_permissions"]["tools"].entries())
    if default.value == "allow" and not narrowed:
        return Known("ungated", default.at)
    if default.exists or narrowed:
        return Known("asks", default.at) if default.value in ("confirm", "deny", None) else None
    return Known("ungated", older.at) if older.value is True else None


def _permissions(tools: Node) -> Iterator[Permission]:
    for tool, node in list(tools.entries())[:_MOST]:
        stated = ((effect, item["pattern"]) for key, effect in _LISTS for item in list(node[key].items())[:_MOST])
        yield from (_by_pattern(tool, effect, pattern) for effect, pattern in stated if pattern.is_text)
        default = node["default"]
        decided = _DECISIONS.get(default.value) if default.is_text else None
        if decided is not None:
            yield _whole(tool, decided, default)


def _by_pattern(tool: str, effect: Effect, pattern: Node) -> Permission:
    if tool == _SHELL:
        return expression_permission(pattern.value, effect, pattern.at, client="zed", tool=tool)
    found = tool_permission(tool, effect, pattern.at, rule=f"{tool}: {pattern.value}"[:200])
    return replace(found, argument=Known(pattern.value[:200], pattern.at))


def _whole(tool: str, effect: Effect, default: Node) -> Permission:
    rule = f"{tool}: {default.value}"
    if tool == _SHELL:
        return shell_permission(rule, effect, default.at, [""], client="zed", tool=tool)
    if tool.startswith("mcp:") and tool.count(":") > 1:
        _, server, name = tool.split(":", 2)
        found = tool_permission(tool, effect, default.at, rule=rule, server=server)
        return replace(found, argument=Known(name, default.at))
    return tool_permission(tool, effect, default.at, rule=rule, is_file=tool in _FILES)
