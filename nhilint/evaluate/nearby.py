"""Which facts of a subject, and of an element of one of its lists, conditions see at once, and what that costs.

The runtime of conditions converts every value it is given once for each element. A check that looks at single facts of
the subject costs nothing that way; one that compares a list with itself costs its length squared, which a file can make
as long as it likes. So an element is bound with what its conditions name of both and no more. A check that names much
of the subject is asked apart from the others, about the elements for which its other conditions hold, as far as they
are few enough: the work has a bound.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from nhilint.source.deferred import Deferred

MANY = 40
"""Values of the subject named by one check, beyond which it is asked apart."""
MOST_WORK = 3_000_000
"""Values converted for one check and one list, about a second; reached by some 500 elements of a dozen facts each."""

_written = msgspec.json.Encoder().encode
_NAMED = {name: Deferred(rf"\b{name}\b(?:\s*\.\s*([a-z_]\w*))?") for name in ("subject", "item")}
_TEXT = Deferred(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
_WORD = Deferred(r"[a-z_]\w*")


def nearby(clauses: tuple[str, ...], subject: dict[str, Any]) -> dict[str, Any]:
    """The facts of the subject that the clauses name."""
    return {name: subject[name] for name in _facts_named(clauses, "subject") if name in subject}


def narrowed(clauses: tuple[str, ...], item: dict[str, Any]) -> dict[str, Any]:
    """The facts of an element that the clauses name."""
    return {name: item[name] for name in _facts_named(clauses, "item") if name in item}


def weight(value: object) -> int:
    """How many values there are in a value, itself included, counted by what divides them when it is written down: a
    comma within a text counts as well."""
    if not isinstance(value, dict | list):
        return 1
    written = _written(value)
    return 1 + sum(map(written.count, (b"[", b"{", b",")))


def names_list(clause: str, subject: dict[str, Any]) -> bool:
    """Whether a clause names a fact of the subject that holds several values."""
    return any(isinstance(value, list | dict) for value in nearby((clause,), subject).values())


@cache
def _facts_named(clauses: tuple[str, ...], variable: str) -> frozenset[str]:
    """The facts that clauses name; every word of theirs where they use the variable in another way than by a dot."""
    text = _TEXT.sub("''", " ".join(clauses))
    found = _NAMED[variable].findall(text)
    return frozenset(found if all(found) else _WORD.findall(text))
