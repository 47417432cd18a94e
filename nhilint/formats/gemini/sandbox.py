"""`tools.sandbox` and the keys beside it become facts: whether the whole CLI runs confined, and what opens it.

A switch, the name of a container engine or of a profile, or a mapping with `enabled`. What a profile lets through the
network is chosen by a variable, so the network is only known where a key states it.
Sources: https://geminicli.com/docs/cli/sandbox/ and schemas/settings.schema.json of google-gemini/gemini-cli, read
2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nhilint.formats.mcp.paths import path_reach
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.vocabulary.agent import Opening, Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node

_MOST_PATHS = 300


def read_sandbox(tools: Node) -> Sandbox | None:
    """The sandbox that settings state, or None."""
    node = tools["sandbox"]
    if not node.exists:
        return None
    enabled = _enabled(node)
    openings = tuple(_openings(node["allowedPaths"])) + tuple(_openings(tools["sandboxAllowedPaths"]))
    writes: Known[Literal["read_only", "workspace", "all"]] = (
        Known("all", openings[0].at) if openings else Known("workspace", node.at)
    )
    return Sandbox(
        at=node.at,
        enabled=enabled,
        network=_network(node["networkAccess"] if node["networkAccess"].exists else tools["sandboxNetworkAccess"]),
        filesystem=writes if isinstance(enabled, Known) and enabled.value else None,
        openings=openings,
    )


def _enabled(node: Node) -> Fact[bool]:
    if node.is_mapping:
        return node["enabled"].boolean(default=True)
    if isinstance(node.value, bool):
        return Known(node.value, node.at)
    text = node.text()
    if text is None or isinstance(text, Unknown):
        return text
    return Known(text.value.strip().lower() not in ("", "false", "0"), node.at)


def _network(node: Node) -> Fact[Literal["none", "list", "all"]]:
    if not isinstance(node.value, bool):
        return None
    return Known("all" if node.value else "none", node.at)


def _openings(paths: Node) -> Iterator[Opening]:
    for count, item in enumerate(paths.items()):
        if count >= _MOST_PATHS:
            return
        if item.is_text and path_reach(item.value) in ("root", "home"):
            reason = "files that other programs trust can be rewritten"
            setting = Known(f"tools.sandboxAllowedPaths: {item.value[:80]}", item.at)
            yield Opening(at=item.at, setting=setting, lets=Known("any_file", item.at), reason=Known(reason, item.at))
