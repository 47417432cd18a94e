"""Plug-ins that a Codex configuration switches on, with the marketplace they come from where it is declared.

Source: https://github.com/openai/codex, codex-rs/core/config.schema.json (PluginConfig, MarketplaceConfig), read
2026-11-22. OpenAI's own marketplaces bear names that begin with `openai-`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nhilint.model.fact import Fact, Known
from nhilint.model.vocabulary.agent import Plugin
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node

_COMMIT = Deferred(r"[0-9a-f]{40}")
_MOST_PLUGINS = 500


def enabled_plugins(root: Node) -> Iterator[Plugin]:
    """The plug-ins below `[plugins]` that are not switched off."""
    for count, (key, node) in enumerate(root["plugins"].entries()):
        if count >= _MOST_PLUGINS:
            return
        if not node.is_mapping or node["enabled"].value is False:
            continue
        name, _, market = key.rpartition("@")
        declared = root["marketplaces"][market]
        at = node.at.at_key()
        yield Plugin(
            at=at,
            name=Known(name or key, at),
            marketplace=Known(market, at) if name else None,
            source=declared["source"].text(),
            pin=_pin(declared) if declared.is_mapping else None,
            official=Known(market.startswith("openai-"), at),
        )


def _pin(declared: Node) -> Fact[Literal["none", "tag", "digest", "local"]]:
    if declared["source_type"].value == "local":
        return Known("local", declared["source_type"].at)
    reference = declared["ref"]
    if not reference.is_text:
        return Known("none", declared.at)
    return Known("digest" if _COMMIT.fullmatch(reference.value) else "tag", reference.at)
