"""Keys of Gemini CLI's settings that are read and then ignored.

`admin` comes from the enterprise's service alone. The flat keys of the first releases are no longer translated. YOLO is
a mode of the command line, not of a file.
Sources: https://github.com/google-gemini/gemini-cli, packages/cli/src/config/settings.ts (computeMergedSettings: admin
settings from files are ignored) and schemas/settings.schema.json, commit 5411f11 of 2026-08-21, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.claude.ineffective import Fault, ineffective_setting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.tool import IneffectiveSetting

_DOCS = "https://geminicli.com/docs/reference/configuration/"
_SETTINGS = "https://github.com/google-gemini/gemini-cli/blob/main/packages/cli/src/config/settings.ts"
_FLAT: dict[str, tuple[str, bool]] = {
    "excludeTools": ("tools.exclude", True),
    "coreTools": ("tools.core", True),
    "allowMCPServers": ("mcp.allowed", True),
    "excludeMCPServers": ("mcp.excluded", True),
    "sandbox": ("tools.sandbox", True),
    "allowedTools": ("tools.allowed", False),
    "autoAccept": ("general.defaultApprovalMode", False),
}
_PROTECTING = ("secureModeEnabled", "extensions", "mcp", "skills")
MODES = frozenset({"default", "auto_edit", "plan"})


def ineffective_keys(root: Node) -> Iterator[IneffectiveSetting]:
    """Keys that do nothing."""
    admin = root["admin"]
    if admin.is_mapping and admin.value:
        reason = "Gemini CLI takes admin settings from the enterprise's service and ignores those of files"
        instead = "set security.disableYoloMode, mcp.allowed and tools.exclude, or a policy of the system"
        protects = any(admin[key].exists for key in _PROTECTING)
        yield ineffective_setting("admin", Fault(reason, instead, _SETTINGS, protects), admin.at)
    for key, (right, protects) in _FLAT.items():
        node = root[key]
        if node.exists and node.value not in (None, False, [], ""):
            fault = Fault(f"{key} at the top level is a key of early releases, and Gemini CLI no longer reads it",
                          f"write {right}", _DOCS, protects)  # fmt: skip
            yield ineffective_setting(key, fault, node.at)
    mode = root["general"]["defaultApprovalMode"]
    if mode.is_text and mode.value not in MODES and "{" not in mode.value:
        reason = "this is no mode that settings can choose; yolo is taken from the command line alone"
        fault = Fault(reason, 'write "default", "auto_edit" or "plan"', _DOCS, protects=False)
        yield ineffective_setting(f"general.defaultApprovalMode: {mode.value[:40]}", fault, mode.at)
