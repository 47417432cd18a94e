"""What the path of a file says: which level of settings it is, and which product loads an instruction file.

Sources, read 2026-11-22: https://code.claude.com/docs/en/settings (which file is which scope),
https://code.claude.com/docs/en/managed-settings (file names of the managed source),
https://code.claude.com/docs/en/skills (where skills live) and /plugins-reference#file-locations-reference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

Level = Literal["managed", "project", "local", "user", "plugin"]

CLAUDE_CODE = "claude-code"
_PRODUCTS = {
    ".agents": "codex",
    ".amp": "amp",
    ".claude": CLAUDE_CODE,
    ".cline": "cline",
    ".codex": "codex",
    ".continue": "continue",
    ".copilot": "copilot",
    ".crush": "crush",
    ".cursor": "cursor",
    ".factory": "factory",
    ".gemini": "gemini-cli",
    ".github": "copilot",
    ".goose": "goose",
    ".hermes": "hermes",
    ".junie": "junie",
    ".kilo": "kilo-code",
    ".kilocode": "kilo-code",
    ".kiro": "kiro",
    ".opencode": "opencode",
    ".openclaw": "openclaw",
    ".pi": "pi",
    ".qwen": "qwen-code",
    ".roo": "roo-code",
    ".windsurf": "windsurf",
    "dot_claude": CLAUDE_CODE,
    "hermes-agent": "hermes",
    "openclaw": "openclaw",
}
"""Folders whose instruction files are one product's; `dot_claude` is how a manager of dotfiles spells `.claude`."""
_OF_DOTFILES = frozenset({"claude", "claude-code"})
"""Folders that say so where they hold such a folder directly, as collections of dotfiles do."""
_KINDS = frozenset({"agents", "commands", "skills"})


def level_of_settings(path: str) -> Level:
    """The level of a settings file. A copy outside `.claude` is kept for a home folder, as dotfiles are."""
    *folders, name = path.lower().split("/")
    if name == "managed-settings.json" or "managed-settings.d" in folders:
        return "managed"
    if folders and folders[-1] == ".claude":
        return "local" if name == "settings.local.json" else "project"
    return "user"


def product_of(path: str) -> str | None:
    """The product whose folder an instruction file lies in, by the nearest such folder; None where no folder tells.

    A skill is an open format: the same file means nothing else to the others, but `allowed-tools` is only known to
    grant something in Claude Code. A hidden folder of another name is some other tool's, whatever lies above it, and
    in its own folder Claude Code reads what lies where it looks: not the material of a skill.
    """
    *folders, name = path.split("/")
    for index in range(len(folders) - 1, -1, -1):
        folder, inside = folders[index], (*folders[index + 1 :], name)
        product = _PRODUCTS.get(folder, CLAUDE_CODE if folder in _OF_DOTFILES and inside[0] in _KINDS else None)
        if product == CLAUDE_CODE:
            return product if is_loaded_from(inside) else None
        if product is not None or folder.startswith("."):
            return product
    return None


def is_loaded_from(inside: Sequence[str]) -> bool:
    """Whether Claude Code looks there for skills, commands and subagents, by the parts of a path within `.claude` or
    within a plug-in. A skill is the file in its own folder; commands and subagents may lie in further folders."""
    if inside[0] == "skills":
        return len(inside) == 3
    return inside[0] in _KINDS


def is_in_claude_folder(path: str) -> bool:
    """Whether Claude Code itself loads the file from where it lies."""
    return "/.claude/" in f"/{path}" and product_of(path) == CLAUDE_CODE


def is_in_other_product(path: str) -> bool:
    """Whether another product's folder holds the file, whose own format it then is."""
    return product_of(path) not in (CLAUDE_CODE, None)


def folder_above(path: str, marker: str) -> str:
    """The folder that holds the last part named `marker`: the project of a `.claude` folder, the root of a plug-in."""
    parts = path.split("/")
    for index in range(len(parts) - 1, -1, -1):
        if parts[index] == marker:
            return "/".join(parts[:index])
    return ""
