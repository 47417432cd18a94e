"""CodeBuddy Code's `settings.json` becomes one agent: its rules, its mode and what runs beside it.

The form is Claude Code's: `permissions` with `allow`, `ask`, `deny` and `defaultMode`, `hooks`, `env`, `apiKeyHelper`.
A denial wins over everything; the mode that asks for nothing may be set in the file. Which settings the product ignores
is not documented as it is for Claude Code, so none is called ineffective.
Sources: https://cloud.tencent.com/document/product/1831/137009 (settings), /137058 (modes) and /137059 (rules), read
2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.claude.settings import read_settings, stated_autonomy
from nhilint.formats.claude.templates import engine_template
from nhilint.formats.node import Node
from nhilint.model.fact import Known
from nhilint.model.resource import Extraction, Resource

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document


def extract(document: Document, claim: Claim) -> Extraction:
    """One agent for the file; what is no mapping is left alone."""
    root = Node.root(document, engine_template)
    if not root.is_mapping:
        return Extraction(recognised=False)
    agent = read_settings(root, "local" if document.path.lower().endswith(".local.json") else "project")
    autonomy = stated_autonomy(root["permissions"])
    agent = replace(agent, product=Known("codebuddy", root.at), autonomy=autonomy, sandbox=None, ineffective=())
    return Extraction((Resource("agent", document.path, claim.format, agent),))
