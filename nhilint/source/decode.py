"""The bytes of a file become text, or are refused.

Every syntax here is UTF-8 (JSON: RFC 8259 section 8.1; TOML 1.0; HCL; YAML files in the wild). A byte order mark is
taken off. Other encodings are refused, not guessed: a guess would make positions and secrets wrong in silence.
"""

from __future__ import annotations

import codecs

from nhilint.source.unreadable import Unreadable, UnreadableKind

_PROBE = 8192
_GIT_CRYPT = b"\0GITCRYPT\0"
"""How git-crypt begins what it encrypts: commands.cpp of github.com/AGWA/git-crypt, not re-read."""
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)


def decode(data: bytes) -> str:
    """The text of a UTF-8 file without byte order mark.

    Raises Unreadable('encoding') for UTF-16, UTF-32 and anything that is not UTF-8, Unreadable('binary') for a NUL
    within the first 8 KiB, Unreadable('encrypted') for what git-crypt wrote.
    """
    head = data[:_PROBE]
    if head.startswith(_WIDE_MARKS) or _looks_wide(head):
        raise Unreadable("the file is UTF-16 or UTF-32; only UTF-8 is read", 1, 1, UnreadableKind.ENCODING)
    if head.startswith(_GIT_CRYPT):
        raise Unreadable("the file is encrypted by git-crypt", kind=UnreadableKind.ENCRYPTED)
    if 0 in head:
        raise Unreadable("the file is binary: it holds a NUL byte", kind=UnreadableKind.BINARY)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = _place(data, error.start)
        raise Unreadable("the file is not UTF-8", line, column, UnreadableKind.ENCODING) from None
    return text.removeprefix("\ufeff")


def _looks_wide(head: bytes) -> bool:
    """Whether ASCII text without a mark has a NUL in every second byte."""
    sample = head[:64]
    if len(sample) < 4 or 0 not in sample:
        return False
    even, odd = sample[::2], sample[1::2]
    return (not any(even) and all(odd)) or (not any(odd) and all(even))


def _place(data: bytes, offset: int) -> tuple[int, int]:
    """Line and column of the first undecodable byte; everything before it is valid UTF-8."""
    before = data[:offset].decode("utf-8").removeprefix("\ufeff")
    lines = before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return len(lines), len(lines[-1]) + 1
