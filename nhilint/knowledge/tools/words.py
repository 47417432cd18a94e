"""Words of a command line, each with the argument it came from, and the small questions asked of them.

A word may hold a placeholder (`${VAR}`, `$VAR`, `%VAR%`, `{{ x }}`, `$(…)`, `<your-token>`) that only somebody else can
fill in. Such a word is opaque: nothing is concluded from its value.
"""

from __future__ import annotations

import re

from msgspec import Struct

from nhilint.source.deferred import Deferred

MOST_WORDS = 4096
_PLACEHOLDER = Deferred(r"\$[{(A-Za-z_@*]|%[A-Za-z_]\w{0,64}%|\{\{|<[A-Za-z][\w -]{0,64}>|`")
_ASSIGNMENT = Deferred(r"[A-Za-z_]\w{0,127}=")
_ENDINGS = (".exe", ".cmd", ".bat")
_NUMBERED = Deferred(r"(python|pip|ruby|perl|php|lua|node|java|gawk)(?:w|-?\d[\d.]*w?)$")
_SCRIPTS = tuple(
    f".{ending}"
    for ending in (
        *(f"{module}{language}s{x}" for module in ("", "c", "m") for language in "jt" for x in ("", "x")),
        *("py", "sh", "bash", "zsh", "ps1", "rb", "php", "pl", "lua", "jar", "dll", "bat", "cmd", "cs", "csproj"),
        *("ipynb", "r"),
    )
)


class Word(Struct, frozen=True):
    """A word and the index of the argument that holds it."""

    text: str
    at: int


def is_opaque(text: str) -> bool:
    """Whether the text holds a placeholder that is filled in elsewhere."""
    return _PLACEHOLDER.search(text) is not None


def is_assignment(text: str) -> bool:
    """Whether the text is NAME=value."""
    return _ASSIGNMENT.match(text) is not None


def is_url(text: str) -> bool:
    """Whether the text is an address of a server."""
    return text.lower().startswith(("http://", "https://", "ws://", "wss://"))


def is_path(text: str) -> bool:
    """Whether the text names a file by its path: absolute, relative with a dot, in the home folder or on a drive."""
    return (
        text in {".", ".."}
        or text.startswith(("/", "./", "../", "~", ".\\", "..\\", "\\\\"))
        or text[1:3] in {":\\", ":/"}
    )


def is_script(text: str) -> bool:
    """Whether the text looks like a file that an interpreter reads, by its ending or by being a path."""
    return is_path(text) or text.lower().endswith(_SCRIPTS)


def program_name(text: str) -> str:
    """`/usr/bin/python3.12` → python, `C:\\nodejs\\npx.cmd` → npx: the name that tables know, in lower case."""
    name = re.split(r"[/\\]", text.rstrip("/\\"))[-1].lower()
    for ending in _ENDINGS:
        name = name.removesuffix(ending)
    numbered = _NUMBERED.match(name)
    return numbered.group(1) if numbered else name
