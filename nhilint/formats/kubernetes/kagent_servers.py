"""Tool servers of kagent that it starts or reaches by itself: `MCPServer` of kmcp and the older `ToolServer`.

Sources, read 2026-11-22: api/v1alpha1/mcpserver_types.go of kagent-dev/kmcp (`deployment` with `image`, `cmd`, `args`,
a mapping `env`, `secretRefs` whose every key becomes a variable; `transportType` stdio unless stated) and
go/api/v1alpha1/toolserver_types.go of kagent-dev/kagent (`config` holds one of `stdio`, `sse`, `streamableHttp`). The
reader of client configurations does the work, a dialect says the words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.kubernetes.headers import header_credentials
from nhilint.formats.kubernetes.images import image_of
from nhilint.formats.kubernetes.names import name_of, object_name
from nhilint.formats.mcp.dialect import Dialect, Expansion, Gates, Keys
from nhilint.formats.mcp.entry import Entry
from nhilint.formats.mcp.holding import Slot, pointing
from nhilint.formats.mcp.server import read_server
from nhilint.model.fact import Known, Unknown, value_of
from nhilint.model.vocabulary.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.fact import Fact
    from nhilint.model.vocabulary.credential import Credential
    from nhilint.model.vocabulary.tool import Transport

_DIALECT = Dialect(
    client="kagent",
    title="kagent",
    docs="https://kagent.dev/docs/kmcp",
    keys=Keys(command=("command", "cmd"), arguments=("args",)),
    gates=Gates(off=()),
    expansion=Expansion(),
)
_HOSTED: dict[str, Transport] = {"stdio": "stdio", "http": "http"}
_CONFIGURED: dict[str, Transport] = {"stdio": "stdio", "sse": "sse", "streamableHttp": "http"}
_MOST = 100


def kagent_server(node: Node) -> Tool | None:
    """The tool that such an object declares; None for a patch."""
    name, spec = object_name(node), node["spec"]
    if node["kind"].value == "MCPServer":
        return _hosted(node, name, spec["deployment"]) if spec["deployment"].is_mapping else None
    for key, transport in _CONFIGURED.items():
        if spec["config"][key].is_mapping:
            return _configured(node, name, spec["config"][key], transport)
    return None


def _hosted(node: Node, name: str, deployment: Node) -> Tool | None:
    if not deployment["image"].exists and not deployment["cmd"].is_text:
        return None
    tool, at = _read(name, deployment), node.at_path("metadata", "name").at
    started = value_of(tool.package.ecosystem) if tool.package is not None else "local"
    package = image_of(deployment["image"]) if deployment["image"].exists and started == "local" else tool.package
    return replace(
        tool,
        at=at,
        transport=_transport(node.at_path("spec", "transportType")),
        package=package,
        credentials=(*_known(tool), *_from_secrets(deployment["secretRefs"])),
    )


def _configured(node: Node, name: str, config: Node, transport: Transport) -> Tool:
    tool, at = _read(name, config), node.at_path("metadata", "name").at
    credentials = (*_known(tool), *header_credentials(config["headersFrom"]), *header_credentials(config["envFrom"]))
    return replace(tool, at=at, transport=Known(transport, config.at), credentials=credentials)


def _read(name: str, node: Node) -> Tool:
    tool = read_server(Entry(name, node, _DIALECT), "kubernetes").facts
    return tool if isinstance(tool, Tool) else Tool(at=node.at)


def _known(tool: Tool) -> tuple[Credential | Unknown, ...]:
    return () if isinstance(tool.credentials, Unknown) else tool.credentials


def _transport(node: Node) -> Fact[Transport]:
    stated = node.text()
    if not isinstance(stated, Known):
        return stated or Known("stdio", node.at)
    known = _HOSTED.get(stated.value)
    return Known(known, node.at) if known else node.unknown("a transport that is not known")


def _from_secrets(secrets: Node) -> Iterator[Credential]:
    for number, item in enumerate(secrets.items()):
        if number < _MOST and item["name"].is_text:
            yield pointing(Slot(name_of(item["name"]), item["name"].at, "env"), name_of(item["name"]), "secret_store")
