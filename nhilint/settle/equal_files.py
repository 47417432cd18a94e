"""Policies in files of their own, of one name and the same bytes in several folders, and templates of the same bytes in
one folder: copies of one decision.

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
    """What names the copies of each file with findings and its digest, by its path: the name of a policy, the folder of
    a template. Only files that share that name or folder with another one are read."""
    groups: dict[str, str] = {}
    for finding in findings:
        folder, _, name = finding.place.path.rpartition("/")
        if finding.product in (_POLICY, _TEMPLATE):
            groups[finding.place.path] = name if finding.product == _POLICY else f"{folder}/"
    shared = Counter(groups.values())
    found: dict[str, str] = {}
    for path, group in sorted(groups.items()):
        data = own_bytes(tree, path) if shared[group] > 1 else None
        if data is not None:
            found[path] = f"{group} {sha256(data).hexdigest()}"
    return found
