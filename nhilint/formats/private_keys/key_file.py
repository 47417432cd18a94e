"""A file with a private key that no passphrase locks becomes the credential that it is, with what its name tells of it.

One beside its certificate in the same file ends when the certificate does. Keys of tests, examples and developers' own
machines, locked keys and placeholders are none. What opens nothing that anything tells is dropped again once it is
known which files name it (`nhilint.app_code.key_users`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.private_keys.names import is_made_up, said_by_name
from nhilint.formats.private_keys.unlocked import unlocked_key
from nhilint.knowledge.credentials import fingerprint, run_key
from nhilint.knowledge.credentials.certificates import end_of_certificates
from nhilint.model.fact import Known
from nhilint.model.place import Place
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.credential import Credential

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

_LONGEST = 65_536


def extract(document: Document, claim: Claim) -> Extraction:
    """The key of a file; not this format's where it is locked, made up, or no key."""
    path, text = document.path, document.text[:_LONGEST]
    found = None if is_made_up(path) else unlocked_key(text)
    if found is None:
        return Extraction(recognised=False)
    at = Place(path).within_text(*found)
    opens = said_by_name(path)
    ends_at = end_of_certificates(text)
    name = path.rpartition("/")[2]
    facts = Credential(
        at=at,
        name=Known(name, at),
        type=Known("putty-private-key" if name.lower().endswith(".ppk") else "pem-private-key", at),
        type_title=Known("a private key", at),
        source=Known("literal", at),
        location=Known("file", at),
        principal=Known("unknown", at),
        ends_at=Known(ends_at, at) if ends_at is not None else None,
        never_expires=Known(ends_at is None, at),
        opens=Known(opens, at) if opens else None,
        fingerprint=Known(fingerprint(text[slice(*found)], run_key()), at),
    )
    return Extraction((Resource("credential", name, claim.format, facts),))
