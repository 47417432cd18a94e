"""Patches of kustomize as files state them: which objects each one changes, and what it does to them.

Three lists of a kustomization hold them: `patches`, `patchesStrategicMerge` and `patchesJson6902`, each entry a text, a
path, or both with a `target`. A patch is a mapping that is laid over an object, or a list of the operations of RFC
6902. A file of patches is read by itself, and met by its path where a kustomization names it: what it lacks to be an
object (`$patch`, a workload without a selector, a binding without a role) tells it. Kept are patches of the kinds that
say who may do what. Sources, read 2026-11-23: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/
(target: group, version, kind, name, namespace, labelSelector, annotationSelector; names are anchored patterns; of a
patch that is laid over without a target its own kind and name count),
https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/components/ and RFC 6902. What is chosen by labels
or annotations is left out.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from posixpath import normpath
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.embedded_yaml import embedded_value
from nhilint.formats.kubernetes.names import name_of, namespace_of, object_name
from nhilint.formats.kubernetes.parts import Manifest, StatedPatch
from nhilint.formats.kubernetes.workload import WORKLOADS
from nhilint.formats.node import Node
from nhilint.formats.templates import braces
from nhilint.model.fact import Known
from nhilint.model.resource import Extraction
from nhilint.model.vocabulary.identity import Identity
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

KINDS = WORKLOADS | {"Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding", "ServiceAccount", "Secret"}
_LISTS = ("patchesStrategicMerge", "patches", "patchesJson6902")
_SELECTING = ("labelSelector", "annotationSelector")
_MOST = 2_000
_SIMPLE = Deferred(r"(?:[\w.:-]|\.\*|[|()^$]){1,200}")
"""The patterns that are followed: words, `.*`, and a choice of words; nothing is repeated but any character."""
_REPEATED = Deferred(r"\)[*+?{]")
_MOST_STARS = 3
_TELLING = Deferred(
    r"rules|subjects|[rR]oleRef|aggregationRule|/kind|\$patch|annotations|serviceAccount|automount|host[A-Z]|"
    r"securityContext|privileged|volumes|replicas|suspend|/metadata/name|labels"
)
"""What a patch has in its text if it changes anything that is read here: most change images, numbers and variables."""


def extract(document: Document, claim: Claim) -> Extraction:
    """The operations of a file that is nothing but a list of them."""
    root = Node.root(document, braces)
    if not is_operations(root):
        return Extraction(recognised=False)
    return Extraction((as_manifest(StatedPatch("patch", root.at, body=root), claim.format),))


def as_manifest(part: StatedPatch, format_id: str) -> Manifest:
    """A patch of a file on its way to the kustomization that names the file."""
    facts = Identity(at=part.at, name=Known(part.name, part.at), provider=Known("kubernetes", part.at))
    return Manifest("identity", part.name, format_id, facts, part=part)


def is_operations(node: Node) -> bool:
    """Whether a list holds operations of RFC 6902."""
    return node.is_list and node[0]["op"].is_text and node[0]["path"].is_text


def is_incomplete(node: Node) -> bool:
    """Whether an object of a kind that is read here lacks what no whole one does."""
    kind = str(node["kind"].value)
    if kind not in KINDS or "templates" in node.path.split("/"):
        return False
    if node["$patch"].exists:
        return True
    if kind in ("RoleBinding", "ClusterRoleBinding"):
        return not node["roleRef"].exists
    if kind in ("Role", "ClusterRole"):
        return not node["rules"].exists and not node["aggregationRule"].exists
    return node["apiVersion"].value == "apps/v1" and not node.at_path("spec", "selector").exists


def laid_over(node: Node) -> StatedPatch:
    """A patch that names what it is laid over itself."""
    at = node.at_path("metadata", "name").at
    namespace = namespace_of(node.at_path("metadata", "namespace"))
    return StatedPatch("patch", at, str(node["kind"].value), object_name(node), namespace, node)


def patches_of(root: Node, folder: str) -> Iterator[StatedPatch]:
    """The patches of a kustomization that stands in a folder, in the order in which they are applied."""
    for key in _LISTS:
        for entry in islice(root[key].items(), _MOST):
            yield from _of_entry(entry, folder)


def _of_entry(entry: Node, folder: str) -> Iterator[StatedPatch]:
    target = entry["target"]
    if any(target[key].exists for key in _SELECTING):
        return
    stated = entry if entry.is_text else entry.first("patch", "path")
    if not isinstance(stated.value, str):
        return
    told = _targeted(target, stated) if target.is_mapping else StatedPatch("patch", stated.at)
    if told is None:
        return
    if "\n" not in stated.value and (entry.is_text or not entry["patch"].exists):
        yield replace(told, file=normpath(f"{folder}/{stated.value}" if folder else stated.value))
        return
    body = embedded_value(stated.value, stated.at) if _TELLING.search(stated.value) else None
    if body is not None:
        yield from told_of_text(told, body)


def _targeted(target: Node, stated: Node) -> StatedPatch | None:
    """A patch that chooses its objects; None for one that chooses none that are read here."""
    kind, called = name_of(target["kind"]), name_of(target["name"])
    if kind and not any(fits(kind, one) for one in KINDS):
        return None
    return StatedPatch("patch", stated.at, kind, called, namespace_of(target["namespace"]), selects=True)


def told_of_text(told: StatedPatch, body: Node) -> Iterator[StatedPatch]:
    """The patches of a text, or of a file: operations, or objects one or several of which are laid over others."""
    if told.selects:
        if is_operations(body) or body.is_mapping:
            yield replace(told, body=body, file="")
        return
    for node in body.items() if body.is_list else (body,):
        if node.is_mapping and node["kind"].is_text and node["kind"].value in KINDS:
            yield laid_over(node)


@lru_cache(maxsize=4096)
def fits(pattern: str, text: str) -> bool:
    """Whether a pattern of a target fits a whole text; one that is not simple fits none."""
    if not pattern or pattern == text:
        return True
    if pattern.replace("-", "").isalnum() or not _SIMPLE.fullmatch(pattern):
        return False
    if _REPEATED.search(pattern) or pattern.count("*") > _MOST_STARS:
        return False
    try:
        return re.fullmatch(pattern, text) is not None
    except re.error:
        return False
