"""What the terminal can show and what its user wants of it."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO

_USUAL_WIDTH = 100


def wants_color(stream: TextIO) -> bool:
    """Whether colours may be written: to a terminal that knows them, for a user who has not refused them."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width_of_line() -> int:
    """The cells of a line: what COLUMNS says, else the terminal, else 100. As in shutil, whose import is not free."""
    stated = os.environ.get("COLUMNS", "")
    if stated.isdecimal() and int(stated) > 0:
        return int(stated)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or _USUAL_WIDTH
    except (OSError, ValueError):
        return _USUAL_WIDTH
