"""The values of a Helm chart become what they switch on, and the credentials that stand in them in clear; its named
templates become what conditions ask of them. What they hand to Bank-Vaults becomes policies and roles of Vault.

Of credentials only a provider's own shape counts: passwords of a chart's defaults are made to be overridden. Source
(page not re-read): helm.sh/docs/chart_template_guide/values_files.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from nhilint.formats.kubernetes.installed import switches_of
from nhilint.formats.settings_files.written import of_providers
from nhilint.formats.written_secrets.probes import PROVIDERS_WORDS
from nhilint.formats.written_secrets.texts import Texts
from nhilint.model.resource import Extraction

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.model.resource import Resource
    from nhilint.source.document import Document

_WORDS = tuple(word.decode() for word in PROVIDERS_WORDS)


def extract(document: Document, claim: Claim) -> Extraction:
    """What the values are worth in a condition, and their credentials; a file without a mapping says nothing."""
    found: list[Resource] = []
    if any(word in document.text for word in _WORDS):
        leaves = Texts(document.path).below(document.value, (), "")
        found.extend(of_providers(leaves, document.text, claim.format))
    if "externalConfig:" in document.text:
        found.extend(import_module("nhilint.formats.vault.external").of_values(document))
    switches = switches_of(document, claim.format)
    if switches is not None:
        found.append(switches)
    return Extraction(tuple(found), recognised=bool(found))
