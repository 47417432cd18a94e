"""An entry of Docker's MCP catalogue becomes a tool: its source or address, its mounts, the secrets it is given.

Source: github.com/docker/mcp-registry, add_mcp_server.md and pkg/servers/types.go, read 2026-11-22. Docker builds
images of `mcp/` from the commit that the entry names and fixes those of others when it publishes the catalogue. Secrets
come from its store for secrets. A `poci` entry is a set of tools, each a container of its own.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from nhilint.formats.mcp.address import read_address
from nhilint.formats.mcp.paths import path_reach
from nhilint.formats.node import Node
from nhilint.formats.registries.asked import EXPANSION
from nhilint.model.fact import Known, Unknown
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.credential import Credential
from nhilint.model.vocabulary.tool import Auth, Mount, Package, Tool
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.vocabulary.tool import Transport
    from nhilint.source.document import Document

_MOST = 200
_CLIENT = "docker-mcp-catalogue"
_COMMIT = Deferred(r"[0-9a-f]{40}")
_TRANSPORTS: dict[object, Transport] = {"sse": "sse", "streamable-http": "http", "http": "http"}


def extract(document: Document, claim: Claim) -> Extraction:
    """One tool; an entry without a kind of the catalogue is another product's file."""
    root = Node.root(document)
    if not root["name"].is_text or root["type"].value not in ("server", "remote", "poci"):
        return Extraction(recognised=False)
    name, remote = str(root["name"].value), root["remote"]
    url = remote["url"]
    endpoint = read_address(str(url.value), url.at, "url", EXPANSION)[0] if url.is_text else None
    transport = remote["transport_type"]
    told = _TRANSPORTS.get(transport.value if transport.is_text else None)
    tool = Tool(
        at=root.at,
        name=Known(name, root["name"].at),
        client=Known(_CLIENT, root.at),
        kind=Known("mcp_server", root.at),
        transport=Known(told, transport.at) if told is not None else None,
        endpoint=endpoint,
        auth=Auth(at=root["oauth"].at, kind=Known("oauth", root["oauth"].at)) if root["oauth"].is_list else None,
        package=_package(root),
        mounts=tuple(_mounts(root)),
        network=Known("none", root["run"]["disableNetwork"].at) if _is_offline(root) else None,
        credentials=tuple(_secrets(root.at_path("config", "secrets"))),
    )
    return Extraction((Resource("tool", name, claim.format, tool),))


def _is_offline(root: Node) -> bool:
    return root["run"]["disableNetwork"].value is True


def _package(root: Node) -> Package | None:
    """The commit that Docker builds, or the image of somebody else."""
    image, source = root["image"], root["source"]
    if not image.is_text:
        return None
    if str(image.value).startswith("mcp/") and source["project"].is_text:
        commit = source["commit"].text()
        exact = isinstance(commit, Known) and bool(_COMMIT.fullmatch(commit.value))
        at = commit.at if commit is not None else source["project"].at
        return Package(
            at=at,
            ecosystem=Known("git", at),
            name=Known(str(source["project"].value), source["project"].at),
            version=commit,
            pin=Known("exact" if exact else "none", at),
        )
    published = Unknown("fixed when the catalogue is published", image.at)
    return Package(
        at=image.at,
        ecosystem=Known("oci", image.at),
        name=Known(str(image.value).partition("@")[0], image.at),
        version=published,
        pin=Known("digest", image.at) if "@sha256:" in str(image.value) else published,
    )


def _mounts(root: Node) -> Iterator[Mount]:
    """Volumes of the server, or of the containers of its tools."""
    volumes = [*islice(root.at_path("run", "volumes").items(), _MOST)]
    for tool in islice(root["tools"].items(), _MOST):
        volumes.extend(islice(tool.at_path("container", "volumes").items(), _MOST))
    for node in volumes:
        text = node.text()
        if isinstance(text, Known) and (":" in text.value) and not text.value.startswith("{{") and _is_path(text.value):
            source = text.value.partition(":")[0]
            reach = path_reach(source)
            yield Mount(
                at=node.at,
                source=Known(source, node.at),
                read_only=Known(text.value.endswith(":ro"), node.at),
                reach=Known(reach, node.at) if reach else Unknown("a path that a variable decides", node.at),
            )


def _is_path(volume: str) -> bool:
    """Whether a volume is a path of the host; a plain word is a volume of the engine's own."""
    return volume.startswith(("/", "~", ".", "$", "\\"))


def _secrets(holder: Node) -> Iterator[Credential]:
    for item in islice(holder.items(), _MOST):
        name = item.first("env", "name")
        if name.is_text:
            yield Credential(
                at=item.at,
                name=Known(str(name.value), name.at),
                source=Known("secret_store", item.at),
                location=Known("env", item.at),
                masked=Known(value=True, at=item.at),
            )
