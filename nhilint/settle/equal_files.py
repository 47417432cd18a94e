"""Policies that stand in files of their own, of one name and the same bytes in several folders: copies of one decision.

What each is used for may differ, so that only the whole content says so; one word more makes it another policy.
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

_PRODUCT = "aws-iam-policy"


def equal_files(findings: Iterable[Finding], tree: Tree) -> dict[str, str]:
    """Name and digest of each file of such a policy with findings, by its path, where a name is shared."""
    paths = {finding.place.path for finding in findings if finding.product == _PRODUCT}
    shared = Counter(path.rpartition("/")[2] for path in paths)
    found: dict[str, str] = {}
    for path in sorted(paths):
        name = path.rpartition("/")[2]
        data = own_bytes(tree, path) if shared[name] > 1 else None
        if data is not None:
            found[path] = f"{name} {sha256(data).hexdigest()}"
    return found
