"""One permission token of Cursor's CLI becomes its parts: `Shell(git)`, `Shell(curl:*)`, `Write(src/**)`, `Mcp(a:b)`.

`Shell(git)` is about every command whose first word is git; a part after a colon is about the arguments. Paths are
relative to the workspace unless they begin at the root or at home. Whether a shell token with a blank matches anything
is not documented.
Source: https://cursor.com/docs/cli/reference/permissions, read 2026-11-22.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from nhilint.formats.claude.path_patterns import reach_of_path
from nhilint.formats.mcp.paths import path_reach
from nhilint.source.deferred import Deferred

PathReach = Literal["root", "home", "credentials", "guard_rails", "outside", "project", "narrow"]

_TOKEN = Deferred(r"(\w+)\((.*)\)", flags=re.DOTALL)
_EVERYTHING = frozenset({"*", "**", "", "*:*", "**:*", "*:**"})
_WILD_TAIL = Deferred(r"/?\*+.*$", flags=re.DOTALL)
_WINDOWS = Deferred(r"[A-Za-z]:[/\\]")


class Token(NamedTuple):
    """The tool and its argument as written."""

    tool: str
    argument: str


def parse_token(text: str) -> Token | None:
    """The parts of a token; None for a text that is none."""
    found = _TOKEN.fullmatch(text.strip())
    return Token(found[1], found[2].strip()) if found else None


def command_of(argument: str) -> tuple[str, bool]:
    """The words that a token's commands begin with, empty for every command, and whether no more may follow."""
    if argument in _EVERYTHING:
        return "", False
    head, colon, rest = argument.partition(":")
    if not colon:
        return argument, False
    if head.strip("*") == "":
        return "", False
    words = rest.strip()
    return (head, False) if words in ("*", "**", "") else (f"{head} {words}", "*" not in words)


def reach_of(argument: str) -> PathReach:
    """What the path of a file token opens."""
    if argument.startswith(("/", "~", "$HOME", "..")) or _WINDOWS.match(argument):
        found = path_reach(_WILD_TAIL.sub("", argument) or "/")
        return found if found in ("root", "home", "credentials") else "outside"
    return reach_of_path(argument.removeprefix("./").removeprefix("**/") or "**")


def server_of(argument: str) -> tuple[str, str]:
    """The server and the tool of an MCP token; `*` for all."""
    server, _, tool = argument.replace(",", ":", 1).partition(":")
    return server.strip() or "*", tool.strip() or "*"
