"""`.roomodes` becomes one agent for each mode, with the tools of its groups.

A group says what there is, not what runs unasked: that is the person's own setting. A group with `fileRegex` (or a list
of paths) edits only those files. Every mode may also switch to another and start tasks in it.
Sources: https://docs.roocode.com/features/custom-modes; RooCodeInc/Roo-Code, src/shared/tools.ts (TOOL_GROUPS), read
2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.assistant import chosen
from nhilint.formats.built_in_tools import client_tools
from nhilint.formats.claude.frontmatter import credentials_in
from nhilint.formats.claude.instructions import read_instructions
from nhilint.formats.node import Node
from nhilint.model.fact import Known
from nhilint.model.resource import Extraction, Resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.place import Place
    from nhilint.model.vocabulary import Agent
    from nhilint.source.document import Document

GROUPS: dict[str, tuple[str, ...]] = {
    "read": ("read_file", "search_files", "list_files", "codebase_search"),
    "edit": ("apply_diff", "write_to_file"),
    "command": ("execute_command", "read_command_output"),
    "mcp": ("use_mcp_tool", "access_mcp_resource"),
    "browser": ("browser_action",),
}
"""The tools of a group; `modes` is in every mode and left out."""
_NARROWING = ("fileRegex", "allowedPaths", "disallowedPaths")
_MOST = 200


def extract(document: Document, claim: Claim) -> Extraction:
    """One agent for each mode; a file without modes is another tool's."""
    root = Node.root(document)
    product = "kilo-code" if document.path.endswith(".kilocodemodes") else "roo-code"
    modes = [mode for mode in root["customModes"].items() if mode["slug"].is_text][:_MOST]
    resources = tuple(Resource("agent", mode["slug"].value, claim.format, _mode(mode, product)) for mode in modes)
    return Extraction(resources, recognised=root["customModes"].exists)


def _mode(mode: Node, product: str) -> Agent:
    groups = tuple(_groups(mode["groups"]))
    narrowed = {name for name, _, is_narrowed in groups if is_narrowed}
    named = [(tool, at) for name, at, _ in groups if name not in narrowed for tool in GROUPS.get(name, ())]
    agent = chosen(mode, product, mode["slug"].value, mode["slug"])
    texts = (mode["roleDefinition"], mode["customInstructions"])
    return replace(
        agent,
        purpose=mode["description"].text() or mode["whenToUse"].text(),
        tools_exposed=Known("list" if groups else "none", mode["groups"].at),
        tools=client_tools("roo", "Roo Code", named),
        servers=Known(("*",), mode["groups"].at) if any(name == "mcp" for name, _, _ in groups) else None,
        credentials=tuple(credential for text in texts for credential in credentials_in(text)),
        instructions=tuple(found for text in texts if text.is_text for found in read_instructions(mode, text)),
    )


def _groups(node: Node) -> Iterator[tuple[str, Place, bool]]:
    """Each group with its place and whether it is held to some files."""
    for item in list(node.items())[:_MOST] if node.is_list else ():
        if item.is_text:
            yield item.value, item.at, False
        elif item.is_list and item[0].is_text:
            yield item[0].value, item.at, any(item[1][key].exists for key in _NARROWING)
        elif item["type"].is_text:
            yield item["type"].value, item.at, any(item[key].exists for key in _NARROWING)
