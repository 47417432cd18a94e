"""Claims of agent-sandbox meet the template that they lead to, straight or by a pool, and add what they bring to it.

Runs before the cluster is put together. Objects of one chart or top-level folder and one namespace, as in `kubernetes`.
A template that takes no variables leaves a claim's aside: the platform refuses such a claim.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.kubernetes.names import scope_of
from nhilint.formats.kubernetes.parts import Manifest, StatedWorkload
from nhilint.formats.kubernetes.sandboxes import CLAIM, POOL, TEMPLATE, SandboxStatement

if TYPE_CHECKING:
    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.credential import Credential

_Key = tuple[str, str, str, str]
"""The cluster, the setting of its files, the namespace, and a name."""


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The same resources, templates holding what claims bring; the claims and pools themselves are gone."""
    stated = [one for one in resources if isinstance(one, SandboxStatement)]
    if not stated:
        return resources
    pools = {_key(one, one.namespace, one.name): one.template for one in stated if one.object_kind == POOL}
    taking = {_key(one, one.namespace, one.name) for one in stated if one.object_kind == TEMPLATE and one.takes}
    brought: dict[_Key, list[Credential]] = defaultdict(list)
    for one in stated:
        if one.object_kind == CLAIM:
            template = one.template or pools.get(_key(one, one.namespace, one.pool), "")
            brought[_key(one, one.namespace, template)].extend(one.credentials)
    held = {key: tuple(found) for key, found in brought.items() if key in taking and found}
    return tuple(_with(one, held) for one in resources if not isinstance(one, SandboxStatement))


def _key(resource: Resource, namespace: str, name: str) -> _Key:
    return scope_of(resource.at.path), resource.setting, namespace, name


def _with(resource: Resource, held: dict[_Key, tuple[Credential, ...]]) -> Resource:
    """A template with the credentials that claims bring to its pods."""
    part = resource.part if isinstance(resource, Manifest) else None
    if not isinstance(resource, Manifest) or not isinstance(part, StatedWorkload) or part.kind != TEMPLATE:
        return resource
    found = held.get(_key(resource, part.namespace, part.name))
    return replace(resource, part=replace(part, credentials=(*part.credentials, *found))) if found else resource
