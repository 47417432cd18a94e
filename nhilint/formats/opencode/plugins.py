"""Plug-ins of opencode become records of what package is fetched when it starts.

An entry is a package of npm, with or without a version, or a file of the project; the newer form is a mapping.
A package without a version, or with the tag latest, is installed anew at the first start after each release.
Sources: https://opencode.ai/docs/plugins; BunProc.install in packages/opencode/src/bun/index.ts of anomalyco/opencode,
read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nhilint.model.fact import Known
from nhilint.model.vocabulary.agent import Plugin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node

Pin = Literal["none", "tag", "digest", "local"]

_MOST_PLUGINS = 200
_PINS: dict[str, Pin] = {"exact": "digest", "digest": "digest", "range": "tag", "tag": "tag", "local": "local"}


def enabled_plugins(root: Node) -> Iterator[Plugin]:
    """The plug-ins that a configuration names."""
    for key in ("plugin", "plugins"):
        for count, item in enumerate(root[key].items()):
            if count >= _MOST_PLUGINS:
                return
            node = item["package"] if item.is_mapping else item[0] if item.is_list else item
            if node.is_text and node.value:
                yield _plugin(node)


def _plugin(node: Node) -> Plugin:
    from nhilint.knowledge.tools import read_spec

    text = node.value
    if text.startswith(("./", "../", "/", "file:", "~")):
        return Plugin(
            at=node.at, name=Known(text, node.at), pin=Known("local", node.at), official=Known(value=False, at=node.at)
        )
    package = read_spec("npm", text)
    pin = _PINS.get(package.pin, "none")
    return Plugin(
        at=node.at,
        name=Known(package.name, node.at),
        source=Known(f"npm:{package.name}", node.at),
        pin=Known(pin, node.at),
        auto_update=Known(pin in ("none", "tag"), node.at),
        official=Known(package.name.startswith("@opencode-ai/"), node.at),
    )
