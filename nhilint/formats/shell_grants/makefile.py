"""The recipes of a Makefile are read as the shell reads them, character by character where they stand.

Source: https://www.gnu.org/software/make/manual/make.html (recipe syntax, `$$`, `$(NAME)`, `@` and `-` before a line,
`:=` and `=`), not re-read. A variable of make counts where it is set once and is plain text; `?=` gives way to the
environment, and a function of make is something that only a run can tell.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from nhilint.formats.shell_grants.script import grants_of
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.model.resource import Extraction
    from nhilint.source.document import Document

_MARKS = Deferred(r"^[@+ \t-]{1,20}")
_REFERENCE = Deferred(r"\$\$|\$\(([A-Za-z_][\w.-]{0,127})\)|\$\([^()]{0,200}\)")
_SETS = Deferred(
    r"^(?:export[ \t]+|override[ \t]+)?([A-Za-z_]\w{0,127})[ \t]{0,20}(:{0,3}=|\?=|\+=)[ \t]{0,20}([^\n]*)$",
    flags=re.MULTILINE,
)


def extract(document: Document, claim: Claim) -> Extraction:
    """The identities of a Makefile."""
    return grants_of(shell_text(document.text), document.path, claim.format, _set_once(document.text))


def shell_text(text: str) -> str:
    """The recipes as shell, each character where it was; everything else is blank."""
    lines = []
    goes_on = False
    for line in text.split("\n"):
        is_recipe = line.startswith("\t") or goes_on
        bare = line if goes_on else _MARKS.sub(lambda hit: " " * len(hit[0]), line)
        lines.append(_REFERENCE.sub(_as_shell, bare) if is_recipe else " " * len(line))
        goes_on = is_recipe and line.rstrip("\r").endswith("\\")
    return "\n".join(lines)


def _as_shell(hit: re.Match[str]) -> str:
    """`$(NAME)` as `${NAME}`, a function of make as a variable that nobody sets, `$$` as one sign behind nothing."""
    if hit[0] == "$$":
        return "\0$"
    return f"${{{hit[1]}}}" if hit[1] else f"${{{'_' * (len(hit[0]) - 3)}}}"


def _set_once(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    seen: Counter[str] = Counter()
    for match in _SETS.finditer(text):
        name, sign, value = match[1], match[2], match[3].partition(" #")[0].strip()
        seen[name] += 1
        if sign not in ("?=", "+=") and "$" not in value and not value.endswith("\\"):
            found[name] = value
    return {name: value for name, value in found.items() if seen[name] == 1}
