"""Lines of a script or document that set a value: `export NAME=value`, `$NAME = "value"`, `ENV NAME=value`, `name: x`.

A shell's command lines are not followed; a value that a command or another variable gives is none in clear.
"""

from __future__ import annotations

import re
from base64 import b64decode
from typing import TYPE_CHECKING, NamedTuple

from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE = Deferred(
    r"^[ \t]*(?:export[ \t]+|set[ \t]+|ENV[ \t]+|\$env:|\$)?([A-Za-z_]\w{2,80})[ \t]?[=:][ \t]?(\S{1,400})",
    flags=re.MULTILINE,
)
_ENCODED = Deferred(r"[A-Za-z0-9+/\r\n]{40,90000}={0,2}\s*")
_MOST = 400
_NO_VALUE = ("$", "\\", "`", "<", "{", "|", ">", "*", "&", "!")


class Assignment(NamedTuple):
    """A variable that a script sets, and where its value begins in it."""

    name: str
    value: str
    start: int


def assignments(script: str) -> Iterator[Assignment]:
    """The variables that a script sets to a text, in order."""
    for count, match in enumerate(_LINE.finditer(script)):
        if count == _MOST:
            return
        value, start = match[2], match.start(2)
        if value[0] in "\"'":
            end = value.find(value[0], 1)
            value, start = value[1 : end if end > 0 else None], start + 1
        value = value.rstrip(";,")
        if value and "${" not in value and not value.startswith(_NO_VALUE) and "(" not in value:
            yield Assignment(match[1], value, start)


def decoded_script(text: str) -> str | None:
    """The script that a text holds in base64; None where it is none."""
    if not _ENCODED.fullmatch(text):
        return None
    try:
        found = b64decode(text, validate=False).decode()
    except (ValueError, UnicodeError):
        return None
    return found if found.startswith(("#", "<", "export ")) else None
