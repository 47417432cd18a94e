"""What an expression of GitHub Actions comes to where the inputs that it asks for are known.

Literals, inputs, `&&`, `||`, `!`, `==`, `!=` and the functions that put texts together or compare them. Whatever else
an expression asks for leaves it unknown, unless the parts that are known decide: `'' && github.actor` is empty.

Source: https://docs.github.com/en/actions/reference/workflows-and-actions/expressions, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.github.expression import Call, Context, Literal, Operation, embedded, parse
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nhilint.formats.github.expression import Term

LONGEST = 20_000
"""A text that comes out longer than this is not known."""
_HOLE = Deferred(r"\{\{|\}\}|\{(\d{1,2})\}")


def filled_in(text: str, inputs: Mapping[str, str]) -> str:
    """The text with each expression in it replaced by what it comes to; one that is not known stays as written."""
    parts: list[str] = []
    position = 0
    for part in embedded(text):
        term = parse(part.source)
        found = evaluated(term, inputs) if term is not None else None
        said = _text(found) if found is not None else None
        parts += [text[position : part.start], text[part.start : part.end] if said is None else said]
        position = part.end
    whole = "".join((*parts, text[position:]))
    return whole if len(whole) <= LONGEST else text


def evaluated(term: Term, inputs: Mapping[str, str]) -> Literal | None:
    """The value of a term; None where it cannot be told. `inputs` are those known, their names in lower case."""
    if isinstance(term, Literal):
        return term
    if isinstance(term, Context):
        is_input = len(term.path) == 2 and term.path[0] == "inputs" and term.path[1] in inputs
        return Literal(inputs[term.path[1]]) if is_input else None
    if isinstance(term, Operation):
        return _operated(term, inputs)
    return _called(term, inputs)


def _operated(term: Operation, inputs: Mapping[str, str]) -> Literal | None:
    if term.sign in ("&&", "||"):
        return _chosen(term, inputs)
    values = [evaluated(operand, inputs) for operand in term.operands]
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return None
    if term.sign == "!":
        return Literal(not _is_true(known[0]))
    if term.sign in ("==", "!="):
        same = _same(*known)
        return Literal(same == (term.sign == "==")) if same is not None else None
    return None


def _chosen(term: Operation, inputs: Mapping[str, str]) -> Literal | None:
    """The first operand that decides: a false one of `&&`, a true one of `||`, or else the last."""
    value: Literal | None = None
    for operand in term.operands:
        value = evaluated(operand, inputs)
        if value is None or _is_true(value) == (term.sign == "||"):
            return value
    return value


def _called(term: Call, inputs: Mapping[str, str]) -> Literal | None:
    values = [evaluated(argument, inputs) for argument in term.arguments]
    texts = [text for text in map(_text, (value for value in values if value is not None)) if text is not None]
    if term.route or not texts or len(texts) < len(values):
        return None
    if term.name == "format":
        return _formatted(texts[0], texts[1:])
    if len(texts) != 2:
        return None
    whole, part = (text.casefold() for text in texts)
    if term.name == "contains":
        return Literal(part in whole)
    if term.name == "startswith":
        return Literal(whole.startswith(part))
    return Literal(whole.endswith(part)) if term.name == "endswith" else None


def _formatted(template: str, values: Sequence[str]) -> Literal | None:
    """The template with `{0}` and so on filled; None where it names a value that is not there, or grows too long."""
    holes = [int(hit[1]) for hit in _HOLE.finditer(template) if hit[1]]
    if any(number >= len(values) for number in holes):
        return None
    if len(template) + sum(len(values[number]) for number in holes) > LONGEST:
        return None
    return Literal(_HOLE.sub(lambda hit: values[int(hit[1])] if hit[1] else hit[0][0], template))


def _is_true(value: Literal) -> bool:
    """Whether a value counts as true: the text `false` does, what is no number does not."""
    return bool(value.value) and value.value == value.value


def _same(one: Literal, other: Literal) -> bool | None:
    """Whether two values are equal, texts in whatever case; None for two of different types."""
    if isinstance(one.value, str) and isinstance(other.value, str):
        return one.value.casefold() == other.value.casefold()
    return one.value == other.value if type(one.value) is type(other.value) else None


def _text(value: Literal) -> str | None:
    """A value as it stands in a text; None for a number, whose spelling is another matter."""
    if isinstance(value.value, bool):
        return str(value.value).lower()
    return value.value or "" if not isinstance(value.value, float) else None
