"""A stretch of a decoded scalar becomes the exact stretch of source that it was read from.

A finding often concerns a few characters of a long string: an action in a script, an image in a command line. Source
and decoded text are walked side by side and cut into runs, stretches in which one character of source gives one
decoded character; escapes, folded line ends and indentation lie between runs. Where the two cannot be matched the
answer is None, and the caller shows the whole value.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from nhilint.source.deferred import Deferred
from nhilint.source.place import Offsets, Place, Style


class Run(NamedTuple):
    """From decoded index `decoded` on, characters come from source offset `source` on, each `width` long."""

    decoded: int
    source: int
    width: int


_ESCAPE = (
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|x[0-9a-fA-F]{2}"
    r"|[ \t]*\r?\n\s*|[^\r\n])"
)
_FOLD = r"[ \t]*(?:\r?\n[ \t]*)+"
_PIECES = {
    Style.ESCAPED: Deferred(rf"({_ESCAPE})|[^\\\n]+\n?|\n|\\"),
    Style.TEMPLATE: Deferred(rf"({_ESCAPE}|\$\$(?=\{{)|%%(?=\{{))|[^\\$%\n]+\n?|[\n$%\\]"),
    Style.HEREDOC: Deferred(r"(\$\$(?=\{)|%%(?=\{))|[^$%\n]+\n?|[\n$%]"),
    Style.PLAIN: Deferred(rf"({_FOLD})|[^\n]*[^ \t\r\n]|[ \t]+"),
    Style.DOUBLED: Deferred(rf"(''|{_FOLD})|[^'\n]*[^' \t\r\n]|[ \t]+|'"),
    Style.FOLDED: Deferred(rf"({_ESCAPE}|{_FOLD})|[^\\\n]*[^\\ \t\r\n]|[ \t]+|\\"),
}
"""Each match is a unit that is no plain character (group 1) or a stretch of plain characters, at most one line."""
_PLAIN_LINES = Deferred(r"()(?!)|[^\n]+\n?|\n")
_LINE = Deferred(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_NAMED = dict(zip("0abtnvfreNLP_", "\0\a\b\t\n\v\f\r\x1b\x85\u2028\u2029\xa0", strict=True))
"""Escapes by name, those of YAML 1.2.2 section 5.7; the other syntaxes have some of them with the same meaning."""
_WHITE = " \t\r\n"


def narrow(text: str, place: Place, decoded: str, within: Offsets) -> Offsets | None:
    """The source offsets of decoded[within[0]:within[1]], or None when they cannot be told."""
    start, end = within
    if not 0 <= start <= end <= len(decoded):
        return None
    runs = _runs(text, place, decoded)
    if runs is None:
        return None
    if not runs:
        return (place.start, place.start)
    first = _locate(runs, start)
    last = _locate(runs, end - 1) if end > start else (first[0], 0)
    return (min(first[0], place.end), min(last[0] + last[1], place.end))


def _locate(runs: list[Run], index: int) -> tuple[int, int]:
    """Source offset and width of the decoded character at `index`."""
    run = runs[bisect_right(runs, index, key=lambda run: run.decoded) - 1]
    return run.source + index - run.decoded, run.width


def _runs(text: str, place: Place, decoded: str) -> list[Run] | None:
    start, end = place.content, place.end
    if place.style is Style.OPAQUE:
        return None
    pieces = _PIECES.get(place.style, _PLAIN_LINES)
    if place.style in {Style.BLOCK, Style.HEREDOC}:
        return _block_runs(text, start, end, decoded, pieces)
    if place.style not in {Style.RAW, Style.PLAIN}:
        start, end = _inside_quotes(text, start, end, place.style)
    if end - start == len(decoded) and text.startswith(decoded, start):
        return [Run(0, start, 1)]
    return _aligned(text[start:end], decoded, pieces, [(0, start)])


def _inside_quotes(text: str, start: int, end: int, style: Style) -> Offsets:
    """Without the quotes; TOML's triple ones may be followed by a line end that does not count."""
    is_triple = style is not Style.DOUBLED and text.startswith(('"""', "'''"), start)
    width = 3 if is_triple and end - start >= 6 else 1
    start, end = start + width, end - width
    if width == 3:
        start += 2 if text.startswith("\r\n", start) else text.startswith("\n", start)
    return start, end


