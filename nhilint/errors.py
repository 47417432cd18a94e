"""What can go wrong before or around a scan, each with its exit code.

NhilintError (5)            something nobody foresaw has a plainer name below
└── UsageError (2)          the command line, a setting or a revision cannot be used
    └── CatalogueError (2)  a check, framework or configuration file is wrong, at a place
"""

from __future__ import annotations


class NhilintError(Exception):
    """Base of every expected error; its text is for the user."""

    exit_code = 5


class UsageError(NhilintError):
    """The run could not start. The text says what was expected and what to do."""

    exit_code = 2


class CatalogueError(UsageError):
    """A policy or configuration file is wrong at a place."""

    def __init__(self, path: str, line: int, column: int, message: str) -> None:
        self.path = path
        self.line = line
        self.column = column
        self.message = message
        super().__init__(f"{path}:{line}:{column}: {message}")
