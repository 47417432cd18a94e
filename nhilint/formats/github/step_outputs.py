"""What an earlier step of the same job may have written as an output, where its script writes the texts out.

`echo "role=arn:aws:iam::111122223333:role/plan" >> "$GITHUB_OUTPUT"` in one branch of a script and another text in the
next: a later `${{ steps.choose.outputs.role }}` is one of them. What a script works out (`role=$(…)`, `role=$ROLE`) no
file tells. Source, read 2026-11-23: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
("Setting an output parameter", from a survey, page not re-read).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.formats.node import Node

_OUTPUT = Deferred(r"\$\{\{\s*steps\.([\w-]{1,100})\.outputs\.([\w-]{1,100})\s*\}\}")
_TO = "GITHUB_OUTPUT"
_WORKED_OUT = Deferred(r"\$(?!\{\{)|`")
_MOST = 50


def texts_of_output(text: str, job: Node) -> tuple[str, ...]:
    """The texts that an expression for one output of a step may stand for; none where no script writes one out."""
    asked = _OUTPUT.fullmatch(text.strip())
    if asked is None:
        return ()
    step = next((one for one in job["steps"].items() if one.value_under("id") == asked[1]), None)
    script = step.value_under("run") if step is not None else None
    if not isinstance(script, str) or _TO not in script:
        return ()
    return _written(script, asked[2])


def _written(script: str, name: str) -> tuple[str, ...]:
    """The texts that the script prints under the name; those that it works out are left out."""
    printed = re.compile(
        rf"\b(?:echo|printf)[ \t]+([\"']?){re.escape(name)}=([^\"'\n]{{1,300}}?)(?:\\n)?\1[ \t]*(?:>>|;|$)",
        flags=re.MULTILINE,
    )
    found = (match[2].strip() for match in printed.finditer(script))
    return tuple(dict.fromkeys(text for text in found if _WORKED_OUT.search(text) is None))[:_MOST]
