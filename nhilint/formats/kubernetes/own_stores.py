"""Keys of a store that only speaks a cloud's protocol, as far as the other objects of a file tell.

A ConfigMap from which a container takes all its variables (`envFrom`) may name the store's endpoint; and the entry of a
Secret that a key comes from may be what a MinIO server of the same file takes as the key of its own root user. A MinIO
that is told to be a gateway has the key of the cloud behind it, and tells nothing.
Sources: kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap (`envFrom`, `prefix`; the last of two
sources counts, and `env` before both), min.io/docs/minio/linux/reference/minio-server/settings/root-credentials
(`MINIO_ROOT_PASSWORD`, before 2021 `MINIO_SECRET_KEY`); known, not re-read.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from nhilint.formats.kubernetes.carried import every_object
from nhilint.formats.kubernetes.container_credentials import STORE_KEY, names_other_store
from nhilint.formats.kubernetes.containers import MOST_VARIABLES, command_of, containers_of
from nhilint.formats.kubernetes.names import name_of, namespace_of, object_name
from nhilint.formats.kubernetes.parts import Manifest, StatedWorkload
from nhilint.formats.kubernetes.workload import POD_AT
from nhilint.model.fact import Known, value_of
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhilint.formats.node import Node
    from nhilint.model.place import Place
    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.credential import Credential

_ROOT_KEYS = frozenset({"MINIO_ROOT_PASSWORD", "MINIO_SECRET_KEY"})
_SERVER = Deferred(r"(?:^|/)minio(?:[:@]|$)")
"""The image of the server, MinIO's own or another publisher's."""
_TOLD_TO_SERVE = Deferred(r"(?:^|\s)(?:/\S{1,60}/)?minio server\s")
_GATEWAY = Deferred(r"(?:^|\s)gateway\s")


class _Named(NamedTuple):
    """An object of a kind in a namespace, or with `key` one of its entries."""

    namespace: str
    name: str
    key: str = ""


def with_own_stores(resources: Sequence[Resource], root: Node) -> list[Resource]:
    """The resources of a file; keys of its workloads that open a store of one's own know that."""
    if not any(map(_is_open, (key for one in resources for key in _keys_of(one)))):
        return list(resources)
    objects = list(every_object(root))
    maps = {_Named(_space(one), object_name(one)): one["data"] for one in objects if one["kind"].value == "ConfigMap"}
    pods = [(_space(one), one.at_path(*POD_AT[kind])) for one in objects if (kind := str(one["kind"].value)) in POD_AT]
    held = [(space, container) for space, pod in pods for container in containers_of(pod)]
    of_servers = {entry for space, container in held for entry in _root_entries(container, space)}
    own = {
        reference.at
        for space, container in held
        for reference in _store_keys(container)
        if _entry(reference, space) in of_servers or _takes_endpoint(container, space, maps)
    }
    return [_told(one, own) for one in resources] if own else list(resources)


def _keys_of(resource: Resource) -> tuple[Credential, ...]:
    part = resource.part if isinstance(resource, Manifest) else None
    return part.credentials if isinstance(part, StatedWorkload) else ()


def _is_open(credential: Credential) -> bool:
    """Whether nothing tells yet which store a key opens."""
    return value_of(credential.name) == STORE_KEY and credential.opens_own_store is None


def _told(resource: Resource, own: set[Place]) -> Resource:
    part = resource.part if isinstance(resource, Manifest) else None
    if not isinstance(part, StatedWorkload):
        return resource
    told = tuple(
        replace(key, opens_own_store=Known(value=True, at=key.at)) if _is_open(key) and key.at in own else key
        for key in part.credentials
    )
    return replace(resource, part=replace(part, credentials=told)) if told != part.credentials else resource


def _space(node: Node) -> str:
    return namespace_of(node.at_path("metadata", "namespace"))


def _variables(container: Node) -> Iterator[tuple[str, Node]]:
    """The names of variables that come out of a Secret, with what they refer to."""
    for variable in islice(container["env"].items(), MOST_VARIABLES):
        reference = variable.at_path("valueFrom", "secretKeyRef")
        if reference.is_mapping:
            yield str(variable["name"].value), reference


def _entry(reference: Node, space: str) -> _Named:
    return _Named(space, name_of(reference["name"]), str(reference["key"].value))


def _root_entries(container: Node, space: str) -> Iterator[_Named]:
    """The entries of Secrets that a MinIO server takes as the key of its root user."""
    command = f"{command_of(container)} "
    serves = _SERVER.search(str(container["image"].value)) or _TOLD_TO_SERVE.search(command)
    if serves and not _GATEWAY.search(command):
        yield from (_entry(reference, space) for name, reference in _variables(container) if name in _ROOT_KEYS)


def _store_keys(container: Node) -> Iterator[Node]:
    return (reference for name, reference in _variables(container) if name == STORE_KEY)


def _takes_endpoint(container: Node, space: str, maps: dict[_Named, Node]) -> bool:
    """Whether the variables that a container takes out of ConfigMaps of the file name another store's endpoint."""
    given: dict[str, object] = {}
    for source in islice(container["envFrom"].items(), MOST_VARIABLES):
        data = maps.get(_Named(space, name_of(source.at_path("configMapRef", "name"))))
        prefix = source["prefix"].value if source["prefix"].is_text else ""
        for entry in islice(data.entries(), MOST_VARIABLES) if data is not None else ():
            given[f"{prefix}{entry[0]}"] = entry[1].value
    besides = {str(one["name"].value) for one in islice(container["env"].items(), MOST_VARIABLES)}
    return any(_is_stated(given[name]) and names_other_store(name, given[name]) for name in given.keys() - besides)


def _is_stated(value: object) -> bool:
    """Whether the file states some of a value; what a chart's values fill in may be left empty."""
    return isinstance(value, str) and value != "" and not value.startswith("{{")
