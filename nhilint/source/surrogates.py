"""Half surrogate pairs, which JSON can write as escapes and no text can hold, become U+FFFD.

RFC 8259 section 8.2 leaves their meaning open; Python's decoder lets them through, and any later attempt to write
such a text as UTF-8 would fail. Whole pairs are already one character by then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.source.value import Value

_ESCAPE = Deferred(r"\\u[dD][89a-fA-F]")
_LONE = Deferred("[\ud800-\udfff]")


def has_surrogate_escape(text: str) -> bool:
    """Whether JSON source may decode to half a pair."""
    return _ESCAPE.search(text) is not None


def repaired(text: str) -> str:
    """The text with U+FFFD for every half pair."""
    return _LONE.sub("\ufffd", text)


def without_lone_surrogates(value: Value) -> tuple[Value, bool]:
    """The same value with its texts and keys repaired, and whether that changed anything.

    Recursive: call it only on values whose depth was checked.
    """
    if isinstance(value, str):
        text = repaired(value)
        return text, text != value
    if isinstance(value, list):
        items = [without_lone_surrogates(item) for item in value]
        return [item for item, _ in items], any(is_changed for _, is_changed in items)
    if isinstance(value, dict):
        entries = {repaired(key): without_lone_surrogates(item) for key, item in value.items()}
        is_changed = entries.keys() != value.keys() or any(is_changed for _, is_changed in entries.values())
        return {key: item for key, (item, _) in entries.items()}, is_changed
    return value, False
