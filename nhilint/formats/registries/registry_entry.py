"""An entry of the MCP registry becomes one tool for each package and each remote address that it publishes.

Source: github.com/modelcontextprotocol/registry, docs/reference/server-json (schema 2025-12-11; older files spell keys
with underscores), read 2026-11-22. `isSecret` tells clients to handle a value with care; left out it is false. By the
registry's rules a version is exact. `runtimeArguments` go to the runner: for an image they are options of docker run.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from nhilint.formats.mcp.address import read_address
from nhilint.formats.mcp.command_line import CommandLine
from nhilint.formats.mcp.starting import elevated_of, host_network_of, launch_of, mounts_of
from nhilint.formats.node import Node
from nhilint.formats.registries.asked import EXPANSION, asked_for
from nhilint.formats.templates import braces
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.tool import Package, Tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.credential import Credential, CredentialLocation
    from nhilint.model.vocabulary.tool import Pin, Transport
    from nhilint.source.document import Document

_MOST = 200
_CLIENT = "mcp-registry"
_TRANSPORTS: dict[str, Transport] = {"stdio": "stdio", "streamable-http": "http", "sse": "sse"}


def extract(document: Document, claim: Claim) -> Extraction:
    """The published servers; a file without a name and a list of packages or addresses is something else."""
    root = Node.root(document)
    server = root["server"] if root["server"].is_mapping else root
    packages, remotes = list(server["packages"].items()), list(server["remotes"].items())
    is_entry = server["name"].is_text and any(p.is_mapping for p in (*packages, *remotes))
    kinds = (p.first("registryType", "registry_type", "registry_name").is_text for p in packages)
    if not is_entry or not (any(kinds) or any(r.first("type", "transport_type").is_text for r in remotes)):
        return Extraction(recognised=False)
    name = str(server["name"].value)
    tools = [
        *(_packaged(name, package) for package in packages[:_MOST] if package.is_mapping),
        *(_remote(name, remote) for remote in remotes[:_MOST] if remote.is_mapping),
    ]
    return Extraction(tuple(Resource("tool", name, claim.format, tool) for tool in tools))


def _packaged(name: str, package: Node) -> Tool:
    line = _runner(package)
    launch = launch_of(line) if line is not None else None
    transport = package["transport"]["type"].text()
    return Tool(
        at=package.at,
        name=Known(name, package.at),
        client=Known(_CLIENT, package.at),
        kind=Known("mcp_server", package.at),
        transport=_transport(transport),
        package=_package(package),
        mounts=mounts_of(launch, line) if launch is not None and line is not None else (),
        elevated=elevated_of(launch, line) if launch is not None and line is not None else None,
        host_network=host_network_of(launch, line) if launch is not None and line is not None else None,
        credentials=tuple(_inputs(package.first("environmentVariables", "environment_variables"))),
    )


def _transport(stated: Fact[str]) -> Fact[Transport]:
    if not isinstance(stated, Known):
        return stated
    known = _TRANSPORTS.get(stated.value)
    return Known(known, stated.at) if known is not None else None


def _remote(name: str, remote: Node) -> Tool:
    url = remote["url"]
    endpoint, in_address = read_address(str(url.value), url.at, "url", EXPANSION) if url.is_text else (None, ())
    return Tool(
        at=remote.at,
        name=Known(name, remote.at),
        client=Known(_CLIENT, remote.at),
        kind=Known("mcp_server", remote.at),
        transport=_transport(remote.first("type", "transport_type").text()),
        endpoint=endpoint,
        credentials=(*in_address, *_inputs(remote["headers"])),
    )


def _inputs(holder: Node) -> Iterator[Credential]:
    """Variables and headers; a value may be put together from variables that are asked for one by one."""
    for item in islice(holder.items(), _MOST):
        name = item["name"]
        if not name.is_text:
            continue
        variables = [inner for _, inner in item["variables"].entries()]
        secret = item.first("isSecret", "is_secret").value is True or any(
            v["isSecret"].value is True for v in variables
        )
        location: CredentialLocation = "header" if holder.key == "headers" else "env"
        yield from asked_for(str(name.value), name.at, location, masked=secret, values=(item["value"], item["default"]))


def _package(package: Node) -> Package:
    identifier, version = package.first("identifier", "name"), package["version"].text()
    ecosystem = package.first("registryType", "registry_type", "registry_name")
    kind, at = str(ecosystem.value), identifier.at
    name = str(identifier.value) if identifier.is_text else ""
    filled = next((text for text in (name, str(package["version"].value)) if braces(text)), None)
    later = Unknown("a version that is filled in when it is published", at)
    pin: Pin = "exact" if version is not None else "none"
    if kind == "oci":
        name, version, pin = _image(name, version, at)
    elif kind == "mcpb" and package.first("fileSha256", "file_sha256").is_text:
        pin = "digest"
    return Package(
        at=at,
        ecosystem=Known(kind, ecosystem.at),
        name=Known(name, at),
        version=version if filled is None else later,
        pin=Known(pin, at) if filled is None else later,
    )


def _image(text: str, version: Fact[str], at: Place) -> tuple[str, Fact[str], Pin]:
    """The name, tag and firmness of an image; newer entries carry the tag in the identifier."""
    name, _, digest = text.partition("@")
    head, _, tag = name.rpartition(":")
    if head and "/" not in tag:
        name, version = head, Known(tag, at)
    return name, version, "digest" if digest else "tag" if version is not None else "none"


def _runner(package: Node) -> CommandLine | None:
    """`docker run` with the options that the entry gives to the runner."""
    if package.first("registryType", "registry_type").value != "oci":
        return None
    words: list[str] = ["docker", "run"]
    places = [package.at, package.at]
    for item in islice(package.first("runtimeArguments", "runtime_arguments").items(), _MOST):
        for node in (item["name"], item["value"]):
            if node.is_text:
                words.append(str(node.value))
                places.append(node.at)
    return CommandLine((*words, "image"), (*places, package.at)) if len(words) > 2 else None
