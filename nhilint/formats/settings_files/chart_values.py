"""The values of a Helm chart become the credentials of providers that stand in them in clear.

Only a provider's own shape counts: passwords of a chart's defaults are made to be overridden. Source (page not
re-read): helm.sh/docs/chart_template_guide/values_files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.settings_files.written import of_providers
from nhilint.formats.written_secrets.texts import Texts
from nhilint.model.resource import Extraction

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document


def extract(document: Document, claim: Claim) -> Extraction:
    """The credentials of a file of values; one without any says nothing here."""
    leaves = Texts(document.path).below(document.value, (), "")
    found = tuple(of_providers(leaves, document.text, claim.format))
    return Extraction(found, recognised=bool(found))
