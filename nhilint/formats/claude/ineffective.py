"""The form in which this family reports settings that Claude Code accepts and then ignores."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.tool import IneffectiveSetting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.model.place import Place

_LONGEST = 120
_OPAQUE = "a matter of what a script does"
DOCS = "https://code.claude.com/docs/en/"


class Fault(NamedTuple):
    """Why a setting does nothing. `source` is a page of the product's documentation or a full address.

    `protects`: whether its author counts on it to hold something back, so that losing it widens authority; None where
    its words do not tell.
    """

    reason: str
    instead: str
    source: str
    protects: bool | None = True


def first_of(entries: Sequence[str]) -> str:
    """The entries of a list that a message has room for, whole, and a sign where more follow; a lone one that is too
    long for it by its beginning."""
    room, shown = _LONGEST, 0
    while shown < len(entries) and len(entries[shown]) <= room:
        room -= len(entries[shown]) + 2
        shown += 1
    told = list(entries[:shown]) or [entry[: _LONGEST - 1] for entry in entries[:1]]
    return ", ".join(told) + ("" if shown == len(entries) else "…" if not shown else ", …")


def ineffective_setting(setting: str, fault: Fault, at: Place) -> IneffectiveSetting:
    """The fault as a record of the vocabulary."""
    source = fault.source if fault.source.startswith("https://") else DOCS + fault.source
    return IneffectiveSetting(
        at=at,
        setting=Known(setting, at),
        reason=Known(fault.reason, at),
        instead=Known(fault.instead, at),
        source=Known(source, at),
        protective=Known(fault.protects, at) if fault.protects is not None else Unknown(_OPAQUE, at),
    )
