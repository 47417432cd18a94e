"""Tool servers that custom resources of ToolHive and kagent declare: image, address, credentials, paths of the node.

Sources, read 2026-11-22: cmd/thv-operator/api/v1beta1/mcpserver_types.go of stacklok/toolhive (transport stdio unless
stated; `env` holds name and value, `secrets` name a Secret's key; `podTemplateSpec` is laid over the pod, in which the
server's container is called mcp) and go/api/v1alpha2/remotemcpserver_types.go of
kagent-dev/kagent (streamable HTTP unless stated; `headersFrom` holds name and value, or where it is taken from).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from nhilint.formats.endpoints import endpoint
from nhilint.formats.kubernetes.container_credentials import credentials_of
from nhilint.formats.kubernetes.hazards import hazard_of_path
from nhilint.formats.kubernetes.headers import header_credentials
from nhilint.formats.kubernetes.images import image_of
from nhilint.formats.kubernetes.names import object_name
from nhilint.formats.mcp.command_line import CommandLine
from nhilint.formats.mcp.dialect import Dialect
from nhilint.formats.mcp.entry import Entry
from nhilint.formats.mcp.holding import Slot, pointing
from nhilint.formats.mcp.starting import launch_of, package_of
from nhilint.formats.mcp.what_it_does import capabilities_of, official_of, publisher_of
from nhilint.knowledge.tools import look_up_server
from nhilint.model.fact import Known, Unknown, value_of
from nhilint.model.vocabulary.capability import Endpoint
from nhilint.model.vocabulary.tool import Auth, Mount, Tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.knowledge.tools import Launch, ToolKnowledge
    from nhilint.model.fact import Fact
    from nhilint.model.vocabulary.credential import Credential
    from nhilint.model.vocabulary.tool import Package, Transport

_TRANSPORTS: dict[str, Transport] = {
    "stdio": "stdio",
    "sse": "sse",
    "streamable-http": "http",
    "SSE": "sse",
    "STREAMABLE_HTTP": "http",
}
_MOST = 200
_SHORT_NAME = 2
_CONTAINER = "mcp"
"""The container of the pod that ToolHive runs the server in."""
_OF_THE_IMAGE = frozenset({"local", "oci"})
_PUBLIC_DOMAINS = frozenset(
    {"com", "org", "net", "io", "dev", "ai", "app", "co", "cloud", "sh", "me", "tech", "xyz", "info", "de", "uk", "eu"}
)
"""Common endings of public names, which a namespace is hardly called by."""
_WORDS = Dialect(client="", title="Kubernetes", docs="")


def hosted_server(node: Node) -> Tool | None:
    """The server that ToolHive runs; None for a patch, which leaves out the image."""
    return _hosted(node, object_name(node)) if object_name(node) and node["spec"]["image"].is_text else None


def remote_server(node: Node) -> Tool | None:
    """The server elsewhere that kagent is told of; None for a patch, which leaves out the address."""
    return _remote(node, object_name(node)) if object_name(node) and node["spec"]["url"].is_text else None


def _hosted(node: Node, name: str) -> Tool:
    spec, at = node["spec"], node.at_path("metadata", "name").at
    entry = Entry(name, node.at_path("metadata", "name"), _WORDS)
    started = _started(spec)
    if started is not None:
        known = look_up_server(package=started[0].package, name=name, arguments=started[0].arguments)
    else:
        known = look_up_server(image=str(spec["image"].value), name=name, arguments=_arguments(spec["args"]))
    return Tool(
        at=at,
        name=Known(name, at),
        client=Known("toolhive", at),
        kind=Known("mcp_server", at),
        transport=_transport(spec["transport"], "stdio"),
        package=_package(started, known, name) or image_of(spec["image"]),
        official=official_of(known, at),
        capabilities=capabilities_of(known, entry, None),
        mounts=tuple(_mounts(spec["volumes"])),
        credentials=(*credentials_of([spec]), *_from_secrets(spec["secrets"]), *pod_credentials(spec)),
        enabled=Known(value=True, at=at),
    )


def _remote(node: Node, name: str) -> Tool:
    spec, at = node["spec"], node.at_path("metadata", "name").at
    entry = Entry(name, node.at_path("metadata", "name"), _WORDS)
    known = look_up_server(url=str(spec["url"].value), name=name)
    stated = endpoint(spec["url"], "url")
    credentials = tuple(header_credentials(spec["headersFrom"]))
    return Tool(
        at=at,
        name=Known(name, at),
        client=Known("kagent", at),
        kind=Known("mcp_server", at),
        transport=_transport(spec["protocol"], "http"),
        endpoint=_unknown_endpoint(stated) if isinstance(stated, Unknown) else stated and within_cluster(stated),
        auth=Auth(at=at, kind=Known("static", at)) if credentials else None,
        credentials=credentials,
        official=official_of(known, at),
        capabilities=capabilities_of(known, entry, None),
        enabled=Known(value=True, at=at),
    )


def _started(spec: Node) -> tuple[Launch, CommandLine] | None:
    """What the server's container starts in place of the image's own program, where that is fetched: `npx …`."""
    pod = spec.at_path("podTemplateSpec", "spec", "containers")
    container = next((item for item in list(pod.items())[:_MOST] if item["name"].value == _CONTAINER), None)
    if container is None or not container["command"].exists:
        return None
    arguments = container["args"] if container["args"].exists else spec["args"]
    nodes = [*list(container["command"].items())[:_MOST], *list(arguments.items())[:_MOST]]
    texts = [node for node in nodes if isinstance(node.value, str) and node.value]
    if not texts or len(texts) < len(nodes):
        return None
    line = CommandLine(tuple(str(node.value) for node in texts), tuple(node.at for node in texts))
    launch = launch_of(line)
    fetched = launch.package is not None and launch.package.ecosystem not in _OF_THE_IMAGE
    return (launch, line) if fetched else None


def _package(started: tuple[Launch, CommandLine] | None, known: ToolKnowledge | None, name: str) -> Package | None:
    if started is None or started[0].package is None:
        return None
    official, archived = publisher_of(known, started[0].package, name)
    return package_of(started[0].package, started[1], official=official, archived=archived)


def _arguments(args: Node) -> tuple[str, ...]:
    return tuple(item.value for item in list(args.items())[:_MOST] if isinstance(item.value, str))


def within_cluster(stated: Endpoint) -> Endpoint:
    """The address with a short name of a service, `name.namespace`, known to stay in the cluster."""
    labels = (value_of(stated.host) or "").split(".")
    plain = len(labels) == _SHORT_NAME and value_of(stated.scheme) == "http" and labels[1] not in _PUBLIC_DOMAINS
    return replace(stated, reach=Known("local_name", stated.at)) if plain else stated


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


def pod_credentials(spec: Node) -> Iterator[Credential]:
    """Credentials of the containers that an object of ToolHive adds to its pod."""
    pod = spec.at_path("podTemplateSpec", "spec")
    yield from credentials_of([item for item in list(pod["containers"].items())[:_MOST] if item.is_mapping])


def _from_secrets(secrets: Node) -> Iterator[Credential]:
    for number, item in enumerate(secrets.items()):
        target, name = item["targetEnvName"].value, item["name"].value
        if number < _MOST and isinstance(name, str):
            slot = Slot(target if isinstance(target, str) else str(item["key"].value), item["name"].at, "env")
            yield pointing(slot, name, "secret_store")
