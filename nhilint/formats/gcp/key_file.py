"""A service account's key file becomes the credential that it is: a private key in clear, with the account it opens.

Source: cloud.google.com/iam/docs/keys-create-delete (the fields of a key file), read 2026-11-22. Files of this shape
whose key is a placeholder hold no credential. A configuration for federation (`external_account`) holds no secret and
is not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.node import Node
from nhilint.knowledge.credentials import fingerprint, run_key, scan
from nhilint.model.fact import Known
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.credential import Credential

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

_SHAPE = "gcp-service-account-key"


def extract(document: Document, claim: Claim) -> Extraction:
    """The key of a file; not this format's where the file is none."""
    root = Node.root(document)
    key = root["private_key"]
    if root["type"].value != "service_account" or not isinstance(key.value, str):
        return Extraction(recognised=False)
    real = any(match.shape.id == _SHAPE for match in scan(document.text))
    return Extraction((_credential(root, key, claim),) if real else ())


def _credential(root: Node, key: Node, claim: Claim) -> Resource:
    at = key.at.at_value()
    account = root["client_email"].value
    name = f"the private key of {account}" if isinstance(account, str) and len(account) < 120 else "private_key"
    facts = Credential(
        at=at,
        name=Known(name, at),
        type=Known(_SHAPE, at),
        type_title=Known("a Google Cloud service account key", at),
        provider=Known("Google Cloud", at),
        source=Known("literal", at),
        location=Known("file", at),
        principal=Known("workload", at),
        shaped=Known(value=True, at=at),
        never_expires=Known(value=True, at=at),
        better=Known("workload identity federation, or the account that the workload is attached to", at),
        fingerprint=Known(fingerprint(str(key.value), run_key()), at),
    )
    return Resource("credential", name, claim.format, facts)
