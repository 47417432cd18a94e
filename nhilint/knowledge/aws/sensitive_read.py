"""Which AWS actions hand out secrets, credentials or the bodies of stored data: what an agent could carry off.

A short, reviewed list in a data file that names its sources; metadata and plain lists are not in it. Whether the
resource is narrow or the data harmless is for the caller.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from nhilint.knowledge.aws.action_set import matching_any

if TYPE_CHECKING:
    from nhilint.knowledge.aws.action_set import ActionSet

_DATA = Path(__file__).parent.parent / "data" / "aws-sensitive-reads.txt"


class SensitiveRead(StrEnum):
    """What an action hands out."""

    SECRET = "secret"  # noqa: S105  # a class name, not a password
    CREDENTIAL = "credential"
    DATA = "data"


def is_sensitive_read(action: str) -> bool:
    """Whether `service:Name` (any case, no wildcard) is on the list."""
    return any(action in sensitive_reads(kind) for kind in SensitiveRead)


@cache
def sensitive_reads(kind: SensitiveRead) -> ActionSet:
    """The actions of one class, for use with & on what a policy allows."""
    _header, *blocks = _DATA.read_text("ascii").rstrip("\n").split("\n\n")
    by_kind = dict(block.split("\n", 1) for block in blocks)
    return matching_any(by_kind[kind].split("\n"))
