"""Tells the rows of a matrix that a step runs in, as far as its condition compares a variable of it with a text.

Steps of one job that ask for different rows run on different machines: neither sees what the other one is given. Only
what must hold counts: a comparison by `==`, alone or joined with others by `&&`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.github.condition import always_holds, bare
from nhilint.formats.github.expression import Context, Literal, Operation, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nhilint.formats.github.expression import Term
    from nhilint.formats.node import Node

_MATRIX = "matrix"


def rows_of(step: Node) -> dict[tuple[str, ...], str]:
    """What each variable of the matrix must be for the step to run, in lower case; empty where it asks for none."""
    text = step.value_under("if")
    if not isinstance(text, str) or _MATRIX not in text or always_holds(text):
        return {}
    term = parse(bare(text))
    return dict(_asked(term)) if term is not None else {}


def in_other_rows(rows: Mapping[tuple[str, ...], str], others: Mapping[tuple[str, ...], str]) -> bool:
    """Whether no row of the matrix is among both."""
    return any(variable in others and others[variable] != value for variable, value in rows.items())


def _asked(term: Term) -> Iterator[tuple[tuple[str, ...], str]]:
    if not isinstance(term, Operation):
        return
    if term.sign == "&&":
        for part in term.operands:
            yield from _asked(part)
    elif term.sign == "==":
        variables = [part.path for part in term.operands if isinstance(part, Context) and part.path[0] == _MATRIX]
        texts = [part.value for part in term.operands if isinstance(part, Literal)]
        if len(variables) == len(texts) == 1 and isinstance(texts[0], str) and "*" not in variables[0]:
            yield variables[0], texts[0].lower()
