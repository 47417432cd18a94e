"""The settings of a Pulumi stack become the credentials that stand in them in clear.

`Pulumi.<stack>.yaml` keeps a secret as `secure:` with a ciphertext; a plain value is kept as it is. Source:
pulumi.com/docs/iac/concepts/secrets and …/concepts/config; field names from a survey, page not re-read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.written_secrets.reading import written_credentials
from nhilint.formats.written_secrets.texts import Texts
from nhilint.model.resource import Extraction, Resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.formats.written_secrets.leaf import Leaf
    from nhilint.source.document import Document
    from nhilint.source.value import Value


def extract(document: Document, claim: Claim) -> Extraction:
    """The credentials of a stack's settings."""
    value = document.value
    if not isinstance(value, dict) or not isinstance(value.get("config"), dict):
        return Extraction(recognised=False)
    return Extraction(tuple(written_in_program(document, claim)))


def written_in_program(document: Document, claim: Claim) -> Iterator[Resource]:
    """The credentials in clear of a program in YAML or of a stack's settings."""
    if isinstance(document.value, dict):
        yield from written_credentials(_leaves(document.path, document.value), document.text, claim.format)


def _leaves(path: str, root: dict[str, Value]) -> Iterator[Leaf]:
    for part in ("config", "configuration", "variables", "resources"):
        inner = root.get(part)
        for name, value in inner.items() if isinstance(inner, dict) else ():
            owner = str(name) if part == "resources" else ""
            yield from Texts(path).below(value, (part, name), str(name).rpartition(":")[2], owner)
