"""Which runner a command selects: by its name, its subcommand, or the package name under which it is fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.knowledge.tools.options import part_options
from nhilint.knowledge.tools.runner_table import runner_table
from nhilint.knowledge.tools.words import program_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.knowledge.tools.runner_table import Runner
    from nhilint.knowledge.tools.words import Word


def find_runner(words: Sequence[Word]) -> tuple[Runner, Sequence[Word]] | None:
    """The record that a command selects, by subcommand where it has some, and the words after both."""
    first = words[0].text
    table = runner_table()
    candidates = () if _is_of_the_project(first) else table.by_command.get(program_name(first), ())
    if not candidates and first in table.by_package:
        candidates = (table.by_package[first],)
    bare = next((runner for runner in candidates if not runner.subcommands or () in runner.subcommands), None)
    for runner in candidates:
        matched = _match_subcommand(runner, words[1:])
        if matched is not None:
            return runner, matched
    return (bare, words[1:]) if bare else None


def _is_of_the_project(command: str) -> bool:
    """`./mcp` and `scripts/task` are files of the project, whatever their names; `.venv/bin/python` is a program."""
    plain = command.replace("\\", "/")
    relative = not plain.startswith(("/", "~", "$", "%", "@")) and plain[1:2] != ":"
    return relative and "/" in plain and not any(part in plain for part in ("bin/", "Scripts/"))


def _match_subcommand(runner: Runner, words: Sequence[Word]) -> Sequence[Word] | None:
    """The words after the subcommand, global options in front of it kept; None when it is another one."""
    if not runner.subcommands:
        return None
    parted = part_options(words, runner)
    before = words[: len(words) - len(parted.rest)]
    for subcommand in runner.subcommands:
        named = tuple(word.text for word in parted.rest[: len(subcommand)])
        if subcommand and named == subcommand:
            return [*before, *parted.rest[len(subcommand) :]]
    return None
