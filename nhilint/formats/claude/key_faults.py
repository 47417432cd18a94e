"""Keys of settings that Claude Code reads elsewhere only, or not at all, although they look protective.

Source: the Scope column of https://code.claude.com/docs/en/settings-reference#all-settings and
https://code.claude.com/docs/en/managed-settings#managed-only-settings, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nhilint.formats.claude.ineffective import Fault, ineffective_setting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.claude.levels import Level
    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.tool import IneffectiveSetting

Route = tuple[str, ...]


class _Reserved(NamedTuple):
    """A key, the levels that may set it, and the value that would protect (None: any)."""

    route: Route
    levels: frozenset[str]
    value: object = None


_MANAGED = frozenset({"managed"})
_USER = frozenset({"managed", "user"})
_PERSONAL = frozenset({"managed", "user", "local"})
_RESERVED = (
    _Reserved(("allowManagedPermissionRulesOnly",), _MANAGED, value=True),
    _Reserved(("allowManagedHooksOnly",), _MANAGED, value=True),
    _Reserved(("allowManagedMcpServersOnly",), _MANAGED, value=True),
    _Reserved(("disableSideloadFlags",), _MANAGED, value=True),
    _Reserved(("disableCommandPluginSources",), _MANAGED, value=True),
    _Reserved(("disableBrowserExternalNavigation",), _MANAGED, value=True),
    _Reserved(("forceRemoteSettingsRefresh",), _MANAGED, value=True),
    _Reserved(("strictKnownMarketplaces",), _MANAGED),
    _Reserved(("blockedMarketplaces",), _MANAGED),
    _Reserved(("strictPluginOnlyCustomization",), _MANAGED),
    _Reserved(("requiredMinimumVersion",), _MANAGED),
    _Reserved(("sshHostAllowlist",), _MANAGED),
    _Reserved(("sandbox", "network", "allowManagedDomainsOnly"), _MANAGED, value=True),
    _Reserved(("sandbox", "filesystem", "allowManagedReadPathsOnly"), _MANAGED, value=True),
    _Reserved(("sandbox", "network", "strictAllowlist"), _USER, value=True),
    _Reserved(("autoMode", "soft_deny"), _USER),
    _Reserved(("autoMode", "hard_deny"), _USER),
    _Reserved(("autoMode", "classifyAllShell"), _USER, value=True),
    _Reserved(("useAutoModeDuringPlan",), _PERSONAL, value=False),
)
_MODES = frozenset({"default", "manual", "acceptEdits", "plan", "auto", "dontAsk", "bypassPermissions", "delegate"})
_PERSONAL_MODES = frozenset({"auto", "bypassPermissions"})
"""Modes that only a user's or managed settings may choose: `bypassPermissions` since 2.1.257 of 2026-09-01, by
https://code.claude.com/docs/en/settings-reference#permissions-defaultmode and the changelog, read 2026-11-22."""
_MISPLACED: dict[Route, str] = {
    ("deny",): "permissions.deny",
    ("ask",): "permissions.ask",
    ("disallowedTools",): "permissions.deny",
    ("deniedTools",): "permissions.deny",
    ("ignorePatterns",): "permissions.deny with Read(...) rules",
    ("permissions", "denied"): "permissions.deny",
    ("permissions", "disallow"): "permissions.deny",
    ("permissions", "block"): "permissions.deny",
    ("permissions", "disallowedTools"): "permissions.deny",
}
_WHERE = {1: "managed settings", 2: "user or managed settings", 3: "user, local or managed settings"}


def ineffective_keys(root: Node, level: Level) -> Iterator[IneffectiveSetting]:
    """Keys that do nothing at this level."""
    for reserved in _RESERVED:
        node = root.at_path(*reserved.route)
        if level in reserved.levels or not _would_protect(node, reserved):
            continue
        where = _WHERE[len(reserved.levels)]
        fault = Fault(f"Claude Code reads it from {where} only", f"move it to {where}", "settings-reference")
        yield ineffective_setting(".".join(reserved.route), fault, node.at)
    for route, right in _MISPLACED.items():
        node = root.at_path(*route)
        if node.is_list and node.value:
            fault = Fault("Claude Code has no such key", f"write {right}", "settings-reference#permission-settings")
            yield ineffective_setting(".".join(route), fault, node.at)
    yield from _mode(root.at_path("permissions", "defaultMode"), level)


def _would_protect(node: Node, reserved: _Reserved) -> bool:
    if not node.exists or node.value is None:
        return False
    return node.value is reserved.value if reserved.value is not None else node.value not in (False, "", {})


def is_refused_mode(mode: object, level: Level) -> bool:
    """Whether Claude Code leaves the mode aside because a repository's own file states it."""
    return isinstance(mode, str) and mode in _PERSONAL_MODES and level in ("project", "local")


def _mode(node: Node, level: Level) -> Iterator[IneffectiveSetting]:
    if is_refused_mode(node.value, level):
        reason = f"Claude Code does not take {node.value} from a project's files and starts in its built-in mode"
        fault = Fault(
            reason, "state another mode, or none", "settings-reference#permissions-defaultmode", protects=False
        )
        yield ineffective_setting(f"permissions.defaultMode: {node.value}", fault, node.at)
    elif node.is_text and node.value not in _MODES and "{" not in node.value:
        reason = "this is no mode, and a value that the schema refuses makes Claude Code skip the whole file"
        fault = Fault(reason, 'write "default" to be asked, or "plan"', "settings#fix-a-broken-settings-file")
        yield ineffective_setting(f"permissions.defaultMode: {node.value[:40]}", fault, node.at)
