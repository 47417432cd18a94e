"""The ConfigMap `aws-auth` becomes the roles and users of AWS that a cluster of EKS lets in, and their groups.

Its `mapRoles` and `mapUsers` are YAML within a text. Source:
docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html, read 2026-11-22; EKS reads it in the namespace kube-system
only, beside access entries.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.kubernetes.parts import StatedEntries, StatedEntry
from nhilint.formats.node import Node
from nhilint.source.document import Syntax, read
from nhilint.source.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "aws-auth"
_IDS = {"mapRoles": "rolearn", "mapUsers": "userarn"}
_LONGEST = 100_000
_MOST = 500


def is_entries(node: Node) -> bool:
    """Whether an object is that ConfigMap."""
    return bool(node["kind"].value == "ConfigMap" and node.at_path("metadata", "name").value == NAME)


def entries(node: Node) -> StatedEntries | None:
    """Whom it lets in; None where nobody can be read."""
    found = tuple(entry for key, name in _IDS.items() for entry in _listed(node.at_path("data", key), name))
    return StatedEntries(NAME, node.at, found) if found else None


def _listed(stated: Node, key: str) -> Iterator[StatedEntry]:
    text = stated.value
    if not isinstance(text, str) or len(text) > _LONGEST:
        return
    try:
        inner = Node.root(read("aws-auth.yaml", text.encode("utf-8", "surrogatepass"), Syntax.YAML))
    except (Unreadable, UnicodeError):
        return
    for item in list(inner.items())[:_MOST]:
        arn, groups = item[key].value, item["groups"]
        if isinstance(arn, str) and groups.is_list:
            yield StatedEntry(arn, tuple(str(group.value) for group in groups.items()), stated.at)
