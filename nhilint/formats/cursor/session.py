"""The agent that a file of Cursor's settings describes, with what all of these files have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats import assistant

if TYPE_CHECKING:
    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.agent import Agent


def session(root: Node) -> Agent:
    """The agent of a person's session in the folder of the file."""
    is_global = root.path.endswith("cli-config.json")
    return assistant.session(root, "cursor", "user" if is_global else "project")
