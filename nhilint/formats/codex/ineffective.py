"""Keys of a Codex configuration that are read and then ignored.

A project's layer may not choose where traffic goes, which programs are started on events, or which profile is in force;
such keys are dropped with a warning. `sandbox_mode` switches permission profiles off, wherever both are written.
Sources: https://github.com/openai/codex, codex-rs/config/src/loader/mod.rs (PROJECT_LOCAL_CONFIG_DENYLIST);
https://developers.openai.com/codex/permissions (profiles do not compose with the older sandbox settings),
/codex/config-advanced (profiles), read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.claude.ineffective import Fault, ineffective_setting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.codex.levels import Level
    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.tool import IneffectiveSetting

NOT_IN_PROJECTS = (
    "openai_base_url", "chatgpt_base_url", "apps_mcp_product_sku", "model_provider", "model_providers", "notify",
    "profile", "profiles", "experimental_realtime_webrtc_call_base_url", "experimental_realtime_ws_base_url", "otel",
)  # fmt: skip
"""Keys that Codex drops from the layer of a project."""

_CONFIG = "https://developers.openai.com/codex/config-advanced"
_PERMISSIONS = "https://developers.openai.com/codex/permissions"
_CONFINING = frozenset({"read-only", "workspace-write"})
_ASKING = frozenset({"untrusted", "on-request", "on-failure"})


def ineffective_keys(root: Node, level: Level) -> Iterator[IneffectiveSetting]:
    """Keys that do nothing at this level."""
    if level == "project":
        for key in NOT_IN_PROJECTS:
            if root[key].exists:
                reason = f"Codex ignores {key} in the configuration of a project"
                instead = "move it to ~/.codex/config.toml or to managed configuration"
                protects = key == "profiles" and _confines(root[key])
                yield ineffective_setting(key, Fault(reason, instead, _CONFIG, protects), root[key].at)
    yield from _profile_beside_mode(root)


def _confines(profiles: Node) -> bool:
    """Whether one of the profiles would have held Codex back."""
    return any(
        profile["sandbox_mode"].is_one_of(_CONFINING) or profile["approval_policy"].is_one_of(_ASKING)
        for _, profile in profiles.entries()
        if _is_word(profile["sandbox_mode"]) and _is_word(profile["approval_policy"])
    )


def _is_word(node: Node) -> bool:
    return not node.exists or node.is_text


def _profile_beside_mode(root: Node) -> Iterator[IneffectiveSetting]:
    chosen, mode = root["default_permissions"], root["sandbox_mode"]
    if not (chosen.is_text and mode.is_text):
        return
    reason = f"sandbox_mode = {mode.value[:30]} in the same file switches permission profiles off"
    fault = Fault(reason, "remove sandbox_mode and sandbox_workspace_write", _PERMISSIONS, mode.value != "read-only")
    yield ineffective_setting(f"default_permissions = {chosen.value[:40]}", fault, chosen.at)
