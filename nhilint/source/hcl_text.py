"""The source of HCL's strings, heredocs and numbers becomes what it says.

By the template and literal rules of the HCL native syntax specification; templates that interpolate are not handled
here, they stay source.
"""

from __future__ import annotations

import re

from nhilint.source.deferred import Deferred

_ESCAPE = Deferred(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))|\$\$(?=\{)|%%(?=\{)", flags=re.DOTALL)
_NAMED = {"n": "\n", "r": "\r", "t": "\t"}
_TEMPLATE_ESCAPE = Deferred(r"\$\$(?=\{)|%%(?=\{)")
_LONGEST_INTEGER = 3000
_LINE = Deferred(r"[^\n]*\n|[^\n]+")


def quoted_text(source: str) -> str:
    """The text of a quoted string that interpolates nothing; quotes included in the source."""
    inner = source[1:-1]
    if "\\" not in inner and "${" not in inner and "%{" not in inner:
        return inner
    return _ESCAPE.sub(_unescape, inner)


def heredoc_text(source: str) -> str:
    """The text of a heredoc that interpolates nothing; `<<-` takes the smallest indentation off every line."""
    lines = _LINE.findall(source)
    content = lines[1:-1]
    if source.startswith("<<-"):
        indents = [len(line) - len(line.lstrip(" \t")) for line in content if line.strip()]
        smallest = min(indents, default=0)
        content = [line[min(smallest, len(line) - len(line.lstrip(" \t"))) :] for line in content]
    text = "".join(content)
    return _TEMPLATE_ESCAPE.sub(lambda hit: hit[0][0], text) if "${" in text or "%{" in text else text


def number(source: str) -> int | float | None:
    """The value of an unsigned decimal number; None for any other notation, and for thousands of digits."""
    if len(source) > _LONGEST_INTEGER:
        return None
    try:
        return int(source) if source.isdigit() else float(source)
    except ValueError:
        return None


def _unescape(hit: re.Match[str]) -> str:
    short, long, named = hit.groups()
    if short or long:
        code = int(short or long, 16)
        return "\ufffd" if 0xD800 <= code < 0xE000 or code > 0x10FFFF else chr(code)
    if named:
        return _NAMED.get(named, named)
    return hit[0][0]
