"""The objects of a file that make identities of a cloud or give rights: by themselves, and as bases of a composition.

Source: docs.crossplane.io on compositions, their patches, and the references and selectors of managed resources, read
in excerpts 2026-11-22. Which kinds these are, `kinds` says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from nhilint.formats.crossplane.kinds import type_of
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node

_FIELD = Deferred(r"^spec\.forProvider\.(\w{1,60})")
_MOST = 1_000


class Stated(Struct, frozen=True):
    """One object: its type in Terraform's words, its name and labels, and what it asks of the provider.

    `name_at` leads to the name that the cloud will know: the annotation of an external name, else the object's own. It
    is None in a composition, which makes names up. `patched` are the fields that a composition fills in.
    """

    type: str
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
    type_name = _type(document)
    if type_name is not None:
        yield _stated(document, type_name, "", frozenset())


def _bases(document: Node) -> Iterator[Stated]:
    """The bases of a composition, in either of its modes, under the names of their entries."""
    if document["kind"].value != "Composition":
        return
    lists = [document["spec"]["resources"]]
    lists.extend(step["input"]["resources"] for step in document["spec"]["pipeline"].items())
    for listed in lists:
        for entry in listed.items():
            type_name = _type(entry["base"])
            if type_name is not None:
                name = entry["name"].value
                yield _stated(entry["base"], type_name, name if isinstance(name, str) else "resource", _patched(entry))


def _patched(entry: Node) -> frozenset[str]:
    targets = (patch.first("toFieldPath", "fromFieldPath").value for patch in entry["patches"].items())
    found = (_FIELD.match(target) for target in targets if isinstance(target, str))
    return frozenset(match[1] for match in found if match)


def _type(node: Node) -> str | None:
    version, kind = node["apiVersion"].value, node["kind"].value
    is_told = isinstance(version, str) and isinstance(kind, str)
    return type_of(version.partition("/")[0], kind) if is_told else None


def _stated(node: Node, type_name: str, entry: str, patched: frozenset[str]) -> Stated:
    metadata = node["metadata"]
    external = metadata["annotations"]["crossplane.io/external-name"]
    named = external if external.is_text else metadata["name"]
    labels = ((key, str(value.value)) for key, value in metadata["labels"].entries() if value.is_text)
    return Stated(
        type=type_name,
        name=entry or (str(named.value) if named.is_text else "unnamed"),
        labels=frozenset(labels),
        wanted=node["spec"]["forProvider"],
        name_at=named if not entry and named.is_text and named.templates(str(named.value)) is None else None,
        patched=patched,
    )
