"""TOML text becomes a value, and, when asked, places and comments.

Values come from the standard library (TOML 1.0); dates and times become their ISO 8601 text, since no other syntax
here has them. Places come from `toml_places`.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from nhilint.source.deferred import Deferred
from nhilint.source.limits import Limits, check_value, too_deep
from nhilint.source.lines import Lines
from nhilint.source.place import Place, Reader, Reading
from nhilint.source.unreadable import Unreadable, UnreadableKind

if TYPE_CHECKING:
    from nhilint.source.comment import Comment

_PLACE = Deferred(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_REPEATED = Deferred(r"Cannot (?:overwrite|declare|mutate)|already|twice|immutable", flags=re.IGNORECASE)


def read_toml(text: str, limits: Limits) -> Reading:
    """The value of a TOML text; a key that is given twice makes it Unreadable('duplicate-key'), as TOML demands."""
    _check_keys(text, limits)
    try:
        value = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _refusal(text, error) from None
    except RecursionError:
        raise too_deep(limits) from None
    except ValueError:
        raise Unreadable("a number has more than 4,300 digits") from None
    check_value(value, limits)
    _write_out_dates(value)
    return Reading(value, ())


def find_places(text: str, limits: Limits) -> Place:
    """The places of a TOML text that `read_toml` has read."""
    from nhilint.source.toml_places import find_places as find

    return find(text, limits)


def find_comments(text: str) -> tuple[Comment, ...]:
    """Every `#` comment."""
    if "#" not in text:
        return ()
    from nhilint.source.toml_places import find_comments as find

    return find(text)


def _check_keys(text: str, limits: Limits) -> None:
    """Refuse dotted keys of too many parts before the decoder sees them: it takes the square of their number."""
    if text.count(".") <= limits.depth or max(line.count(".") for line in text.split("\n")) <= limits.depth:
        return
    from nhilint.source.toml_places import longest_key

    if longest_key(text) > limits.depth:
        raise too_deep(limits)


def _refusal(text: str, error: tomllib.TOMLDecodeError) -> Unreadable:
    """The decoder's complaint, with the place taken out of its message."""
    message = str(error)
    kind = UnreadableKind.DUPLICATE_KEY if _REPEATED.search(message) else UnreadableKind.MALFORMED
    place = _PLACE.search(message)
    line, column = (int(place[1]), int(place[2])) if place and place[1] else Lines(text).position(len(text))
    words = _PLACE.sub("", message)
    words = "a key or table is given twice" if kind is UnreadableKind.DUPLICATE_KEY else words[:1].lower() + words[1:]
    return Unreadable(words, line, column, kind)


def _write_out_dates(root: dict[str, Any]) -> None:
    """Replace dates and times by their text, in place and without recursion."""
    containers: list[Any] = [root]
    while containers:
        container = containers.pop()
        pairs = container.items() if isinstance(container, dict) else enumerate(container)
        for step, value in list(pairs):
            if isinstance(value, datetime | date | time):
                container[step] = value.isoformat()
            elif isinstance(value, dict | list):
                containers.append(value)


TOML = Reader(read_toml, find_places, find_comments)
