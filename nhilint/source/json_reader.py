"""JSON and JSONC text becomes a value, and, when asked, places and comments.

Values come from the standard library's decoder, which reads strict JSON (RFC 8259) only: NaN and Infinity are refused
as every other JSON reader does. Text that it refuses is tried once more without comments and trailing commas
(`json_text`) and with texts for bare template expressions (`json_shield`); so there is one decoder and one meaning. In
a `.json` file that second try leaves a remark.
"""

from __future__ import annotations

import json
import re
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn

from nhilint.source.comment import Comment, comment_at
from nhilint.source.deferred import Deferred
from nhilint.source.json_places import find_places, find_tokens
from nhilint.source.json_shield import has_bare_expressions, shielded
from nhilint.source.json_text import comment_offsets, strict_text
from nhilint.source.limits import Limits, check_value, too_deep
from nhilint.source.lines import Lines, position_in
from nhilint.source.place import Reader, Reading
from nhilint.source.surrogates import has_surrogate_escape, without_lone_surrogates
from nhilint.source.unreadable import Remark, Unreadable, UnreadableKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from nhilint.source.value import Value

_MOST_REMARKS = 100
_LONG_NUMBER = Deferred(r"[0-9]{4301}")
"""CPython does not read integers of more than 4,300 digits (sys.get_int_max_str_digits)."""


def read_json(text: str, limits: Limits, *, expect_comments: bool = False) -> Reading:
    """The value of a JSON text; the last of equal keys counts, and is remarked on.

    Raises Unreadable: 'empty' for white space, 'malformed', 'too-deep', 'too-many-nodes'.
    """
    if not text.strip():
        raise Unreadable("the file is empty", 1, 1, UnreadableKind.EMPTY)
    remarks: list[Remark] = []
    try:
        value, has_repeats = _decode(text, limits)
    except Unreadable as refusal:
        if refusal.kind is not UnreadableKind.MALFORMED or (strict := _second_try(text)) == text:
            raise
        value, has_repeats = _decode(strict, limits)
        if not expect_comments:
            remarks.append(_lenient_remark(refusal))
    if has_repeats:
        remarks.extend(_repeat_remarks(text))
    containers = text.count("[") + text.count("{")
    # A value follows the start, a comma or an opening bracket, so these counts bound depth and nodes from above.
    if containers > limits.depth or containers + text.count(",") >= limits.nodes:
        check_value(value, limits)
    if has_surrogate_escape(text):
        value, is_changed = without_lone_surrogates(value)
        if is_changed:
            remarks.append(Remark("half a surrogate pair was replaced by U+FFFD", 1, 1, "lone-surrogate"))
    return Reading(value, tuple(remarks))


def find_comments(text: str) -> tuple[Comment, ...]:
    """Every `//` and `/* */` comment; `/` inside a string starts none."""
    if "//" not in text and "/*" not in text:
        return ()
    lines = Lines(text)
    return tuple(comment_at(text, lines, start, end) for start, end in comment_offsets(text))


def _second_try(text: str) -> str:
    """The text without what JSON does not have but people write: comments, last commas, bare expressions."""
    return strict_text(shielded(text) if has_bare_expressions(text) else text)


def _decode(text: str, limits: Limits) -> tuple[Value, bool]:
    """The value of strict JSON, and whether some object repeats a key."""
    repeats: list[int] = []

    def entries(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            repeats.append(1)
        return found

    try:
        return json.loads(text, object_pairs_hook=entries, parse_constant=_refuse_constant), bool(repeats)
    except json.JSONDecodeError as error:
        raise Unreadable(_in_lower_case(error.msg), *position_in(text, error.pos)) from None
    except RecursionError:
        raise too_deep(limits) from None
    except _ConstantError as error:
        hit = re.search(rf"(?<![\w\"]){error.args[0]}(?![\w\"])", text)
        place = position_in(text, hit.start() if hit else 0)
        raise Unreadable(f"{error.args[0]} is not a JSON value", *place) from None
    except ValueError:
        hit = _LONG_NUMBER.search(text)
        place = position_in(text, hit.start() if hit else 0)
        raise Unreadable("a number has more than 4,300 digits", *place) from None


class _ConstantError(Exception):
    """NaN, Infinity or -Infinity, which the standard decoder knows and JSON does not."""


def _refuse_constant(name: str) -> NoReturn:
    raise _ConstantError(name)


def _in_lower_case(message: str) -> str:
    """The decoder's message as the middle of a sentence."""
    return message[:1].lower() + message[1:]


def _lenient_remark(refusal: Unreadable) -> Remark:
    message = "the file is not strict JSON: it has comments, trailing commas or bare templates, which loaders refuse"
    return Remark(message, refusal.line or 1, refusal.column or 1, "lenient-json")


def _repeat_remarks(text: str) -> list[Remark]:
    lines = Lines(text)
    message = "the key is given twice in one object; the last one counts"
    places = [lines.position(offset) for offset in find_tokens(text).repeated[:_MOST_REMARKS]]
    return [Remark(message, *place, "duplicate-key") for place in places]


JSON = Reader(read_json, find_places, find_comments)
_read_jsonc: Callable[[str, Limits], Reading] = partial(read_json, expect_comments=True)
JSONC = Reader(_read_jsonc, find_places, find_comments)
