"""Which Terraform code of the same folder has made a private key and written it to the file that lies there.

`tls_private_key` makes a key, and people write it down by `local_file` to log in with it; committed, it opens every
machine that the same code gave the public half. The name is compared with its references left open. Code that makes
certificates of its own is left alone: what it writes down is a key for TLS, often for tests.

Source, named from a survey, page not re-read: https://registry.terraform.io/providers/hashicorp/local/latest/docs.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from nhilint.app_code.looked_through import first_files
from nhilint.model.fact import Known
from nhilint.model.place import Place
from nhilint.model.vocabulary.credential import CredentialUse
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.tree import Tree

_MOST_FILES, _LONGEST = 40, 200_000
_CERTIFICATES = ("tls_self_signed_cert", "tls_locally_signed_cert", "tls_cert_request")
_WRITES = Deferred(
    r"content\s{0,40}=\s{0,9}(?:nonsensitive\()?tls_private_key\.[\w-]{1,80}(?:\[[^\]\n]{1,80}\])?"
    r"\.private_key_(?:pem|openssh)"
)
_FILE_NAME = Deferred(r"(?m)^[ \t]{0,40}filename[ \t]{0,40}=[ \t]{0,9}\"([^\"\n]{1,200})\"")
_REFERENCE = Deferred(r"\$\{[^{}\n]{1,150}\}")


def made_by(key: str, tree: Tree) -> Iterator[CredentialUse]:
    """The line of Terraform that names the file as the one to write a made key to; none where no code does."""
    folder, _, name = key.rpartition("/")

    def is_beside(path: str) -> bool:
        return path.endswith((".tf", ".tofu")) and path.rpartition("/")[0] == folder

    for path, data in first_files(tree, is_beside, _MOST_FILES):
        text = data.decode("utf-8", "replace") if len(data) <= _LONGEST else ""
        if "tls_private_key" not in text or any(word in text for word in _CERTIFICATES) or not _WRITES.search(text):
            continue
        for stated in _FILE_NAME.finditer(text):
            if _fits(stated[1], name):
                at = Place(path, (), "source", (stated.start(1), stated.end(1)))
                yield CredentialUse(at=at, name=Known(f"that {path} has made and written to this file", at))
                return


def _fits(stated: str, name: str) -> bool:
    """Whether a name with references in it may be this one; a name of nothing but references tells nothing."""
    last = _REFERENCE.sub("*", stated).rpartition("/")[2]
    return len(last.strip("*")) > len(".pem") and "[" not in last and fnmatchcase(name, last)
