"""The objects of a file that make something of AWS IAM: by themselves, and as the bases of a composition.

Source: github.com/crossplane-contrib/provider-aws, examples/iam (groups `iam.aws.crossplane.io` and, before,
`identity.aws.crossplane.io` with kinds that begin with IAM), docs.crossplane.io on compositions, their patches, and
the references and selectors of managed resources, and the examples of `iam.aws.upbound.io` there; read in excerpts
2026-11-22.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node

_GROUPS = ("iam.aws.crossplane.io", "identity.aws.crossplane.io", "iam.aws.upbound.io", "iam.aws.m.upbound.io")
_FIELD = re.compile(r"^spec\.forProvider\.(\w{1,60})")
_MOST = 1_000


class Stated(Struct, frozen=True):
    """One object: its kind without a group, its name and labels, and what it asks of the provider.

    `name_at` leads to the name that AWS will know: the annotation of an external name, else the object's own. It is
    None in a composition, which makes names up. `patched` are the fields that a composition fills in.
    """

    kind: str
    name: str
    labels: frozenset[tuple[str, str]]
    wanted: Node
    name_at: Node | None
    patched: frozenset[str] = frozenset()


def objects(root: Node) -> Iterator[Stated]:
    """The objects of a file in order."""
    documents = root.items() if root.is_list else iter((root,))
    count = 0
    for document in documents:
        for one in (*_itself(document), *_bases(document)):
            count += 1
            if count > _MOST:
                return
            yield one


def _itself(document: Node) -> Iterator[Stated]:
    if _is_of_iam(document):
        yield _stated(document, "", frozenset())


def _bases(document: Node) -> Iterator[Stated]:
    """The bases of a composition, in either of its modes, under the names of their entries."""
    if document["kind"].value != "Composition":
        return
    lists = [document["spec"]["resources"]]
    lists.extend(step["input"]["resources"] for step in document["spec"]["pipeline"].items())
    for listed in lists:
        for entry in listed.items():
            if _is_of_iam(entry["base"]):
                name = entry["name"].value
                yield _stated(entry["base"], name if isinstance(name, str) else "resource", _patched(entry))


def _patched(entry: Node) -> frozenset[str]:
    targets = (patch.first("toFieldPath", "fromFieldPath").value for patch in entry["patches"].items())
    found = (_FIELD.match(target) for target in targets if isinstance(target, str))
    return frozenset(match[1] for match in found if match)


def _is_of_iam(node: Node) -> bool:
    version = node["apiVersion"].value
    return isinstance(version, str) and version.partition("/")[0] in _GROUPS and node["kind"].is_text


def _stated(node: Node, entry: str, patched: frozenset[str]) -> Stated:
    metadata = node["metadata"]
    external = metadata["annotations"]["crossplane.io/external-name"]
    named = external if external.is_text else metadata["name"]
    labels = ((key, str(value.value)) for key, value in metadata["labels"].entries() if value.is_text)
    return Stated(
        kind=str(node["kind"].value).removeprefix("IAM"),
        name=entry or (str(named.value) if named.is_text else "unnamed"),
        labels=frozenset(labels),
        wanted=node["spec"]["forProvider"],
        name_at=named if not entry and named.is_text and named.templates(str(named.value)) is None else None,
        patched=patched,
    )
