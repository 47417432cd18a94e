"""`.cursor/sandbox.json` becomes the sandbox of a session's commands and the folders beyond the project.

Left out, `type` lets commands write in the workspace. Nothing in the file can weaken what a team's administrator or
Cursor itself has fixed. No key closes a path within one that is opened.
Source: https://cursor.com/docs/reference/sandbox, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from nhilint.formats.claude.templates import engine_template
from nhilint.formats.cursor.session import session
from nhilint.formats.mcp.paths import path_reach
from nhilint.formats.node import Node
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Opening, Sandbox
from nhilint.model.vocabulary.tool import Mount

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

Writes = Literal["read_only", "workspace", "all"]

_TYPES: dict[str, Writes] = {
    "workspace_readwrite": "workspace",
    "workspace_readonly": "read_only",
    "insecure_none": "all",
}
_TELLING = (
    "type", "networkPolicy", "additionalReadwritePaths", "additionalReadonlyPaths", "additionalReadPaths",
    "disableTmpWrite", "enableSharedBuildCache", "readBoundary",
)  # fmt: skip
_MOST_PATHS = 300


def extract(document: Document, claim: Claim) -> Extraction:
    """One agent for the file; a file without a key of the sandbox is another tool's."""
    root = Node.root(document, engine_template)
    if not any(root[key].exists for key in _TELLING):
        return Extraction(recognised=False)
    agent = replace(session(root), sandbox=_sandbox(root), directories=tuple(_directories(root)))
    return Extraction((Resource("agent", document.path, claim.format, agent),))


def _sandbox(root: Node) -> Sandbox:
    kind = root["type"]
    known = _TYPES.get(kind.value) if kind.is_text else "workspace" if not kind.exists else None
    if known is None:
        unknown = kind.unknown("no type of sandbox that Cursor knows")
        return Sandbox(at=kind.at, enabled=unknown, network=unknown, filesystem=unknown)
    is_on = known != "all"
    openings = tuple(_openings(root)) if is_on else ()
    wide = next((one for one in openings if one.lets == Known("any_file", one.at)), None)
    writes: Writes = "all" if wide is not None else known
    return Sandbox(
        at=kind.at if kind.exists else root.at,
        enabled=Known(is_on, kind.at),
        network=_network(root["networkPolicy"]) if is_on else Known("all", kind.at),
        filesystem=Known(writes, wide.at if wide is not None else kind.at),
        openings=openings,
    )


def _network(policy: Node) -> Fact[Literal["none", "list", "all"]]:
    default, allowed = policy["default"], policy["allow"]
    everything = next((item for item in allowed.items() if item.value == "*"), None)
    if default.value == "allow" or everything is not None:
        return Known("all", everything.at if everything is not None else default.at)
    if default.value != "deny":
        return None
    return Known("list" if allowed.is_list and allowed.value else "none", default.at)


def _openings(root: Node) -> Iterator[Opening]:
    network = _network(root["networkPolicy"])
    if isinstance(network, Known) and network.value == "all":
        at, reason = network.at, "commands reach every host that is not denied by name"
        setting = "networkPolicy.default: allow" if at.pointer[-1] == "default" else "networkPolicy.allow: *"
        yield Opening(at=at, setting=Known(setting, at), lets=Known("any_host", at), reason=Known(reason, at))
    for item in _paths(root["additionalReadwritePaths"]):
        if path_reach(item.value) in ("root", "home"):
            setting, reason = (
                f"additionalReadwritePaths: {item.value[:80]}",
                "files that other programs trust can be rewritten",
            )
            at = item.at
            yield Opening(at=at, setting=Known(setting, at), lets=Known("any_file", at), reason=Known(reason, at))


def _directories(root: Node) -> Iterator[Mount]:
    """Folders beyond the project; a whole disk or home that may be written is an opening and told there."""
    for key, read_only in (
        ("additionalReadwritePaths", False),
        ("additionalReadonlyPaths", True),
        ("additionalReadPaths", True),
    ):
        for item in _paths(root[key]):
            reach = path_reach(item.value)
            if reach in ("root", "home") and not read_only:
                continue
            known = Known(reach, item.at) if reach else Unknown("a path that a variable decides", item.at)
            source = Known(item.value, item.at)
            yield Mount(at=item.at, source=source, read_only=Known(read_only, item.at), reach=known)


def _paths(node: Node) -> Iterator[Node]:
    for count, item in enumerate(node.items() if node.is_list else ()):
        if count >= _MOST_PATHS:
            return
        if item.is_text and item.value:
            yield item
