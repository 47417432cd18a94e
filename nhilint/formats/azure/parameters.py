"""A file of parameters of an ARM deployment becomes the credentials that stand in it in clear.

A `reference` to a vault in place of a `value` is none. Source:
learn.microsoft.com/azure/azure-resource-manager/templates/parameter-files; field names from a survey, page not re-read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.azure.written import written_in_template
from nhilint.model.resource import Extraction

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document


def extract(document: Document, claim: Claim) -> Extraction:
    """The credentials of a file; other files are not recognised."""
    value = document.value
    schema = value.get("$schema") if isinstance(value, dict) else None
    if not isinstance(schema, str) or "eploymentParameters.json" not in schema:
        return Extraction(recognised=False)
    return Extraction(tuple(written_in_template(document, (), claim)))
