"""Grok Build's `config.toml` becomes one agent and, for its MCP servers, one tool each.

`[permission]` has lists `deny`, `ask` and `allow` of rules in the manner of Claude Code, `Bash(git *)`,
`MCPTool(a__*)`, and `rules`, the same in tables. A denial wins over a question, that over an allowance, wherever it
stands. The mode, `[ui] permission_mode`, is read from a person's or a fleet's file only: a project's contributes
servers, plug-ins and rules, each once the folder is trusted.
Source: github.com/xai-org/grok-build, crates/codegen/xai-grok-pager/docs/user-guide: 05-configuration.md,
07-mcp-servers.md, 22-permissions-and-safety.md, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.agent_settings import extract_settings
from nhilint.formats.assistant import session
from nhilint.formats.claude.rules import parse_rule
from nhilint.formats.shell_rules import Effect, shell_permission
from nhilint.formats.tool_rules import tool_permission
from nhilint.model.fact import Fact, Known, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.formats.node import Node
    from nhilint.model.resource import Extraction
    from nhilint.model.vocabulary.agent import Agent, Autonomy, Permission
    from nhilint.source.document import Document

SERVERS = "mcp-grok"
_MODES: dict[str, Autonomy] = {
    "plan": "suggest",
    "default": "asks",
    "ask": "asks",
    "acceptedits": "asks_for_writes",
    "auto": "classifier_gated",
    "bypasspermissions": "ungated",
    "always-approve": "ungated",
}
_EFFECTS: tuple[Effect, ...] = ("deny", "ask", "allow")
_STRUCTURED = {
    "bash": "Bash",
    "read": "Read",
    "edit": "Edit",
    "grep": "Grep",
    "mcp": "MCPTool",
    "webfetch": "WebFetch",
    "websearch": "WebSearch",
}
_FILES = frozenset({"Read", "Edit", "Write", "Grep"})
_TELLING = frozenset({"permission", "ui", "models", "plugins", "features"})
_MOST = 1_000


def extract(document: Document, claim: Claim) -> Extraction:
    """The agent and the servers of the file."""
    return extract_settings(document, claim, SERVERS, _TELLING, read_settings)


def read_settings(root: Node) -> Agent:
    """The agent that the configuration describes."""
    agent = session(root, "grok-build")
    is_project = agent.level == Known("project", root.at) and root.path.endswith(".grok/config.toml")
    return replace(
        agent,
        autonomy=None if is_project else _autonomy(root["ui"]["permission_mode"]),
        tools_exposed=Known("all", root.at),
        permissions=tuple(_permissions(root["permission"])),
    )


def _autonomy(mode: Node) -> Fact[Autonomy]:
    text = mode.text()
    if not isinstance(text, Known):
        return text
    known = _MODES.get(text.value.lower())
    return Known(known, mode.at) if known else mode.unknown("no mode that Grok Build documents")


def _permissions(node: Node) -> Iterator[Permission | Unknown]:
    stated = [*_compact(node), *_tables(node)]
    for effect, text, item in sorted(stated, key=lambda one: _EFFECTS.index(one[0])):
        yield text if isinstance(text, Unknown) else _rule(text, effect, item, stated)


def _compact(node: Node) -> Iterator[tuple[Effect, str | Unknown, Node]]:
    for effect in _EFFECTS:
        for item in list(node[effect].items())[:_MOST]:
            text = item.text()
            if text is not None:
                yield effect, text if isinstance(text, Unknown) else text.value, item


def _tables(node: Node) -> Iterator[tuple[Effect, str | Unknown, Node]]:
    """The rules that are written as tables, spelt as the lists spell them."""
    for item in list(node["rules"].items())[:_MOST]:
        effect, tool = item["action"].value, _STRUCTURED.get(str(item["tool"].value).lower())
        if effect in _EFFECTS and tool is not None:
            pattern = item["pattern"]
            yield effect, f"{tool}({pattern.value})" if pattern.is_text else tool, item["tool"]


def _rule(text: str, effect: Effect, item: Node, stated: list[tuple[Effect, str | Unknown, Node]]) -> Permission:
    rule = parse_rule(text)
    argument, server = rule.argument or "", None
    if rule.tool == "Bash":
        words = argument.removesuffix(":*").rstrip("* ")
        exact = bool(argument) and not argument.rstrip().endswith("*")
        found = shell_permission(text, effect, item.at, [words], client="grok-build", tool=rule.tool, exact=exact)
    else:
        server = argument.split("__", 1)[0] if rule.tool == "MCPTool" and "__" in argument else None
        found = tool_permission(rule.tool, effect, item.at, rule=text, server=server, is_file=rule.tool in _FILES)
    if server is not None:
        argument = argument.split("__", 1)[1]
    stronger = _EFFECTS[: _EFFECTS.index(effect)]
    overridden = any(other in stronger and name in (text, rule.tool) for other, name, _ in stated)
    return replace(
        found,
        argument=Known(argument, item.at) if argument else None,
        effective=Known(not overridden, item.at),
    )
