"""What the path of a file says: which level of settings it is, and which product loads an instruction file.

Sources, read 2026-11-22: https://code.claude.com/docs/en/settings (which file is which scope),
https://code.claude.com/docs/en/managed-settings (file names of the managed source).
"""

from __future__ import annotations

from typing import Literal

Level = Literal["managed", "project", "local", "user", "plugin"]

_PRODUCTS = {
    ".agents": "codex",
    ".amp": "amp",
    ".codex": "codex",
    ".crush": "crush",
    ".cursor": "cursor",
    ".factory": "factory",
    ".gemini": "gemini-cli",
    ".github": "copilot",
    ".goose": "goose",
    ".hermes": "hermes",
    ".junie": "junie",
    ".kilocode": "kilo-code",
    ".kiro": "kiro",
    ".opencode": "opencode",
    ".openclaw": "openclaw",
    ".pi": "pi",
    ".qwen": "qwen-code",
    ".roo": "roo-code",
    ".windsurf": "windsurf",
    "hermes-agent": "hermes",
    "openclaw": "openclaw",
}


def level_of_settings(path: str) -> Level:
    """The level of a settings file. A copy outside `.claude` is kept for a home folder, as dotfiles are."""
    *folders, name = path.lower().split("/")
    if name == "managed-settings.json" or "managed-settings.d" in folders:
        return "managed"
    if folders and folders[-1] == ".claude":
        return "local" if name == "settings.local.json" else "project"
    return "user"


def product_of(path: str) -> str:
    """The product whose folder an instruction file lies in; a folder of no product's own is read as Claude Code's.

    A skill is an open format: the same file means nothing else to the others, but `allowed-tools` is only known to
    grant something in Claude Code.
    """
    for part in path.split("/"):
        if part == ".claude":
            return "claude-code"
        if part in _PRODUCTS:
            return _PRODUCTS[part]
    return "claude-code"


def is_in_claude_folder(path: str) -> bool:
    """Whether Claude Code itself loads the file from where it lies."""
    return "/.claude/" in f"/{path}"


def is_in_other_product(path: str) -> bool:
    """Whether another product's folder holds the file, whose own format it then is."""
    return product_of(path) != "claude-code"


def folder_above(path: str, marker: str) -> str:
    """The folder that holds the last part named `marker`: the project of a `.claude` folder, the root of a plug-in."""
    parts = path.split("/")
    for index in range(len(parts) - 1, -1, -1):
        if parts[index] == marker:
            return "/".join(parts[:index])
    return ""
