"""`crush.json` becomes one agent and, for its MCP servers, one tool each.

`permissions.allowed_tools` names tools that run without a question: `bash`, `view`, `mcp_server_tool`, or
`tool:action`. Values of providers are replaced by variables and by the output of commands (`$(command)`), which run
as the file is loaded. Without a rule the product asks about every tool that does more than read in the project; what
lifts that is an option of its command line. `options.disabled_tools` takes tools away. The command of a server is a
text: with a list, as opencode has it, the file does not load, so nothing is said of what such a list would start.
Source: README.md, internal/config/config.go and internal/agent/tools of https://github.com/charmbracelet/crush, read
2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.agent_settings import extract_settings
from nhilint.formats.assistant import session
from nhilint.formats.claude.commands import describe_command
from nhilint.formats.mcp.dialects import DIALECTS
from nhilint.formats.mcp.holding import Slot, read_slot
from nhilint.formats.shell_rules import shell_permission
from nhilint.formats.tool_rules import tool_permission
from nhilint.model.fact import Known
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.claude.commands import ReadCommand
    from nhilint.formats.format import Claim
    from nhilint.formats.node import Node
    from nhilint.model.resource import Extraction
    from nhilint.model.vocabulary.agent import Agent, Permission
    from nhilint.model.vocabulary.credential import Credential
    from nhilint.source.document import Document

SERVERS = "mcp-crush"
_TELLING = frozenset({"permissions", "providers", "options", "models"})
_FILES = frozenset({"view", "ls", "grep", "edit", "write", "multiedit"})
_COMMAND = Deferred(r"\$\(([^()]{1,2000})\)")
_MOST = 300


def extract(document: Document, claim: Claim) -> Extraction:
    """The agent and the servers of the file; one with language servers only is recognised and gives nothing."""
    found = extract_settings(document, claim, SERVERS, _TELLING, read_settings)
    if found.recognised:
        return found
    is_mapping = isinstance(document.value, dict)
    return replace(found, recognised=is_mapping and "charm.land/crush" in document.text)


def read_settings(root: Node) -> Agent:
    """The agent that the configuration describes."""
    helpers = tuple(_helpers(root["providers"]))
    return replace(
        session(root, "crush"),
        autonomy=Known("asks", root.at),
        tools_exposed=Known("all", root.at),
        permissions=(
            *_permissions(root["permissions"]["allowed_tools"]),
            *_disabled(root["options"]["disabled_tools"]),
        ),
        commands=tuple(found.record for found in helpers),
        credentials=tuple(_credentials(root["providers"])),
    )


def _permissions(node: Node) -> Iterator[Permission]:
    for item in list(node.items())[:_MOST]:
        if not item.is_text or not item.value.strip():
            continue
        tool, _, action = item.value.strip().partition(":")
        if tool == "bash":
            yield shell_permission(item.value, "allow", item.at, [""], client="crush", tool=tool)
            continue
        server = tool[4:].split("_", 1)[0] if tool.startswith("mcp_") else None
        found = tool_permission(
            tool, "allow", item.at, rule=item.value.strip(), server=server, is_file=tool in _FILES and not action
        )
        yield replace(found, argument=Known(action, item.at)) if action else found


def _disabled(node: Node) -> Iterator[Permission]:
    """Tools that are not offered at all."""
    for item in list(node.items())[:_MOST]:
        if item.is_text and item.value.strip():
            yield tool_permission(item.value.strip(), "deny", item.at)


def _helpers(providers: Node) -> Iterator[ReadCommand]:
    """Commands within the values of providers."""
    for name, provider in list(providers.entries())[:_MOST]:
        for key, node in provider.entries():
            for found in _COMMAND.finditer(node.value) if node.is_text else ():
                at = node.at.within_text(found.start(1), found.end(1))
                yield describe_command(f"providers.{name[:60]}.{key[:60]}", found[1], at)


def _credentials(providers: Node) -> Iterator[Credential]:
    expansion = DIALECTS[SERVERS].expansion
    for _, provider in list(providers.entries())[:_MOST]:
        key = provider["api_key"]
        if key.is_text and key.value:
            yield from read_slot(key.value, Slot("api_key", key.at, "field", sensitive=True), expansion)[0]
