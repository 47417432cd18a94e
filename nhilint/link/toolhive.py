"""Servers of ToolHive meet the objects that they name, and gateways the servers of their group.

Objects of one chart or top-level folder and one namespace. A server learns which of its tools are offered, how it is
called and with which role of a cloud; of a list of tools that only read, only what reads is left. A gateway learns what
its members can do, each under the member's name, and members learn that the gateway calls them.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.kubernetes.kagent_tools import only_reads
from nhilint.formats.kubernetes.names import scope_of
from nhilint.formats.kubernetes.toolhive_parts import ToolhiveConfig, ToolhiveServer
from nhilint.model.fact import Known, Unknown, known_records, value_of
from nhilint.model.resource import Resource
from nhilint.model.vocabulary.tool import Tool

if TYPE_CHECKING:
    from nhilint.model.fact import Many
    from nhilint.model.vocabulary.capability import Capability

_Key = tuple[str, str, str, str, str]
"""The cluster, the setting of its files, the namespace, what is named, and its name."""
_MOST_USERS = 20


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The same resources, servers knowing what is said for them; the objects that say it are gone."""
    if not any(isinstance(one, ToolhiveServer | ToolhiveConfig) for one in resources):
        return resources
    said: dict[_Key, object] = {
        _key(one, one.namespace, one.object_kind, one.name): one.facts
        for one in resources
        if isinstance(one, ToolhiveConfig)
    }
    served = [_served(one, said) if isinstance(one, ToolhiveServer) else one for one in resources]
    members: dict[_Key, list[tuple[str, Tool]]] = defaultdict(list)
    gateways: dict[_Key, list[str]] = defaultdict(list)
    for one in served:
        if isinstance(one, ToolhiveServer) and one.refers.group and isinstance(one.facts, Tool):
            key = _key(one, one.refers.namespace, "MCPGroup", one.refers.group)
            if one.refers.gathers:
                gateways[key].append(one.name)
            else:
                members[key].append((one.name, one.facts))
    return tuple(
        _plain(one, members, gateways) if isinstance(one, ToolhiveServer) else one
        for one in served
        if not isinstance(one, ToolhiveConfig)
    )


def _key(resource: Resource, namespace: str, kind: str, name: str) -> _Key:
    return scope_of(resource.at.path), resource.setting, namespace, kind, name


def _served(resource: ToolhiveServer, said: dict[_Key, object]) -> ToolhiveServer:
    """A server with what the objects that it names say."""
    facts, refers = resource.facts, resource.refers
    if not isinstance(facts, Tool):
        return resource
    filtered = said.get(_key(resource, refers.namespace, "MCPToolConfig", refers.tools)) if refers.tools else None
    if isinstance(filtered, Tool):
        facts = replace(facts, exposed=filtered.exposed, exposed_tools=filtered.exposed_tools)
    facts = replace(facts, capabilities=_narrowed(facts.capabilities, value_of(facts.exposed_tools) or ()))
    called = said.get(_key(resource, refers.namespace, "MCPExternalAuthConfig", refers.auth)) if refers.auth else None
    if isinstance(called, Tool):
        held = (*known_records(facts.credentials), *known_records(called.credentials))
        runs_as = called.runs_as or facts.runs_as
        facts = replace(facts, auth=called.auth, forwards=called.forwards, credentials=held, runs_as=runs_as)
    return replace(resource, facts=facts)


def _narrowed(held: Many[Capability], names: tuple[str, ...]) -> Many[Capability]:
    """Only what reads, where every tool that is offered only reads."""
    if isinstance(held, Unknown) or not names or not all(map(only_reads, names)):
        return held
    return tuple(one for one in held if isinstance(one, Unknown) or value_of(one.access) == "read")


def _plain(
    resource: ToolhiveServer, members: dict[_Key, list[tuple[str, Tool]]], gateways: dict[_Key, list[str]]
) -> Resource:
    """The resource as checks judge it, with what its group adds."""
    facts, refers = resource.facts, resource.refers
    key = _key(resource, refers.namespace, "MCPGroup", refers.group)
    if isinstance(facts, Tool) and refers.group and refers.gathers:
        facts = replace(facts, capabilities=_gathered(resource, members.get(key, ())))
    elif isinstance(facts, Tool) and refers.group and gateways.get(key):
        facts = replace(facts, users=Known(tuple(gateways[key][:_MOST_USERS]), facts.at))
    return Resource(resource.kind, resource.name, resource.format, facts, resource.setting)


def _gathered(
    gateway: ToolhiveServer, members: list[tuple[str, Tool]] | tuple[()]
) -> tuple[Capability | Unknown, ...] | Unknown:
    """What a gateway can do: the capabilities of those members whose tools it offers, as far as it offers them."""
    refers, at = gateway.refers, gateway.at
    if not members:
        return Unknown("a group whose members are not here", at)
    found: list[Capability | Unknown] = []
    for name, tool in members:
        if name in refers.hidden or (refers.only_listed and name not in refers.offered):
            continue
        held = _narrowed(tool.capabilities, refers.offered.get(name, ()))
        if isinstance(held, Unknown):
            found.append(Unknown(held.reason, at))
        else:
            found.extend(replace(one, through=Known(name, tool.at)) for one in known_records(held))
    return tuple(found)
