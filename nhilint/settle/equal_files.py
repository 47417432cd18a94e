"""Policies in files of their own and templates, of one name and the same bytes in several folders, and templates of the
same bytes in one folder: copies of one decision.

What each is used for may differ, so that only the whole content says so; one word more makes it another one.
"""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING

from nhilint.tree import own_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.model.finding import Finding
    from nhilint.tree import Tree

_POLICY = "aws-iam-policy"
_TEMPLATE = "aws-cloudformation"


def equal_files(findings: Iterable[Finding], tree: Tree) -> dict[str, str]:
    """What names the copies of each file with findings and its digest, by its path: the name that they have in several
    folders, else the folder of templates. Only files that share a name or a folder with another one are read."""
    kinds = {one.place.path: one.product for one in findings if one.product in (_POLICY, _TEMPLATE)}
    groups = {path: _groups(path, kind) for path, kind in kinds.items()}
    shared = Counter(group for named in groups.values() for group in named)
    asked = sorted(path for path, named in groups.items() if any(shared[group] > 1 for group in named))
    read = {path: data for path in asked if (data := own_bytes(tree, path)) is not None}
    digests = {path: sha256(data).hexdigest() for path, data in read.items()}
    equal = Counter((group, digest) for path, digest in digests.items() for group in groups[path])
    found: dict[str, str] = {}
    for path, digest in digests.items():
        group = next((one for one in groups[path] if equal[one, digest] > 1), groups[path][0])
        found[path] = f"{group} {digest}"
    return found


def _groups(path: str, kind: str) -> tuple[str, ...]:
    """Where copies of a file are looked for: under its name, and for a template in its folder, too."""
    folder, _, name = path.rpartition("/")
    return (f"{kind} {name}",) if kind == _POLICY else (f"{kind} {name}", f"{kind} {folder}/")
