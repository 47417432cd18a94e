"""The table of package runners, wrappers, interpreters and bridges, read once from `knowledge/data/tools/runners.json`.

A record says which commands it stands for and which of their options take a value; the code that reads a command line
is one function for each `kind`. Adding a runner of a known kind is adding a line to the table.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

DATA = Path(__file__).parent.parent / "data" / "tools"
Kind = Literal[
    "fetch",
    "install",
    "interpreter",
    "project",
    "wrapper",
    "bridge",
    "shell",
    "cmd",
    "powershell",
    "container",
    "container_exec",
    "gateway",
    "toolhive",
]
Style = Literal["long", "clustered", "single_dash", "npm"]


class Runner(NamedTuple):
    """One record of the table.

    `subcommands`: word sequences that select it, empty for the bare command. `packages`: registry names under which the
    same program is fetched. `values`: options that take a value; `flags` matters only for style npm, where an unknown
    option takes one. `roles`: what some options mean (package, with, registry, inline, version, module, text, url,
    header, env, env_file). `pairs`: options that take two values. `skip`: positionals before the wrapped command;
    `until_dashes`: everything before `--` is such. `rest`: what a bridge's positionals are.
    """

    id: str
    kind: Kind
    commands: tuple[str, ...]
    subcommands: tuple[tuple[str, ...], ...] = ()
    packages: tuple[str, ...] = ()
    ecosystem: str = ""
    style: Style = "long"
    values: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()
    pairs: frozenset[str] = frozenset()
    roles: Mapping[str, str] = MappingProxyType({})
    skip: int = 0
    until_dashes: bool = False
    elevates: bool = False
    injects_secrets: bool = False
    rest: Literal["command", "name", "address", "none"] = "none"

    def role_of(self, option: str) -> str | None:
        """What an option means to the reader of this runner; None for an option that is merely skipped."""
        return self.roles.get(option)


class RunnerTable(NamedTuple):
    """All runners, by command and by package name, in the order of the file."""

    by_command: dict[str, tuple[Runner, ...]]
    by_package: dict[str, Runner]


@cache
def runner_table() -> RunnerTable:
    """The table, read on first use. Raises OSError or ValueError when the installation is damaged."""
    by_command: dict[str, tuple[Runner, ...]] = {}
    by_package: dict[str, Runner] = {}
    for record in json.loads((DATA / "runners.json").read_text(encoding="utf-8")):
        runner = _runner(record)
        for command in runner.commands:
            by_command[command] = (*by_command.get(command, ()), runner)
        by_package.update(dict.fromkeys(runner.packages, runner))
    return RunnerTable(by_command, by_package)


def _runner(record: dict[str, Any]) -> Runner:
    roles = {option: role for role, options in record.get("roles", {}).items() for option in options}
    pairs = frozenset(record.get("pairs", ()))
    return Runner(
        id=record["id"],
        kind=record["kind"],
        commands=tuple(record["commands"]),
        subcommands=tuple(tuple(words.split()) for words in record.get("subcommands", ())),
        packages=tuple(record.get("packages", ())),
        ecosystem=record.get("ecosystem", ""),
        style=record.get("style", "long"),
        values=frozenset(record.get("values", ())) | roles.keys() - pairs,
        flags=frozenset(record.get("flags", ())),
        pairs=pairs,
        roles=roles,
        skip=record.get("skip", 0),
        until_dashes=record.get("until_dashes", False),
        elevates=record.get("elevates", False),
        injects_secrets=record.get("injects_secrets", False),
        rest=record.get("rest", "none"),
    )
