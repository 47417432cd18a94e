"""Which layer of Codex's configuration a file is, as far as its path and its content tell.

A `.codex` folder in a repository is the project's layer, unless it holds what Codex writes into a home folder only: the
trust of other projects, notices that were seen. Repositories of dotfiles keep the user's layer.
Source: https://github.com/openai/codex, codex-rs/config/src/loader/mod.rs (order of layers), read 2026-11-22.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.formats.node import Node

Level = Literal["managed", "project", "user"]

_OF_A_HOME = frozenset({"projects", "notice"})
_HOME_FOLDER = Deferred(r"(?:^|/)(?:home|users?|stow|chezmoi|[\w.-]*dotfiles?[\w.-]*)(?:/|$)", flags=re.IGNORECASE)


def level_of_path(path: str) -> Level:
    """The layer by the path alone."""
    folder, _, name = path.rpartition("/")
    if name in ("managed_config.toml", "requirements.toml"):
        return "managed"
    parts = folder.split("/")
    above = "/".join(parts[: len(parts) - parts[::-1].index(".codex") - 1]) if ".codex" in parts else None
    if above is None or _HOME_FOLDER.search(above) or name.endswith(".config.toml"):
        return "user"
    return "project"


def level_of_settings(root: Node) -> Level:
    """The layer of a configuration file."""
    level = level_of_path(root.path)
    is_of_a_home = any(root[key].is_mapping and root[key].value for key in _OF_A_HOME)
    return "user" if level == "project" and is_of_a_home else level
