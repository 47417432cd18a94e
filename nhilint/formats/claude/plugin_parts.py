"""Where a plug-in's skills, commands and subagents are loaded from, as its manifest or its marketplace entry says.

`commands` and `agents` take the place of the folder of that name, `skills` adds to it; in an entry whose source is the
marketplace's own root, stated skills take its place as well. Whether the files are there is another question.
Source: https://code.claude.com/docs/en/plugins-reference#path-behavior-rules, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.model.fact import Fact, Known

if TYPE_CHECKING:
    from nhilint.formats.node import Node

MOST_PARTS = 1_000
"""Paths of one plug-in that are kept; the longest lists in public marketplaces have some two hundred."""


def parts_of(fields: Node, *, replaces_skills: bool = False) -> Fact[tuple[str, ...]]:
    """Folders and files relative to the plug-in's own, without `./`; the empty text stands for the plug-in's folder."""
    skills = _paths(fields["skills"])
    default = ("SKILL.md", "skills") if not skills else () if replaces_skills else ("skills",)
    commands = _paths(fields["commands"]) or ("commands",)
    agents = _paths(fields["agents"]) or ("agents",)
    return Known((*default, *skills, *commands, *agents)[:MOST_PARTS], fields.at)


def _paths(node: Node) -> tuple[str, ...]:
    stated = (node.value,) if node.is_text else tuple(item.value for item in node.items() if item.is_text)
    return tuple("" if path in (".", "./") else path.removeprefix("./").strip("/") for path in stated)
