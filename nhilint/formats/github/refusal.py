"""Whether GitHub refuses a workflow or action as a whole: a key given twice, at any depth, and nothing in it runs.

Its parser says that the key "is already defined", where others take the last one.
Sources, read 2026-11-22: https://github.com/radius-project/radius/pull/11744 (keys at the top of a workflow),
https://github.com/MDA2AV/HttpArena/pull/1036 (in a step), https://github.com/hahwul/deadfinder/issues/28 (an action).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.model.finding import Problem

if TYPE_CHECKING:
    from nhilint.source.document import Document


_MESSAGE = "the key is given twice in one mapping: GitHub refuses the whole file, and nothing in it runs"
_KIND = "duplicate-key"


def refusals(document: Document) -> tuple[Problem, ...]:
    """What to tell of a file that GitHub refuses, at each key that stands there for the second time."""
    return tuple(
        Problem(document.path, _KIND, _MESSAGE, remark.line, remark.column, incomplete=False)
        for remark in document.warnings
        if remark.kind == _KIND
    )
