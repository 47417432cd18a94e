"""What a condition asks of the inputs of a called workflow or action, and the literal inputs that a caller gives.

Only what must hold whatever else does is kept: `inputs.publish && …`, `inputs.mode == 'deploy'`. Whether a caller meets
it is seen where both files are at hand (`nhilint.link.github_calls`). An input counts as true unless it is empty or a
`false` of type boolean: every input of an action is a text, and the text `false` is not empty.

Source: https://docs.github.com/en/actions/reference/workflows-and-actions/expressions#literals, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from nhilint.formats.github.condition import always_holds, bare
from nhilint.formats.github.expression import Context, Literal, Operation, parse
from nhilint.formats.github.secrets import EVERY, hands_out_all, secrets_in
from nhilint.model.fact import Known
from nhilint.model.vocabulary.workflow import GivenInput, InputCondition

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nhilint.formats.github.expression import Term
    from nhilint.formats.node import Node
    from nhilint.model.place import Place

_MOST = 50
_MOST_ROWS = 256
"""No matrix has more jobs."""
_EMPTY: dict[str, tuple[str, ...]] = {"boolean": ("", "false"), "number": ("", "0")}


class _Asked(Struct, frozen=True):
    name: str
    values: tuple[str, ...]
    excluded: bool


def types_of(inputs: Node) -> dict[str, str]:
    """The declared inputs in lower case, each with its type; a text where none is stated."""
    declared = ((name.lower(), node.value_under("type")) for name, node in inputs.entries())
    return {name: kind if isinstance(kind, str) else "string" for name, kind in declared}


def conditions_on_inputs(owner: Node, types: Mapping[str, str]) -> tuple[InputCondition, ...]:
    """What the `if` of a job or step asks of the declared inputs."""
    text = owner.value_under("if")
    if not isinstance(text, str) or "inputs." not in text or always_holds(text):
        return ()
    term = parse(bare(text))
    at = owner["if"].at
    return tuple(_record(asked, at) for asked in (_asked(term, types) if term is not None else ()))


def conditions_in(term: Term, types: Mapping[str, str], at: Place) -> tuple[InputCondition, ...]:
    """What must hold of the declared inputs for a term to count as true."""
    return tuple(_record(asked, at) for asked in _asked(term, types))


def inputs_given(inputs: Node, matrix: Node) -> tuple[GivenInput, ...]:
    """What a caller writes into `with`: plain values, also one that every row of the job's `matrix` has, and unknown
    ones where it is any other expression."""
    return tuple(_given(name, node, node, matrix) for name, node in list(inputs.entries())[:_MOST])


def defaults_of(inputs: Node) -> tuple[GivenInput, ...]:
    """The declared inputs with what they are when a caller gives none; one that every caller must give has no value."""
    return tuple(
        GivenInput(at=node.at, name=Known(name.lower(), node.at))
        if node["required"].value is True
        else _given(name, node["default"], node)
        for name, node in list(inputs.entries())[:_MOST]
    )


def _record(asked: _Asked, at: Place) -> InputCondition:
    return InputCondition(
        at=at,
        name=Known(asked.name, at),
        values=Known(asked.values, at),
        excluded=Known(asked.excluded, at),
    )


def _given(name: str, node: Node, place: Node, matrix: Node | None = None) -> GivenInput:
    at = place.at
    value = node.value if node.exists and node.value is not None else ""
    if not isinstance(value, str | bool | int | float):
        return GivenInput(at=at, name=Known(name.lower(), at), value=place.unknown("no plain value"))
    if isinstance(value, str) and "${{" in value:
        same = _in_every_row(value, matrix) if matrix is not None and matrix.is_mapping else None
        found = Known(same, at) if same is not None else place.unknown("an expression")
        named = next(iter(secrets_in([(value, at.pointer)])), None)
        secret = Known(named.name, at) if named is not None else None
        secret = Known(EVERY, at) if hands_out_all(value) else secret
        return GivenInput(at=at, name=Known(name.lower(), at), value=found, secret=secret)
    return GivenInput(at=at, name=Known(name.lower(), at), value=Known(_as_written(value), at))


def _in_every_row(value: str, matrix: Node) -> str | None:
    """What `${{ matrix.x.y }}` is in all rows of a matrix that stands in the file; None where they differ."""
    term = parse(bare(value))
    if not isinstance(term, Context) or len(term.path) < 2 or term.path[0] != "matrix":
        return None
    key, *inside = term.path[1:]
    rows = [*matrix[key].items(), *(row[key] for row in matrix["include"].items())]
    cells = {_cell(row.at_path(*inside)) for row in rows[:_MOST_ROWS]} if len(rows) <= _MOST_ROWS else {None}
    return cells.pop() if len(cells) == 1 else None


def _cell(node: Node) -> str | None:
    value = node.value
    plain = isinstance(value, str | bool | int | float) and "${{" not in str(value)
    return _as_written(value) if plain else None


def _as_written(value: str | float) -> str:
    return value if isinstance(value, str) else _plain(value)


def _plain(value: str | float) -> str:
    return str(value).lower() if isinstance(value, bool | str) else f"{value:g}"


def _asked(term: Term, types: Mapping[str, str]) -> Iterator[_Asked]:
    if isinstance(term, Operation) and term.sign == "&&":
        for part in term.operands:
            yield from _asked(part, types)
        return
    name = _input(term, types)
    if name is not None:
        yield _Asked(name, _EMPTY.get(types[name], ("",)), excluded=True)
    elif isinstance(term, Operation) and term.sign == "!":
        name = _input(term.operands[0], types)
        if name is not None:
            yield _Asked(name, _EMPTY.get(types[name], ("",)), excluded=False)
    elif isinstance(term, Operation) and term.sign in ("==", "!="):
        yield from _compared(term, types)


def _compared(term: Operation, types: Mapping[str, str]) -> Iterator[_Asked]:
    for one, other in (term.operands, term.operands[::-1]):
        name = _input(one, types)
        if name is None or not isinstance(other, Literal):
            continue
        same = {"boolean": bool, "string": str}.get(types[name])
        if same is not None and isinstance(other.value, same):
            yield _Asked(name, (_plain(other.value),), excluded=term.sign == "!=")  # type: ignore[arg-type]


def _input(term: Term, types: Mapping[str, str]) -> str | None:
    is_input = isinstance(term, Context) and len(term.path) == 2 and term.path[0] == "inputs"
    return term.path[1] if is_input and isinstance(term, Context) and term.path[1] in types else None
