"""Text from a scanned repository becomes text that a terminal, a log and a reader can be shown.

File names and values are an attacker's to choose. Escape sequences would drive the terminal, bidirectional controls
would reorder a line, and on a GitHub runner a line that starts with `::`, or has `##[` anywhere, is a command
(actions/runner, src/Runner.Common/ActionCommand.cs). Nothing is dropped: what cannot be shown is spelled out.
"""

from __future__ import annotations

import re
from unicodedata import category

from nhilint.source.deferred import Deferred

_COMMAND_AT_LINE_START = Deferred(r"^((?:[^\S\n]|\x1b\[[0-9;]*m)*)::", flags=re.MULTILINE)
_UNDECODABLE = range(0xDC80, 0xDD00)


def printable(text: str) -> str:
    """The text with every control, format, surrogate, private and unassigned character written as an escape.

    Line ends and tabs are controls too: the result is one line. Spaces of any width stay.
    """
    if text.isprintable():
        return text
    return "".join(map(spelled, text))


def one_line(text: str) -> str:
    """A message as one printable line, its runs of white space made single spaces."""
    return printable(" ".join(text.split()))


def printable_lines(text: str) -> str:
    """The same for text whose line breaks are meant; tabs become four spaces."""
    return "\n".join(printable(line.replace("\t", "    ")) for line in text.split("\n"))


def spelled(char: str) -> str:
    """One character as itself, or as `\\x1b`, `\\u202e`, `\\U000e0041`.

    A byte of a file name that is not UTF-8 arrives as a lone surrogate (PEP 383) and is written as that byte.
    """
    if char.isprintable() or category(char) == "Zs":
        return char
    code = ord(char)
    if code in _UNDECODABLE:
        return f"\\x{code - 0xDC00:02x}"
    if code > 0xFFFF:
        return f"\\U{code:08x}"
    return f"\\u{code:04x}" if code > 0xFF else f"\\x{code:02x}"


def inert(report: str) -> str:
    """A finished report, coloured or not, in which no line is a workflow command."""
    return _COMMAND_AT_LINE_START.sub(r"\1\\::", report.replace("##[", "##\\["))
