"""Services of the Serverless Framework are read again with the files that their variables name.

Such a file is no template and no configuration by itself: a list of statements, a role, a few values. It is looked for
in the repository alone, by the path that the service has for it. What stood in a template of its own and belongs to the
service is told with what the service fills in, and not twice.
"""

from __future__ import annotations

from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.cloudformation.kept import KeptService, KeptTemplate
from nhilint.formats.cloudformation.serverless_framework import subjects_of_service
from nhilint.formats.cloudformation.serverless_variables import Variables
from nhilint.model.place import Place
from nhilint.model.resource import Resource
from nhilint.setting import less_real
from nhilint.source.document import Syntax, read
from nhilint.source.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nhilint.source.document import Document
    from nhilint.source.value import Value
    from nhilint.tree import Tree

_MOST_FILES = 200
_LONGEST = 300_000
_READ_AGAIN = ("identity", "resource_policy")
_SYNTAX = {"yml": Syntax.YAML, "yaml": Syntax.YAML, "json": Syntax.JSON}
_FORMAT = "serverless-framework"


class _Files:
    """The files of a repository that services name, each read once."""

    def __init__(self, tree: Tree, known: Mapping[str, Document | None]) -> None:
        """`known` are files that were read already and kept."""
        self._tree = tree
        self._listed = frozenset(tree.paths())
        self._left = _MOST_FILES
        self._documents = dict(known)

    def document(self, path: str) -> Document | None:
        """A file; None for one that is not there, not YAML or JSON, or too long."""
        if path not in self._documents:
            self._left -= 1
            self._documents[path] = self._read(path) if path in self._listed and self._left >= 0 else None
        return self._documents[path]

    def _read(self, path: str) -> Document | None:
        syntax, data = _SYNTAX.get(path.rpartition(".")[2].lower()), self._tree.read(path)
        if syntax is None or not isinstance(data, bytes) or len(data) > _LONGEST:
            return None
        try:
            return read(path, data, syntax)
        except Unreadable:
            return None


def with_named_files(resources: tuple[Resource, ...], tree: Tree) -> tuple[Resource, ...]:
    """The resources, those of a service as the files that it names make them."""
    files = _Files(
        tree, {one.at.path: one.document for one in resources if isinstance(one, KeptService | KeptTemplate)}
    )
    services = [one for one in resources if isinstance(one, KeptService)]
    again = {service.at.path: tuple(_read_again(service, files)) for service in services}
    taken = {one.at for found in again.values() for one in found}
    kept: list[Resource] = []
    told: list[Resource] = []  # by services; two of them may name one file
    for resource in resources:
        if isinstance(resource, KeptService):
            new = [one for one in again[resource.at.path] if one not in told]
            told.extend(new)
            kept.extend(new)
        elif type(resource) is not Resource or resource.kind not in _READ_AGAIN or not _is_told(resource, again, taken):
            kept.append(resource)
    return tuple(kept)


def _is_told(resource: Resource, again: dict[str, tuple[Resource, ...]], taken: set[Place]) -> bool:
    return (resource.format == _FORMAT and resource.at.path in again) or resource.at in taken


def _read_again(kept: KeptService, files: _Files) -> Iterator[Resource]:
    path = kept.at.path
    service = files.document(path)

    def named(stated: str) -> tuple[Value, Place] | None:
        at = normpath(join(dirname(path), stated))
        document = None if at == path else files.document(at)
        return None if document is None else (document.value, Place(at))

    if service is not None and isinstance(service.value, dict):
        for one in subjects_of_service(service, service.value, Variables(service.value, path, named), _FORMAT):
            if one.kind in _READ_AGAIN:
                yield replace(one, setting=less_real(kept.setting, one.setting))
