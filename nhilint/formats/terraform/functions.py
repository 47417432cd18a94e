"""The functions of Terraform that a policy's values are put together with, over values that are known.

Source: developer.hashicorp.com/terraform/language/functions, partly re-read 2026-11-22. None where a result cannot be
told from what is known; nothing is read or executed.
"""

from __future__ import annotations

from itertools import islice, product
from math import prod
from typing import TYPE_CHECKING

from nhilint.formats.aws.assembled import Assembled, KnownInPart, mapping, sequence
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.formats.node import Node
    from nhilint.model.place import Place

_LISTS = frozenset({"concat", "flatten", "toset", "tolist", "distinct", "compact", "sort", "setunion"})
_FIRST = frozenset(
    {
        "jsonencode",
        "tostring",
        "tomap",
        "sensitive",
        "nonsensitive",
        "trimspace",
        "jsondecode",
        "one",
        "coalesce",
        "try",
    }
)
_VERB = Deferred(r"%[sdv]")
_MOST = 2_000
_DIGITS = 6


def result(function: str, parts: Sequence[Assembled], place: Place) -> Assembled | None:
    """What a function gives for the values of its arguments."""
    if function in _FIRST and parts:
        return _first(function, parts, place)
    if function in _LISTS:
        return _listed(function, parts, place)
    if function == "merge":
        return _merged(parts, place)
    if function in ("keys", "values") and len(parts) == 1 and parts[0].is_mapping:
        return _of_mapping(function, parts[0], place)
    if function in ("element", "lookup", "length", "contains") and parts:
        return _found(function, parts, place)
    return _product(parts, place) if function == "setproduct" else _written(function, parts, place)


def _listed(function: str, parts: Sequence[Assembled], place: Place) -> Assembled:
    """One list of all; `compact` leaves out what is null or an empty text."""
    items = [item for part in parts for item in (part.items() if part.is_list else [part])]
    if function == "compact":
        items = [item for item in items if item.exists and item.value not in (None, "")]
    return sequence(_flat(items) if function == "flatten" else items, place)


def _product(parts: Sequence[Assembled], place: Place) -> Assembled | None:
    """Every combination of an element of each list."""
    columns = [list(part.items()) for part in parts if part.is_list]
    if len(columns) != len(parts) or prod(map(len, columns)) > _MOST:
        return None
    return sequence([sequence(row, place) for row in product(*columns)], place)


def _merged(parts: Sequence[Assembled], place: Place) -> Assembled | None:
    """One object of all; an argument that is a list was spread out: `merge([for …]...)`.

    Beside an argument that cannot be told, what the others state is kept apart.
    """
    objects = [each for part in parts for each in (part.items() if part.is_list else [part])]
    known = [each.part if isinstance(each, KnownInPart) else each for each in objects]
    merged = mapping(dict([pair for each in known for pair in each.entries()][:_MOST]), place)
    if all(each.is_mapping for each in objects):
        return merged
    return KnownInPart(merged, "merge", place) if any(each.is_mapping for each in known) else None


def part_of(held: Node, wanted: object) -> Node | None:
    """An entry of an object by its key, or an element of a list by its number."""
    if isinstance(wanted, float) and wanted.is_integer():
        wanted = int(wanted)
    if held.is_mapping and isinstance(wanted, str) and "${" not in wanted:
        return held[wanted]
    number = int(wanted) if isinstance(wanted, str) and wanted.isdecimal() and len(wanted) < _DIGITS else wanted
    if not held.is_list or not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < _MOST:
        return None
    return next(islice(held.items(), number, None), None)


def as_text(node: Node) -> str:
    """A value as text, with `${…}` for what is none."""
    if isinstance(node.value, bool):
        return "true" if node.value else "false"
    return str(node.value) if isinstance(node.value, str | int | float) else "${value}"


def _first(function: str, parts: Sequence[Assembled], place: Place) -> Assembled | None:
    """The first argument; `coalesce` passes over what is null or empty."""
    if function == "coalesce":
        return next((part for part in parts if part.exists and part.value != ""), None)
    return _lone(parts[0], place) if function == "one" else parts[0]


def _flat(items: Sequence[Node]) -> list[Node]:
    """Lists within a list, two deep, taken out."""
    inner = [each for item in items for each in (item.items() if item.is_list else [item])]
    return [each for item in inner for each in (item.items() if item.is_list else [item])][:_MOST]


def _lone(part: Assembled, place: Place) -> Assembled | None:
    """The element of a list with one; a value that is no list is itself."""
    items = list(part.items()) if part.is_list else [part]
    found = items[0] if len(items) == 1 else None
    return found if isinstance(found, Assembled) else (None if found is None else Assembled(found.value, place))


def _of_mapping(function: str, part: Assembled, place: Place) -> Assembled:
    if function == "keys":
        return sequence([Assembled(key, place) for key, _ in part.entries()], place)
    return sequence([node for _, node in part.entries()], place)


