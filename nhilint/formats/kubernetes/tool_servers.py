"""Tool servers that custom resources of ToolHive and kagent declare: image, address, credentials, paths of the node.

Sources, read 2026-11-22: cmd/thv-operator/api/v1beta1/mcpserver_types.go of stacklok/toolhive (transport stdio unless
stated; `env` holds name and value, `secrets` name a Secret's key) and go/api/v1alpha2/remotemcpserver_types.go of
kagent-dev/kagent (streamable HTTP unless stated; `headersFrom` holds name and value, or where it is taken from). What a
permission profile of ToolHive allows is not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nhilint.formats.endpoints import endpoint
from nhilint.formats.kubernetes.names import object_name
from nhilint.formats.kubernetes.workload import credentials_of, hazard_of_path
from nhilint.formats.mcp.dialect import Expansion
from nhilint.formats.mcp.holding import Slot, pointing, read_slot
from nhilint.knowledge.tools.package_spec import read_spec
from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.capability import Endpoint
from nhilint.model.vocabulary.tool import Auth, Mount, Package, Tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.fact import Fact
    from nhilint.model.vocabulary.credential import Credential
    from nhilint.model.vocabulary.tool import Transport

_TRANSPORTS: dict[str, Transport] = {
    "stdio": "stdio",
    "sse": "sse",
    "streamable-http": "http",
    "SSE": "sse",
    "STREAMABLE_HTTP": "http",
}
_MOST = 200


def is_remote_server(node: Node) -> bool:
    """Whether an object is kagent's declaration of a server elsewhere."""
    return node["kind"].value == "RemoteMCPServer" and str(node["apiVersion"].value).startswith("kagent.dev/")


def is_hosted_server(node: Node) -> bool:
    """Whether an object is a server that ToolHive runs."""
    return node["kind"].value == "MCPServer" and str(node["apiVersion"].value).startswith("toolhive.stacklok.dev/")


def tool_server(node: Node) -> Tool | None:
    """The tool that such an object declares; None for a patch, which leaves out the image or the address."""
    spec, name = node["spec"], object_name(node)
    if not name:
        return None
    if is_remote_server(node):
        return _remote(node, name) if spec["url"].is_text else None
    return _hosted(node, name) if spec["image"].is_text else None


def _hosted(node: Node, name: str) -> Tool:
    spec, at = node["spec"], node.at_path("metadata", "name").at
    return Tool(
        at=at,
        name=Known(name, at),
        client=Known("toolhive", at),
        kind=Known("mcp_server", at),
        transport=_transport(spec["transport"], "stdio"),
        package=_image(spec["image"]),
        mounts=tuple(_mounts(spec["volumes"])),
        credentials=(*credentials_of([spec]), *_from_secrets(spec["secrets"])),
        enabled=Known(value=True, at=at),
    )


def _remote(node: Node, name: str) -> Tool:
    spec, at = node["spec"], node.at_path("metadata", "name").at
    stated = endpoint(spec["url"], "url")
    credentials = tuple(_headers(spec["headersFrom"]))
    return Tool(
        at=at,
        name=Known(name, at),
        client=Known("kagent", at),
        kind=Known("mcp_server", at),
        transport=_transport(spec["protocol"], "http"),
        endpoint=_unknown_endpoint(stated) if isinstance(stated, Unknown) else stated,
        auth=Auth(at=at, kind=Known("static", at)) if credentials else None,
        credentials=credentials,
        enabled=Known(value=True, at=at),
    )


def _unknown_endpoint(reason: Unknown) -> Endpoint:
    return Endpoint(at=reason.at, url=reason, scheme=reason, host=reason, reach=reason)


def _transport(node: Node, default: Transport) -> Fact[Transport]:
    stated = node.text()
    if stated is None:
        return Known(default, node.at)
    if isinstance(stated, Unknown):
        return stated
    known = _TRANSPORTS.get(stated.value)
    return Known(known, node.at) if known else node.unknown("a transport that is not known")


def _image(node: Node) -> Package:
    text = node.text()
    if not isinstance(text, Known):
        reason = text if isinstance(text, Unknown) else node.unknown("not stated")
        return Package(at=node.at, ecosystem=Known("oci", node.at), name=reason, version=reason, pin=reason)
    spec = read_spec("oci", text.value)
    pin = node.unknown("it holds a variable") if spec.pin == "unknown" else Known(spec.pin, node.at)
    return Package(
        at=node.at,
        ecosystem=Known(spec.ecosystem, node.at),
        name=Known(spec.name, node.at),
        version=Known(spec.version, node.at) if spec.version is not None else None,
        pin=pin,
    )


def _mounts(volumes: Node) -> Iterator[Mount]:
    for volume in volumes.items():
        path = volume["hostPath"]
        if not isinstance(path.value, str):
            continue
        reach: Literal["root", "docker_socket", "outside"] = "outside"
        if not path.value.rstrip("/"):
            reach = "root"
        elif hazard_of_path(path.value) == "k8s-pod-containersock":
            reach = "docker_socket"
        read_only = volume["readOnly"].boolean(default=False)
        yield Mount(at=path.at, source=path.text(), read_only=read_only, reach=Known(reach, path.at))


def _from_secrets(secrets: Node) -> Iterator[Credential]:
    for number, item in enumerate(secrets.items()):
        target, name = item["targetEnvName"].value, item["name"].value
        if number < _MOST and isinstance(name, str):
            slot = Slot(target if isinstance(target, str) else str(item["key"].value), item["name"].at, "env")
            yield pointing(slot, name, "secret_store")


def _headers(headers: Node) -> Iterator[Credential]:
    for number, item in enumerate(headers.items()):
        name, value = item["name"].value, item["value"]
        if number >= _MOST or not isinstance(name, str):
            continue
        if isinstance(value.value, str):
            yield from read_slot(value.value, Slot(name, value.at, "header", sensitive=True), Expansion())[0]
        elif item["valueFrom"].is_mapping:
            source = item.at_path("valueFrom", "name")
            if source.is_text:
                yield pointing(Slot(name, source.at, "header"), str(source.value), "secret_store")
