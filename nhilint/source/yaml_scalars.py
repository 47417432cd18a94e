"""Plain YAML scalars become values by the core schema of YAML 1.2.2 (section 10.3.2), and tags by its section 10.

`true`, `0o17`, `0x1F`, `1e3` and `~` have a meaning; `yes`, `no`, `on`, `off`, `012:30`, dates and `1_000` are text,
which is how the agents and CI systems whose files are read here understand them.
"""

from __future__ import annotations

from nhilint.source.deferred import Deferred
from nhilint.source.value import Tagged, Value

_WORDS: dict[str, Value] = {
    "": None,
    "~": None,
    **dict.fromkeys(("null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_NUMBER_STARTS = frozenset("0123456789+-.")
_DECIMAL = Deferred(r"[-+]?[0-9]+")
_FLOAT = Deferred(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_INFINITY = Deferred(r"([-+]?)\.(?:inf|Inf|INF)")
_NOT_A_NUMBER = frozenset((".nan", ".NaN", ".NAN"))
_STANDARD = "tag:yaml.org,2002:"
_LONGEST_INTEGER = 3000
"""CPython writes integers of at most 4,300 decimal digits (sys.get_int_max_str_digits); longer ones stay text."""


def plain_value(text: str) -> Value:
    """The value of an untagged plain scalar."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMBER_STARTS:
        return text
    number = _number(text)
    return text if number is None else number


def tagged_value(tag: str, text: str) -> Value:
    """The value of a scalar with an explicit tag; a tag that is unknown or does not fit is kept, not obeyed."""
    name = tag.removeprefix(_STANDARD)
    if name == "str":
        return text
    value = plain_value(text)
    fits = (
        (name == "null" and value is None)
        or (name == "bool" and isinstance(value, bool))
        or (name == "int" and isinstance(value, int) and not isinstance(value, bool))
    )
    if fits:
        return value
    if name == "float" and isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    return Tagged(short_tag(tag), text)


def short_tag(tag: str) -> str:
    """A tag as its author writes it: `!Ref`, or `!!set` for one of YAML's own."""
    return f"!!{tag.removeprefix(_STANDARD)}" if tag.startswith(_STANDARD) else tag


def _number(text: str) -> int | float | None:
    if _DECIMAL.fullmatch(text):
        return int(text) if len(text) <= _LONGEST_INTEGER else None
    if text.startswith(("0o", "0x")):
        return _based(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if infinity := _INFINITY.fullmatch(text):
        return float(f"{infinity[1]}inf")
    return float("nan") if text in _NOT_A_NUMBER else None


def _based(text: str) -> int | None:
    digits, base = text[2:], 8 if text[1] == "o" else 16
    allowed = "01234567" if base == 8 else "0123456789abcdefABCDEF"
    return int(digits, base) if 0 < len(digits) <= _LONGEST_INTEGER and not digits.strip(allowed) else None
