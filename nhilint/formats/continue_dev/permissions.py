"""A file of permissions in a project becomes a setting without effect: Continue's command line reads ~/.continue only.

Source: https://docs.continue.dev/cli/tool-permissions; continuedev/continue, extensions/cli/src/permissions, read
2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.assistant import level_of_path, session
from nhilint.formats.claude.ineffective import Fault, ineffective_setting
from nhilint.formats.node import Node
from nhilint.model.resource import Extraction, Resource

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

_DOCS = "https://docs.continue.dev/cli/tool-permissions"


def extract(document: Document, claim: Claim) -> Extraction:
    """One agent for the file; a copy for a home folder is in force and not looked into."""
    root = Node.root(document)
    lists = [root[key] for key in ("exclude", "ask", "allow") if root[key].is_list]
    if not lists:
        return Extraction(recognised=False)
    agent = session(root, "continue")
    if level_of_path(document.path) == "project":
        reason = "Continue reads permissions from the home folder only, none from a project"
        protects = any(node.key != "allow" and node.value for node in lists)
        fault = Fault(reason, "put the file into ~/.continue, or pass --exclude and --ask", _DOCS, protects)
        agent = replace(agent, ineffective=(ineffective_setting("the whole file", fault, lists[0].at),))
    return Extraction((Resource("agent", document.path, claim.format, agent),))
