"""What objects of ToolHive say for servers that name them: which tools are offered, how a server is called, policies.

Sources, read 2026-11-22, in cmd/thv-operator/api/v1beta1 of stacklok/toolhive: toolconfig_types.go (an empty
`toolsFilter` offers every tool), mcpexternalauthconfig_types.go, mcpauthzconfig_types.go, virtualmcpserver_types.go
(`groupRef`), and WorkloadToolConfig in pkg/vmcp/config/config.go; docs/authz.md for what a ConfigMap holds.
Before `toolConfigRef` an MCPServer held the list itself, as `tools`, and named its group by a text (v1alpha1, commits
b2134747 and 029ecbd1). Objects of one namespace; `nhilint.link.toolhive` joins them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from nhilint.formats.kubernetes.names import name_of, namespace_of, object_name
from nhilint.formats.mcp.holding import Slot, pointing
from nhilint.model.fact import Known, Unknown
from nhilint.model.resource import Resource
from nhilint.model.vocabulary.capability import RunsAs
from nhilint.model.vocabulary.tool import Auth, Tool
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.fact import Fact
    from nhilint.model.vocabulary.credential import Credential

AuthKind = Literal["none", "static", "oauth", "workload_identity"]
Shown = Literal["caller_identity", "own_identity", "stored_key", "oauth_token", "nothing"]

CONFIGS = frozenset({"MCPToolConfig", "MCPExternalAuthConfig"})
_MOST = 200
_KINDS: dict[str, tuple[AuthKind, Shown]] = {
    "tokenExchange": ("oauth", "oauth_token"),
    "obo": ("oauth", "oauth_token"),
    "xaa": ("oauth", "oauth_token"),
    "upstreamInject": ("oauth", "oauth_token"),
    "headerInjection": ("static", "stored_key"),
    "bearerToken": ("static", "stored_key"),
    "awsSts": ("workload_identity", "caller_identity"),
    "unauthenticated": ("none", "nothing"),
}
"""How a server is called under each type; with `embeddedAuthServer` people sign in, and nothing is said of calls."""
_SENT = frozenset({"valueSecretRef", "tokenSecretRef"})
_SECRETS = Deferred(r"[a-zA-Z]*[sS]ecretRef$")


class References(Struct, frozen=True):
    """Which objects of its namespace a server names, and for a gateway the tools of members that it offers."""

    namespace: str
    tools: str = ""
    auth: str = ""
    group: str = ""
    gathers: bool = False
    offered: dict[str, tuple[str, ...]] = {}
    hidden: frozenset[str] = frozenset()
    only_listed: bool = False


class ToolhiveServer(Resource, frozen=True):
    """A server on its way to the objects that it names."""

    refers: References = References("")


class ToolhiveConfig(Resource, frozen=True):
    """An object that only says something for those that name it; gone after linking."""

    namespace: str = ""
    object_kind: str = ""


def references(node: Node) -> References:
    """What a server or gateway names."""
    spec, kind = node["spec"], node["kind"].value
    group = spec["groupRef"]
    if not group.exists:
        group = spec["config"].first("groupRef", "group")
    gathered = spec.at_path("config", "aggregation")
    listed = [item for number, item in enumerate(gathered["tools"].items()) if number < _MOST and item.is_mapping]
    return References(
        namespace=namespace_of(node.at_path("metadata", "namespace")),
        tools=name_of(spec.at_path("toolConfigRef", "name")),
        auth=name_of(spec.at_path("externalAuthConfigRef", "name")),
        group=name_of(group if not group.is_mapping else group["name"]),
        gathers=bool(kind == "VirtualMCPServer"),
        offered={name_of(item["workload"]): names for item in listed if (names := _names(item["filter"]))},
        hidden=frozenset(name_of(item["workload"]) for item in listed if item["excludeAll"].value is True),
        only_listed=bool(
            gathered["excludeAllTools"].value is True or gathered["defaultToolVisibility"].value == "deny"
        ),
    )


def config(node: Node, format_id: str) -> Iterator[Resource]:
    """What an object says for those that name it."""
    name, spec, kind = object_name(node), node["spec"], str(node["kind"].value)
    if not name or not spec.is_mapping:
        return
    facts = _filtered(spec["toolsFilter"]) if kind == "MCPToolConfig" else _called(spec)
    namespace = namespace_of(node.at_path("metadata", "namespace"))
    yield ToolhiveConfig("tool", name, format_id, facts, namespace=namespace, object_kind=kind)


def offered(tool: Tool, node: Node) -> Tool:
    """A server with the list of its tools that older objects hold themselves; one that they name stands over it."""
    listed = node["spec"]["tools"]
    if node["kind"].value == "VirtualMCPServer" or not listed.is_list:
        return tool
    told = _filtered(listed)
    return replace(tool, exposed=told.exposed, exposed_tools=told.exposed_tools)


def _filtered(listed: Node) -> Tool:
    names = listed.texts()
    if isinstance(names, Known) and not names.value:
        names = None
    if names is None:
        return Tool(at=listed.at, exposed=Known("all", listed.at))
    return Tool(
        at=listed.at, exposed=Known("list", names.at) if isinstance(names, Known) else names, exposed_tools=names
    )


def _called(spec: Node) -> Tool:
    """How a server is called; a type that is not known here says nothing."""
    stated = spec["type"].text()
    if isinstance(stated, Unknown):
        return Tool(at=spec.at, auth=Auth(at=stated.at, kind=stated), forwards=stated)
    if stated is None or stated.value not in _KINDS:
        return Tool(at=spec.at)
    kind, shown = _KINDS[stated.value]
    told = spec[stated.value]
    scopes: Fact[tuple[str, ...]] = told["scopes"].texts()
    return Tool(
        at=spec.at,
        auth=Auth(at=stated.at, kind=Known(kind, stated.at), scopes=scopes),
        forwards=Known(shown, stated.at),
        credentials=tuple(_secrets(told)),
        runs_as=_role(told) if stated.value == "awsSts" else None,
    )


def _role(told: Node) -> RunsAs | None:
    """The role for callers whom no other is given to, else the first of those that are given by a claim."""
    role = told["fallbackRoleArn"]
    if not role.exists:
        role = told["roleMappings"][0]["roleArn"] if told["roleMappings"].value else role
    return RunsAs(at=role.at, identity=role.text()) if role.is_text else None


def _secrets(told: Node) -> Iterator[Credential]:
    header = name_of(told["headerName"]) or "Authorization"
    for key, reference in list(told.entries())[:_MOST]:
        if _SECRETS.match(key) and reference["name"].is_text:
            at = reference["name"].at
            slot = Slot(header, at, "header") if key in _SENT else Slot(key, at, "field")
            yield pointing(slot, name_of(reference["name"]), "secret_store")


def _names(listed: Node) -> tuple[str, ...]:
    return tuple(str(item.value) for item in list(listed.items())[:_MOST] if item.is_text)
