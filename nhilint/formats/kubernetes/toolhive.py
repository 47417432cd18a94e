"""What ToolHive puts before tool servers: proxies to servers elsewhere, gateways, who may call them.

Sources, read 2026-11-22: cmd/thv-operator/api/v1beta1 of stacklok/toolhive: mcpremoteproxy_types.go and
mcpserverentry_types.go (`remoteUrl`, `headerForward`), virtualmcpserver_types.go (`incomingAuth.type` anonymous or
oidc), mcpserver_types.go (without an OIDC source the proxy takes every request as a local user; older versions wrote
`oidcConfig`), names of the services: controllerutil and controllers of the operator.
Such a service is reached from inside the cluster only, unless a route of the same file leads to it or its type opens
it.
Permission profiles are not read: in a cluster nothing applies them (pkg/container/kubernetes/client.go takes one and
leaves it), and elsewhere a list of hosts counts only where the network is isolated as well and in the bridge mode
(pkg/container/docker/client.go).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.endpoints import endpoint
from nhilint.formats.kubernetes.names import name_of, object_name
from nhilint.formats.kubernetes.tool_servers import hosted_server, pod_credentials, within_cluster
from nhilint.formats.kubernetes.toolhive_parts import ToolhiveServer, offered, references
from nhilint.formats.kubernetes.toolhive_policies import policies
from nhilint.formats.mcp.dialect import Dialect, Expansion
from nhilint.formats.mcp.entry import Entry
from nhilint.formats.mcp.holding import Slot, pointing, read_slot
from nhilint.formats.mcp.what_it_does import capabilities_of, official_of
from nhilint.knowledge.tools import look_up_server
from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.capability import Endpoint, Inbound
from nhilint.model.vocabulary.tool import Auth, Tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.place import Place
    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.credential import Credential
    from nhilint.model.vocabulary.tool import Transport

_ELSEWHERE = frozenset({"MCPRemoteProxy", "MCPServerEntry"})
_SERVICES = {
    "MCPServer": "mcp-{}-proxy",
    "MCPRemoteProxy": "mcp-{}-remote-proxy",
    "VirtualMCPServer": "vmcp-{}",
}
_ROUTES = frozenset({"HTTPRoute", "Ingress", "GRPCRoute", "TLSRoute"})
_OPEN_TYPES = frozenset({"LoadBalancer", "NodePort"})
_TRANSPORTS: dict[str, Transport] = {"sse": "sse", "streamable-http": "http"}
_WORDS = Dialect(client="", title="ToolHive", docs="")
_MOST = 200
_DEEPEST = 12


def routed_services(root: Node) -> frozenset[str]:
    """The names of services that routes of a file lead to from outside of the cluster."""
    found: set[str] = set()
    for node in list(root.items())[:_MOST]:
        if str(node["kind"].value) in _ROUTES:
            found.update(_backends(node["spec"].value, 0))
    return frozenset(found)


def _backends(value: object, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value[:_MOST]:
            yield from _backends(item, depth + 1)
    elif isinstance(value, dict):
        for key, inner in list(value.items())[:_MOST]:
            if key in ("backendRefs", "service"):
                yield from (str(one.get("name")) for one in _mappings(inner))
            else:
                yield from _backends(inner, depth + 1)


def _mappings(value: object) -> list[dict[str, object]]:
    listed = value[:_MOST] if isinstance(value, list) else [value]
    return [one for one in listed if isinstance(one, dict)]


def _proxy(node: Node) -> Tool | None:
    """The tool of a proxy, an entry or a gateway; None for a patch."""
    spec, name, at = node["spec"], object_name(node), node.at_path("metadata", "name").at
    if not name or not spec.is_mapping:
        return None
    if node["kind"].value in _ELSEWHERE:
        address = spec.first("remoteUrl", "remoteURL")
        return _elsewhere(spec, name, at, address) if address.is_text else None
    return Tool(
        at=at,
        name=Known(name, at),
        client=Known("toolhive", at),
        kind=Known("mcp_server", at),
        transport=Known("http", at),
        credentials=tuple(pod_credentials(spec)),
        enabled=Known(value=True, at=at),
    )


def _elsewhere(spec: Node, name: str, at: Place, address: Node) -> Tool:
    stated = endpoint(address, "remoteUrl")
    known = look_up_server(url=str(address.value), name=name)
    credentials = (*_headers(spec["headerForward"]), *pod_credentials(spec))
    transport = spec["transport"].text()
    if isinstance(stated, Unknown):
        stated = Endpoint(at=stated.at, url=stated, scheme=stated, host=stated, reach=stated)
    return Tool(
        at=at,
        name=Known(name, at),
        client=Known("toolhive", at),
        kind=Known("mcp_server", at),
        transport=Known(_TRANSPORTS.get(transport.value, "http"), at) if isinstance(transport, Known) else transport,
        endpoint=within_cluster(stated) if stated is not None else None,
        auth=_auth(spec["externalAuthConfigRef"], credentials, at),
        credentials=credentials,
        official=official_of(known, at),
        capabilities=capabilities_of(known, Entry(name, address, _WORDS), None),
        enabled=Known(value=True, at=at),
    )


def _auth(reference: Node, credentials: tuple[Credential, ...], at: Place) -> Auth | None:
    if reference.is_mapping:
        return Auth(at=reference.at, kind=Unknown("what another object says", reference.at))
    return Auth(at=at, kind=Known("static", at)) if credentials else None


def _headers(forward: Node) -> Iterator[Credential]:
    for number, (name, value) in enumerate(forward["addPlaintextHeaders"].entries()):
        if number < _MOST and isinstance(value.value, str):
            yield from read_slot(value.value, Slot(name, value.at, "header"), Expansion())[0]
    for number, item in enumerate(forward["addHeadersFromSecret"].items()):
        source = item.at_path("valueSecretRef", "name")
        if number < _MOST and source.is_text:
            yield pointing(Slot(name_of(item["headerName"]), source.at, "header"), name_of(source), "secret_store")


def guarded(node: Node, format_id: str, routed: frozenset[str]) -> Iterator[Resource]:
    """The tool that an object declares, with who may call it, and the policy that decides about its calls."""
    tool = hosted_server(node) if node["kind"].value == "MCPServer" else _proxy(node)
    if tool is not None:
        facts = offered(replace(tool, inbound=_inbound(node, routed)), node)
        yield ToolhiveServer("tool", object_name(node), format_id, facts, refers=references(node))
        yield from policies(node, format_id)


def _inbound(node: Node, routed: frozenset[str]) -> Inbound | None:
    """Who may call a server from outside of the cluster; None where nothing leads there, or is not known here."""
    spec, kind = node["spec"], str(node["kind"].value)
    service = _SERVICES.get(kind, "").format(object_name(node))
    if service not in routed and str(spec["serviceType"].value) not in _OPEN_TYPES:
        return None
    stated = spec.at_path("incomingAuth", "type")
    at = stated.at if stated.exists else node.at_path("metadata", "name").at
    sources = ("oidcConfigRef", "oidcConfig", "authServerRef", "authServerConfig", "externalAuthConfigRef")
    signed = any(spec[key].exists or spec["incomingAuth"][key].exists for key in sources) or stated.value == "oidc"
    decides = any(
        holder[key].exists for holder in (spec, spec["incomingAuth"]) for key in ("authzConfig", "authzConfigRef")
    )
    if isinstance(stated.text(), Unknown):
        return Inbound(at=at, kind=Unknown("filled in later", at), offloaded=Known(decides, at))
    return Inbound(at=at, kind=Known("oauth" if signed else "none", at), offloaded=Known(decides, at))
