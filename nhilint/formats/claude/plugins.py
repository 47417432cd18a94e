"""Plug-ins that settings switch on become records of where their content is from, and how firmly that is fixed.

A marketplace can be fixed to a branch or tag only, a plug-in of a marketplace to a commit, an archive to a hash. Names
of the vendor's own marketplaces are reserved, so they say who publishes.
Source: https://code.claude.com/docs/en/plugin-marketplaces (plugin sources, reserved names) and /settings-reference
(enabledPlugins, extraKnownMarketplaces), read 2026-11-22.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from nhilint.formats.claude.levels import CLAUDE_CODE
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.vocabulary.agent import Plugin
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.place import Place

Pin = Literal["none", "tag", "version", "digest", "local"]

OFFICIAL = frozenset(
    {
        "agent-skills", "anthropic-agent-skills", "anthropic-marketplace", "anthropic-plugins",
        "claude-code-marketplace", "claude-code-plugins", "claude-for-financial-services", "claude-for-legal",
        "claude-plugins-official", "financial-services-plugins", "first-party-plugins", "healthcare",
        "knowledge-work-plugins", "life-sciences",
    }
)  # fmt: skip
"""Names only Anthropic may use; its community marketplace, which lists third parties at fixed commits, is left out."""
_BY_MAKER = "copilot-plugins"
"""GitHub's own, with which Copilot CLI comes; `awesome-copilot`, which it comes with too, lists plug-ins of others."""
MOST_PLUGINS = 2_000
_OWN_FOLDERS = ("./", "../", "/", "file://")
"""How an address begins that leads nowhere but to this machine; Codex takes them as addresses of a repository."""
_VERSION_TAG = Deferred(
    r"(?:[a-z][\w-]{0,80}[-@/])?v?\d{1,6}\.\d{1,6}(?:\.\d{1,6})?(?:[-+][\w.-]{1,40})?", flags=re.IGNORECASE
)
"""A tag that names one release: `v1.2.3`, `1.2`, `name-v1.2.3`. `v1` and `main` move on."""
_COMMIT = Deferred(r"[0-9a-f]{40}")
_ON_GITHUB = Deferred(r"https://github\.com/([\w.-]+/[\w.-]+?)(?:\.git)?/?")
_EXACT = Deferred(r"v?\d+(?:\.\d+){1,3}(?:[-+][\w.]+)?")


def enabled_plugins(root: Node, product: str = CLAUDE_CODE) -> Iterator[Plugin]:
    """The plug-ins that `enabledPlugins` switches on, with what the same file says about their marketplaces."""
    markets = root.first("extraKnownMarketplaces", "additionalMarketplaces")
    for count, (key, node) in enumerate(root["enabledPlugins"].entries()):
        if count >= MOST_PLUGINS:
            return
        if node.value is not True:
            continue
        name, _, market = key.rpartition("@")
        yield _enabled(name or key, market, node, markets[market], is_official=is_official(market, product))


def _enabled(name: str, market: str, node: Node, declared: Node, *, is_official: bool) -> Plugin:
    at = node.at.at_key()
    updates = declared["autoUpdate"]
    return Plugin(
        at=at,
        name=Known(name, at),
        marketplace=Known(market, at) if market else None,
        source=source_of(declared["source"]) if declared.exists else None,
        pin=pin_of(declared["source"]) if declared.exists else None,
        official=Known(is_official, at),
        auto_update=updates.boolean(default=False) if declared.exists else None,
    )


def is_official(market: str, product: str) -> bool:
    """Whether a marketplace is the one of the product's maker, by the names that are kept for it."""
    if product == "codex":
        return market.startswith("openai-")
    return market == _BY_MAKER if product == "copilot" else market in OFFICIAL


def source_of(node: Node) -> Fact[str]:
    """Where content is taken from, in one text: owner/repository, an address, a package, a folder."""
    if node.is_text:
        return node.text()
    for key in ("repo", "url", "package", "path", "command"):
        text = node[key].text()
        if isinstance(text, Known):
            return Known(_account_and_name(text.value), text.at)
        if text is not None:
            return text
    return None


def _account_and_name(address: str) -> str:
    """owner/repository for an address on GitHub, which one product's file spells out and another's does not."""
    on_github = _ON_GITHUB.fullmatch(address)
    return on_github[1] if on_github else address


def pin_of(node: Node) -> Fact[Pin]:
    """How firmly a source is fixed; folders of the same repository are local."""
    if node.is_text:
        is_local = node.value.startswith(("./", "../")) or "/" not in node.value
        return Known("local" if is_local else "none", node.at)
    kind = node["source"].value
    if kind in ("local", "directory", "file", "settings", "command", "hostPattern"):
        return Known("local", node.at)
    if kind == "url" and node["url"].is_text and node["url"].value.startswith(_OWN_FOLDERS):
        return Known("local", node["url"].at)
    if kind == "npm":
        return _pin_of_version(node["version"], node.at)
    if kind == "archive":
        return Known("digest" if node["sha256"].is_text else "none", node.at)
    return _pin_of_commit(node)


def _pin_of_commit(node: Node) -> Fact[Pin]:
    for key in ("sha", "ref"):
        text = node[key].text()
        if isinstance(text, Unknown):
            return text
        if text is not None and _COMMIT.fullmatch(text.value):
            return Known("digest", node[key].at)
    if not node["ref"].is_text:
        return Known("none", node.at)
    return Known("version" if _VERSION_TAG.fullmatch(node["ref"].value) else "tag", node["ref"].at)


def _pin_of_version(version: Node, at: Place) -> Fact[Pin]:
    text = version.text()
    if text is None or isinstance(text, Unknown):
        return Known("none", at) if text is None else text
    return Known("digest" if _EXACT.fullmatch(text.value) else "tag", version.at)
