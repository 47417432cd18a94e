"""`.agents/plugins/marketplace.json`: the plug-ins that a marketplace offers to Codex.

Sources are folders of the repository, other repositories (`url`, `git-subdir`, with `ref` and `sha`) and npm packages.
Source: https://github.com/openai/codex, codex-rs/core-plugins/src/marketplace.rs (and commit 6509f314 for npm), read
2026-11-22.
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
    return read_marketplace(document, claim, "codex")
