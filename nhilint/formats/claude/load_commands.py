"""Commands in the text of a skill or command that run before a model reads it: !`command` and ```! blocks.

They run by the permission rules and never ask: one that no rule approves stops the skill. The inline form counts only
at the start of a line or after white space.
Source: https://code.claude.com/docs/en/skills#inject-dynamic-context, read 2026-11-22.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.formats.claude.commands import describe_command
from nhilint.model.fact import Known
from nhilint.model.vocabulary.agent import Instruction
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.claude.commands import ReadCommand
    from nhilint.formats.node import Node

MOST_COMMANDS = 100
_INLINE = Deferred(r"(?:^|(?<=\s))!`([^`\n]{1,2000})`", flags=re.MULTILINE)
_BLOCK = Deferred(r"^```!\s*\n(.{1,8000}?)^```", flags=re.MULTILINE | re.DOTALL)


def read_load_commands(body: Node) -> Iterator[ReadCommand]:
    """The commands of a text, with the place of each."""
    if not isinstance(body.value, str) or not ("!`" in body.value or "```!" in body.value):
        return
    found = [(match.span(1), match[1]) for pattern in (_INLINE, _BLOCK) for match in pattern.finditer(body.value)]
    for (start, end), text in sorted(found)[:MOST_COMMANDS]:
        yield describe_command("load", text.strip(), body.at.within_text(start, end))


def as_instructions(commands: Iterable[ReadCommand]) -> Iterator[Instruction]:
    """The same commands as parts of the instructions."""
    for command in commands:
        at = command.record.at
        yield Instruction(at=at, kind=Known("embedded_command", at), detail=command.record.command)
