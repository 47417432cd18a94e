"""The agent that a file of Cursor's settings describes, with what all of these files have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.model.fact import Known
from nhilint.model.vocabulary.agent import Agent

if TYPE_CHECKING:
    from nhilint.formats.node import Node


def session(root: Node) -> Agent:
    """The agent of a person's session in the folder of the file."""
    is_global = root.path.endswith("cli-config.json")
    return Agent(
        at=root.at,
        name=Known(root.path, root.at),
        product=Known("cursor", root.at),
        kind=Known("settings", root.at),
        level=Known("user" if is_global else "project", root.at),
        initiation=Known("human", root.at),
        acts_as=Known("user_proxy", root.at),
    )
