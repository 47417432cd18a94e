"""`.claude-plugin/marketplace.json`: the plug-ins that a marketplace offers to Claude Code.

Codex, Copilot and Cursor take the same file where a repository has none of their own.
Source: https://code.claude.com/docs/en/plugin-marketplaces, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.plugin_marketplace import read_marketplace

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.model.resource import Extraction
    from nhilint.source.document import Document


def extract(document: Document, claim: Claim) -> Extraction:
    """One marketplace; a mapping without a list of plug-ins is something else."""
    return read_marketplace(document, claim, "claude-code")
