"""The table of programs and how far allowing them reaches, read once from `knowledge/data/tools/shell-programs.json`.

Runners and wrappers that `runners.json` describes are judged by what follows them; here are all other programs, and the
subcommands of both that are worth telling apart.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from nhilint.knowledge.tools.runner_table import DATA

if TYPE_CHECKING:
    from collections.abc import Mapping

Grade = Literal[
    "any_code", "acts_as_user", "fetches_code", "runs_project_code", "deletes", "network_out", "reads_files"
]


class Subcommand(NamedTuple):
    """Subcommands, written as words with blanks between, that reach farther or less far than their program."""

    names: tuple[str, ...]
    grade: Grade | None
    reason: str
    by_option: bool


class Below(NamedTuple):
    """What a subcommand that is not listed reaches, where the program as a whole reaches farther."""

    grade: Grade
    reason: str


class Program(NamedTuple):
    """A record of the table. `grade` is None for a subcommand that is as narrow as it looks.

    `guarded`: clients that do not let a prefix rule reach that far, with the grade that is left. `values`: options in
    front of the subcommand that take a value. `reading`: beginnings of words that make a call harmless. `otherwise`:
    subcommands that are not listed have the program's own grade, or that of `below`.
    `takes_text`: its first operand is a program text, as
    that of awk; `takes_file`: a file of commands; `wraps`: the command to start. Named in a rule, it is all that runs.
    """

    grade: Grade
    reason: str
    by_option: bool
    guarded: Mapping[str, Grade | None]
    values: frozenset[str]
    reading: tuple[str, ...]
    subcommands: tuple[Subcommand, ...]
    otherwise: bool
    below: Below | None
    takes_text: bool
    takes_file: bool
    wraps: bool


@cache
def programs() -> dict[str, Program]:
    """The table by program, read on first use."""
    table: dict[str, Program] = {}
    for record in json.loads((DATA / "shell-programs.json").read_text(encoding="utf-8")):
        table.update(dict.fromkeys(record["programs"], _program(record)))
    return table


def _program(record: dict[str, Any]) -> Program:
    subcommands = [
        Subcommand(tuple(item["names"]), item["grade"], item.get("reason", ""), item.get("by_option", False))
        for item in record.get("subcommands", ())
    ]
    return Program(
        grade=record["grade"],
        reason=record["reason"],
        by_option=record.get("by_option", False),
        guarded=record.get("guarded", {}),
        values=frozenset(record.get("values", ())),
        reading=tuple(record.get("reading", ())),
        subcommands=tuple(subcommands),
        otherwise=record.get("otherwise", False),
        below=Below(**record["below"]) if "below" in record else None,
        takes_text=record.get("takes_text", False),
        takes_file=record.get("takes_file", False),
        wraps=record.get("wraps", False),
    )
