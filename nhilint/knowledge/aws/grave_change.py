"""Which AWS actions hand access to others, and which end a record, a detector or a guardrail.

A short, reviewed list in a data file that names its sources. It is narrower than AWS's level "Permissions management",
which also holds plain reads, changes of network rules and removals. Whether the resource is narrow is for the caller.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from nhilint.knowledge.aws.action_set import matching_any

if TYPE_CHECKING:
    from nhilint.knowledge.aws.action_set import ActionSet

_DATA = Path(__file__).parent.parent / "data" / "aws-grave-changes.txt"


class GraveChange(StrEnum):
    """What an action does."""

    OPENS_ACCESS = "opens_access"
    SILENCES = "silences"


@cache
def grave_changes(kind: GraveChange) -> ActionSet:
    """The actions of one class, for use with & on what a policy allows."""
    _header, *blocks = _DATA.read_text("ascii").rstrip("\n").split("\n\n")
    by_kind = dict(block.split("\n", 1) for block in blocks)
    return matching_any(by_kind[kind].split("\n"))