def _found(function: str, parts: Sequence[Assembled], place: Place) -> Assembled | None:
    if function in ("length", "contains"):
        return _counted(function, parts, place)
    return _picked(function, parts, place) if len(parts) > 1 else None


def _counted(function: str, parts: Sequence[Assembled], place: Place) -> Assembled | None:
    """The length of a list or object, or whether a list holds a value; what is unknown could be any number of them."""
    held = parts[0]
    items = list(held.items()) if held.is_list else [node for _, node in held.entries()]
    known = all(not isinstance(item.value, str) or "${" not in item.value for item in items)
    if not known or not (held.is_list or held.is_mapping):
        return None
    if function == "length":
        return Assembled(len(items), place)
    wanted = parts[1].value if len(parts) == 2 else None
    if not isinstance(wanted, str | int) or "${" in str(wanted):
        return None
    return Assembled(any(item.value == wanted for item in items), place)


def _picked(function: str, parts: Sequence[Assembled], place: Place) -> Assembled | None:
    """An element by its index, or by its key with what counts when the key is missing."""
    held, wanted = parts[0], parts[1].value
    if function == "element" and held.is_list and isinstance(wanted, int) and not isinstance(wanted, bool):
        items = list(held.items())
        found = items[wanted % len(items)] if items else None
        return found if isinstance(found, Assembled) else None
    if function == "lookup" and held.is_mapping and isinstance(wanted, str) and "${" not in wanted:
        inner = held[wanted]
        default = parts[2] if len(parts) > 2 else None
        return inner if isinstance(inner, Assembled) and inner.exists else default
    return Assembled(held.value, place) if function == "element" and isinstance(held.value, str) else None


def _written(function: str, parts: Sequence[Assembled], place: Place) -> Assembled | None:
    """Texts that are put together."""
    if function == "join" and len(parts) == 2:
        named = [as_text(item) for item in parts[1].items()] if parts[1].is_list else [as_text(parts[1])]
        return Assembled(as_text(parts[0]).join(named), place)
    if function == "format" and parts and parts[0].is_text:
        return Assembled(_formatted(str(parts[0].value), [as_text(part) for part in parts[1:]]), place)
    if function == "formatlist" and len(parts) > 1 and parts[0].is_text:
        return _formatted_each(str(parts[0].value), parts[1:], place)
    return _changed(function, [as_text(part) for part in parts], place)


def _changed(function: str, texts: Sequence[str], place: Place) -> Assembled | None:
    """A text in another spelling, with a part replaced, or without a part at one end."""
    if function in ("startswith", "endswith") and len(texts) == 2:
        held = _at_its_end(texts[0], texts[1], first=function == "startswith")
        return None if held is None else Assembled(held, place)
    if not texts or texts[0].startswith("${") or any("${" in other for other in texts[1:2]):
        return None
    text = texts[0]
    if function in ("lower", "upper") and "${" not in text:
        return Assembled(text.lower() if function == "lower" else text.upper(), place)
    if function == "replace" and len(texts) == 3:
        return _replaced(texts, place)
    ends = {"trimprefix": text.removeprefix, "trimsuffix": text.removesuffix}
    return Assembled(ends[function](texts[1]), place) if function in ends and len(texts) == 2 else None


def _at_its_end(text: str, wanted: str, *, first: bool) -> bool | None:
    """Whether a text begins or ends with another, as far as what is known of it there says."""
    known = text.partition("${")[0] if first else text.rpartition("}")[2] if "${" in text else text
    short = min(len(known), len(wanted))
    alike = known[:short] == wanted[:short] if first else known[len(known) - short :] == wanted[len(wanted) - short :]
    if "${" in wanted or (alike and "${" in text and len(known) < len(wanted)):
        return None
    return alike and len(known) >= len(wanted)


def _replaced(texts: Sequence[str], place: Place) -> Assembled | None:
    """A text with a plain part replaced; None for an expression between slashes."""
    text, old, new = texts
    is_pattern = len(old) > 1 and old.startswith("/") and old.endswith("/") and old != "//"
    return Assembled(text.replace(old, new), place) if old and not is_pattern else None


def _formatted_each(pattern: str, parts: Sequence[Assembled], place: Place) -> Assembled:
    """A text for each element of the lists among the values; a value that is no list is in all of them."""
    columns = [[as_text(item) for item in part.items()] if part.is_list else None for part in parts]
    length = max((len(column) for column in columns if column is not None), default=1)
    rows = [
        [
            column[index] if column is not None and index < len(column) else as_text(part)
            for column, part in zip(columns, parts, strict=True)
        ]
        for index in range(min(length, _MOST))
    ]
    return sequence([Assembled(_formatted(pattern, row), place) for row in rows], place)


def _formatted(pattern: str, values: Sequence[str]) -> str:
    """A `format` with plain verbs."""
    rest = iter(values)
    return _VERB.sub(lambda _: next(rest, "${value}"), pattern).replace("%%", "%")
