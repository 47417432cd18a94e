"""What can go wrong between bytes and a value: the error that refuses a file and the remark that lets it pass.

`Unreadable` means there is no value at all; `Remark` means there is one, but a person should know how it was won
(a key given twice, comments in strict JSON). Neither ever quotes the file's content.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec


class UnreadableKind(StrEnum):
    """Why a file has no value."""

    MALFORMED = "malformed"
    TOO_LARGE = "too-large"
    TOO_DEEP = "too-deep"
    TOO_MANY_NODES = "too-many-nodes"
    ALIAS_BOMB = "alias-bomb"
    ENCODING = "encoding"
    BINARY = "binary"
    ENCRYPTED = "encrypted"
    DUPLICATE_KEY = "duplicate-key"
    EMPTY = "empty"


class Unreadable(Exception):  # noqa: N818 - a file is unreadable, not in error
    """A file without a value: `message`, and where known the 1-based `line` and `column` of the first fault."""

    def __init__(
        self, message: str, line: int | None = None, column: int | None = None, kind: str = "malformed"
    ) -> None:
        super().__init__(message, line, column, kind)
        self.message = message
        self.line = line
        self.column = column
        self.kind: UnreadableKind = UnreadableKind(kind)

    def __str__(self) -> str:
        return self.message if self.line is None else f"{self.message} (line {self.line}, column {self.column})"


class Remark(msgspec.Struct, frozen=True):
    """Something odd about a file that could be read all the same; 1-based `line` and `column`."""

    message: str
    line: int
    column: int
    kind: str