def _block_runs(text: str, start: int, end: int, decoded: str, pieces: Deferred) -> list[Run] | None:
    """Drop header and indentation of a block, then align what is left."""
    content = text.find("\n", start, end) + 1
    if not content:
        return None if decoded else []
    lines = _LINE.findall(text, content, end)
    indent = _indentation(lines, decoded)
    kept: list[str] = []
    origins: list[tuple[int, int]] = []
    length, offset = 0, content
    for line in lines:
        skip = min(indent, len(line) - len(line.lstrip(" \t")))
        origins.append((length, offset + skip))
        kept.append(line[skip:])
        length += len(line) - skip
        offset += len(line)
    return _aligned("".join(kept), decoded, pieces, origins)


def _indentation(lines: list[str], decoded: str) -> int:
    """How many leading characters the first line with content lost on its way into the decoded text."""
    first = next((line for line in lines if line.strip()), "")
    wanted = next((line for line in decoded.split("\n") if line.strip()), "")
    return (len(first) - len(first.lstrip(" \t"))) - (len(wanted) - len(wanted.lstrip(" \t")))


def _aligned(source: str, decoded: str, pieces: Deferred, origins: list[tuple[int, int]]) -> list[Run] | None:
    """Runs of `decoded` over `source`; `origins` says at which offset of the file each stretch of `source` lies."""
    marks: list[tuple[int, int, int]] = []
    reached = 0
    for piece in pieces.finditer(source):
        if reached == len(decoded):
            break
        taken = _match_unit(piece[0], decoded, reached) if piece[1] else _match_plain(piece[0], decoded, reached)
        if taken is None:
            return None
        marks.extend((there, piece.start() + here, width) for there, here, width in taken[0])
        reached = taken[1]
    return _placed(marks, origins) if not decoded[reached:].strip(_WHITE) else None


def _match_unit(unit: str, decoded: str, there: int) -> tuple[list[tuple[int, int, int]], int] | None:
    """The marks of one escape or fold, and the decoded index behind it; None when it does not fit."""
    made = _unit_text(unit)
    if not decoded.startswith(made, there):
        return None
    return [(there + index, 0, len(unit)) for index in range(len(made))], there + len(made)


def _match_plain(piece: str, decoded: str, there: int) -> tuple[list[tuple[int, int, int]], int] | None:
    """The marks of a stretch without escapes; white space of the source may be missing or folded in the decoded."""
    if decoded.startswith(piece, there):
        return [(there, 0, 1)], there + len(piece)
    marks: list[tuple[int, int, int]] = []
    in_step = False
    for here, character in enumerate(piece):
        if there < len(decoded) and _is_same(character, decoded[there]):
            if not in_step:
                marks.append((there, here, 1))
            there, in_step = there + 1, True
        elif character in _WHITE:
            in_step = False
        elif there < len(decoded):
            return None
        else:
            break
    return marks, there


def _is_same(source: str, decoded: str) -> bool:
    """Whether one gives the other; a line end may fold into a blank."""
    return source == decoded or (decoded == " " and source in "\r\n")


def _unit_text(unit: str) -> str:
    """What a unit of source that is no plain character decodes to."""
    if unit[0] != "\\":
        return ("\n" * (unit.count("\n") - 1) or " ") if "\n" in unit else unit[0]
    name = unit[1]
    if name in "xuU" and len(unit) > 2:
        codes = [int(code, 16) for code in re.findall(r"\\[xuU]([0-9a-fA-F]+)", unit)]
        if len(codes) == 2:
            return chr(0x10000 + ((codes[0] & 0x3FF) << 10) + (codes[1] & 0x3FF))
        return "\ufffd" if 0xD800 <= codes[0] < 0xE000 or codes[0] > 0x10FFFF else chr(codes[0])
    return "" if unit[-1] in "\r\n" or "\n" in unit else _NAMED.get(name, name)


def _placed(marks: list[tuple[int, int, int]], origins: list[tuple[int, int]]) -> list[Run]:
    """Marks over the joined pieces become runs over the file, cut again where pieces meet."""
    runs: list[Run] = []
    starts = [start for start, _ in origins]
    for number, (decoded, source, width) in enumerate(marks):
        upto = marks[number + 1][0] - decoded if number + 1 < len(marks) else None
        piece = bisect_right(starts, source) - 1
        runs.append(Run(decoded, origins[piece][1] + source - starts[piece], width))
        for later in range(piece + 1, len(origins)):
            ahead = starts[later] - source
            if upto is not None and ahead >= upto:
                break
            runs.append(Run(decoded + ahead, origins[later][1], 1))
    return runs
