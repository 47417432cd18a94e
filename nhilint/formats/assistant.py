"""The agent of a person's session in the folder of a settings file, with what such files of all products share.

Families whose settings are few start from it and add what their file states.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from nhilint.model.fact import Known
from nhilint.model.vocabulary.agent import Agent
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.formats.node import Node

Level = Literal["project", "user"]

_HOME_FOLDER = Deferred(
    r"(?:^|/)(?:\.config|dot_config|config|home|users?|stow|chezmoi|[\w.-]*dotfiles?[\w.-]*)/(?:.*/)?[^/]+$",
    flags=re.IGNORECASE,
)


def level_of_path(path: str) -> Level:
    """Whether a file is kept for a home folder, as dotfiles are, or belongs to the project."""
    return "user" if _HOME_FOLDER.search(path) else "project"


def session(root: Node, product: str, level: Level | Literal["managed", "plugin"] | None = None) -> Agent:
    """The agent of a session, which works in the name of the person who opened the folder."""
    return Agent(
        at=root.at,
        name=Known(root.path, root.at),
        product=Known(product, root.at),
        kind=Known("settings", root.at),
        level=Known(level or level_of_path(root.path), root.at),
        initiation=Known("human", root.at),
        acts_as=Known("user_proxy", root.at),
    )


def chosen(root: Node, product: str, name: str, at: Node) -> Agent:
    """An agent that a person chooses by name, or that another one starts."""
    place = at.at if at.exists else root.at
    return Agent(
        at=place,
        name=Known(name, place),
        product=Known(product, place),
        kind=Known("subagent", place),
        level=Known(level_of_path(root.path), place),
        purpose=root["description"].text(),
        model=root["model"].text() if root["model"].is_text else None,
        initiation=Known("tool_mediated", place),
        acts_as=Known("user_proxy", place),
    )
