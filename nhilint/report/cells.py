"""Text is measured and wrapped in terminal cells.

East Asian wide characters and emoji take two cells, combining marks none (Unicode Standard Annex 11; ambiguous
characters count as one, as terminals outside East Asian locales show them).
"""

from __future__ import annotations

from unicodedata import combining, east_asian_width


def cells(text: str) -> int:
    """How many cells a printable text takes."""
    if text.isascii():
        return len(text)
    return sum(map(cells_of, text))


def cells_of(char: str) -> int:
    """How many cells one printable character takes: 0, 1 or 2."""
    if combining(char) or char in "\ufe0e\ufe0f":
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def wrap(text: str, width: int) -> list[str]:
    """The words of a text as lines of at most `width` cells; a longer word keeps a line of its own, uncut."""
    lines: list[str] = []
    line = ""
    used = 0
    for word in text.split(" "):
        needed = cells(word)
        if line and used + 1 + needed > width:
            lines.append(line)
            line, used = word, needed
        elif line:
            line, used = f"{line} {word}", used + 1 + needed
        else:
            line, used = word, needed
    return [*lines, line]
