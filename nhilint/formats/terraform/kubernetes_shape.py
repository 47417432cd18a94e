"""The body of a resource of the Kubernetes provider becomes a node with a manifest's own keys, each value in its place.

The provider writes what a manifest writes in snake case, lists of objects as repeated blocks in the singular, and a
lone object as a block that occurs once. Source: docs/resources of github.com/hashicorp/terraform-provider-kubernetes
(role_v1, cluster_role_binding_v1, service_account_v1, deployment_v1, secret_v1), read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.aws.assembled import Assembled
from nhilint.formats.templates import braces
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.formats.node import Node
    from nhilint.model.place import Place

_LISTS = {
    "rule": "rules",
    "subject": "subjects",
    "container": "containers",
    "init_container": "initContainers",
    "volume": "volumes",
    "volume_mount": "volumeMounts",
    "image_pull_secret": "imagePullSecrets",
    "env": "env",
    "env_from": "envFrom",
    "sources": "sources",
    "cluster_role_selectors": "clusterRoleSelectors",
}
"""Blocks that occur several times, by the key that holds their list in a manifest."""
_NAMES = {
    "host_pid": "hostPID",
    "host_ipc": "hostIPC",
    "non_resource_urls": "nonResourceURLs",
    "api_groups": "apiGroups",
}
_VERBATIM = frozenset({"labels", "annotations", "match_labels", "data", "binary_data", "node_selector"})
"""Mappings whose keys are the author's own."""
_UNDERLINED = Deferred(r"_([a-z0-9])")
_DEEPEST = 20


def manifest_shape(body: Node, depth: int = 0) -> Assembled:
    """A body, or a part of one, with the keys of a manifest."""
    if depth > _DEEPEST:
        return opened("${too deep}", body.at)
    if body.is_mapping:
        return _mapping(body, depth)
    if body.is_list:
        items = [manifest_shape(item, depth + 1) for item in body.items()]
        return opened(items, body.at)
    return opened(body.value, body.at)


def verbatim(node: Node, depth: int = 0) -> Assembled:
    """A node whose keys are a manifest's already."""
    if depth > _DEEPEST:
        return opened("${too deep}", node.at)
    if node.is_mapping:
        return opened({key: verbatim(inner, depth + 1) for key, inner in node.entries() if inner.exists}, node.at)
    if node.is_list:
        return opened([verbatim(item, depth + 1) for item in node.items()], node.at)
    return opened(node.value, node.at)


def opened(value: object, place: Place) -> Assembled:
    """A node of which texts with an expression in them are unknown."""
    node = Assembled(value, place)
    node.templates = braces
    return node


def _mapping(body: Node, depth: int) -> Assembled:
    found: dict[str, Node] = {}
    for key, inner in body.entries():
        if key == "dynamic":
            continue
        if key in _VERBATIM:
            found[key] = verbatim(_lone(inner))
        elif key in _LISTS:
            found[_LISTS[key]] = manifest_shape(inner, depth + 1)
        else:
            found[_camel(key)] = manifest_shape(_lone(inner), depth + 1)
    for key, inner in body["dynamic"].entries():
        named = _LISTS.get(key, _camel(key))
        stated = found[named].value if named in found and found[named].is_list else []
        found[named] = opened([*stated, opened("${dynamic}", inner.at)], inner.at)
    return opened({key: node for key, node in found.items() if node.exists}, body.at)


def _lone(node: Node) -> Node:
    """The one block of a list of one; a list of texts, and several blocks, as they are."""
    return node[0] if node.is_list and len(node.value) == 1 and node[0].is_mapping else node


def _camel(key: str) -> str:
    return _NAMES.get(key) or _UNDERLINED.sub(lambda hit: hit[1].upper(), key)
