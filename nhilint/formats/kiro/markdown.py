"""`.kiro/agents/NAME.md` becomes an agent; its rules name what an agent can do, not a tool.

A rule without `match` is about everything that the capability covers; refusals come before questions before approvals.
Source: https://kiro.dev/docs/custom-agents/configuration-reference/; field names from a survey, page not re-read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.assistant import chosen
from nhilint.formats.built_in_tools import client_tools
from nhilint.formats.claude.frontmatter import credentials_in, read_definition, stem_of
from nhilint.formats.claude.instructions import read_instructions
from nhilint.formats.kiro.agent import exposed, servers_named
from nhilint.formats.mcp.dialects import DIALECTS
from nhilint.formats.mcp.servers import read_servers
from nhilint.formats.shell_rules import Effect, shell_permission
from nhilint.formats.tool_rules import tool_permission
from nhilint.model.fact import Known
from nhilint.model.resource import Extraction, Resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.agent import Permission
    from nhilint.source.document import Document

_SERVERS = "mcp-kiro"
_TELLING = ("description", "tools", "permissions", "mcpServers", "model")
_EFFECTS: dict[str, Effect] = {"allow": "allow", "ask": "ask", "deny": "deny"}
_FILES = {"fs_read": "read", "fs_write": "write"}
_MOST = 300


def extract(document: Document, claim: Claim) -> Extraction:
    """One agent and its own servers; a text without front matter is documentation."""
    fields, body = read_definition(document)
    if not fields.is_mapping or not any(fields[key].exists for key in _TELLING):
        return Extraction(recognised=False)
    name = fields["name"].value if fields["name"].is_text and fields["name"].value.strip() else stem_of(document.path)
    tools = [item for item in fields["tools"].items() if item.is_text][:_MOST]
    own = [(item.value, item.at) for item in tools if not item.value.startswith("@") and item.value != "*"]
    servers = read_servers(fields, DIALECTS[_SERVERS], _SERVERS) or ()
    agent = replace(
        chosen(fields, "kiro", name, fields["name"]),
        tools_exposed=exposed(fields["tools"], tools) if fields["tools"].exists else None,
        tools=client_tools("kiro", "Kiro", own),
        servers=servers_named(fields["tools"], tools),
        permissions=tuple(_rules(fields["permissions"])),
        credentials=tuple(credentials_in(body)),
        instructions=read_instructions(fields, body),
    )
    return Extraction((Resource("agent", name, claim.format, agent), *servers))


def _rules(node: Node) -> Iterator[Permission]:
    for item in list(node.items())[:_MOST]:
        capability, effect = item["capability"], item["effect"]
        known = _EFFECTS.get(effect.value) if effect.is_text else None
        if known is None or not capability.is_text:
            continue
        matches = [match for match in item["match"].items() if match.is_text][:_MOST]
        if capability.value == "shell":
            for match in matches or [capability]:
                words = match.value if match is not capability else ""
                rule = f"shell: {words or '*'}"
                found = shell_permission(
                    rule, known, match.at, [words.rstrip("* ")], client="kiro", tool="shell", exact="*" not in words
                )
                yield replace(found, argument=Known(words, match.at) if words else None)
        else:
            tool = _FILES.get(capability.value, capability.value)
            found = tool_permission(tool, known, capability.at, rule=capability.value, is_file=tool in _FILES.values())
            yield replace(found, argument=Known(str(matches[0].value), matches[0].at)) if matches else found
