"""`.github/plugin/marketplace.json`: the plug-ins that a marketplace offers to Copilot.

A source that is a text is a folder of the same repository, with `./` before it or without.
Sources: https://docs.github.com/en/copilot/reference/copilot-cli-reference/cli-plugin-reference (marketplace fields,
file locations) and /copilot/how-tos/copilot-cli/customize-copilot/plugins-marketplace, read 2026-11-22.
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
    return read_marketplace(document, claim, "copilot")
