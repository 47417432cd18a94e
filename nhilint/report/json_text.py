"""Values become JSON text that is safe to show: what could drive a terminal or a CI runner is escaped, nothing lost.

JSON lets every character stand as `\\uXXXX`, so a reader gets back exactly what was written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from nhilint.report.printable import spelled
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    import re

_UNSAFE = Deferred(
    "[\x80-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)


def to_json(value: object, *, indent: int = 2) -> str:
    """JSON text ending with a line break; `indent` 0 for a single line.

    A byte of a file name that is not UTF-8 (a lone surrogate in Python) is written `\\xNN`: as a surrogate it would
    keep some readers from reading anything.
    """
    try:
        encoded = msgspec.json.encode(value)
    except UnicodeEncodeError:
        encoded = msgspec.json.encode(_encodable(msgspec.to_builtins(value)))
    text = msgspec.json.format(encoded, indent=indent).decode()
    # The encoder has escaped the first 32 characters; the runner's `##[` is a command anywhere in a line.
    text = text.replace("\x7f", "\\u007f").replace("##[", "##\\u005b")
    if not text.isascii():
        text = "\n".join(line if line.isascii() else _UNSAFE.sub(_escaped, line) for line in text.split("\n"))
    return text + "\n"


def _encodable(value: object) -> object:
    if isinstance(value, str):
        return "".join(spelled(char) if "\ud800" <= char <= "\udfff" else char for char in value)
    if isinstance(value, dict):
        return {_encodable(key): _encodable(entry) for key, entry in value.items()}
    return list(map(_encodable, value)) if isinstance(value, (list, tuple)) else value


def _escaped(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code <= 0xFFFF:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
