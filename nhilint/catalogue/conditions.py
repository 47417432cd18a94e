"""Conditions are held to the vocabulary before they ever run, so that a misspelt fact is an error and never silence.

Not a parser of the expression language: it follows dotted routes that start at `subject`, `item` or the variable of an
`exists`, `all`, `filter`, `map` or `exists_one`, and leaves everything else to the runtime's own compiler.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from nhilint.model.vocabulary.schema import FactType, facts_of, facts_of_kind
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.catalogue.check import Check
    from nhilint.model.fact import Record
    from nhilint.model.vocabulary import Kind

_ROUTE = Deferred(r"(?<![\w.'\"])([a-z_]\w*)((?:\.[a-z_]\w*(?!\w*\())+)")
_OF = {name: Deferred(rf"(?<![\w.]){name}\b(?:\s*\.\s*([a-z_]\w*))?") for name in ("subject", "item")}
_OWN = ("", "name", "actions", "services", "resources", "role")
"""Facts that say what stands in one statement or one resource, and "" for all of them at once."""
_LOOP = Deferred(r"([a-z_]\w*(?:\.[a-z_]\w*)+)\.(?:exists|all|filter|map|exists_one)\(\s*([a-z_]\w*)\s*,")
_GROWING = Deferred(r"\.\s*(replace|join|format|quote)\s*\(")
_TEXT = Deferred(r"r?'(?:[^'\\]|\\.)*'|r?\"(?:[^\"\\]|\\.)*\"")

Facts = dict[str, FactType]


class ConditionError(Exception):
    """A condition, route or iteration that names something the vocabulary does not have."""


def check_routes(check: Check) -> None:
    """Refuse a check whose conditions or places name facts that do not exist."""
    scope: dict[str, Facts] = {"subject": facts_of_kind(check.subject)}
    if check.each:
        scope["item"] = _elements(_follow(f"subject.{check.each}", scope), check.each)
    for clause in check.when:
        check_condition(clause, scope)
    for place in filter(None, (check.place, *(s.place for s in (*check.related, *check.flow)))):
        if "." in place:
            _follow(place, scope)
        elif place not in scope:
            msg = f"{place!r} is only there when the check iterates with 'each'"
            raise ConditionError(msg)


def names_what_is_its_own(clause: str, kind: Kind) -> bool:
    """Whether a clause names what hardly two subjects or elements have in common: a name, what a statement lists, a
    list of records of the subject, or all of it. The lists that elements have themselves are empty as a rule."""
    text = _TEXT.sub("''", clause)
    return bool(_lists_named(clause, kind)) or any(name in _OWN for of in _OF.values() for name in of.findall(text))


def clauses_by_lists(clauses: Iterable[str], kind: Kind) -> tuple[tuple[str, ...], ...]:
    """Clauses by the lists of records of the subject that they name."""
    found: dict[frozenset[str], tuple[str, ...]] = {}
    for clause in clauses:
        named = _lists_named(clause, kind)
        found[named] = (*found.get(named, ()), clause)
    return tuple(found.values())


def _lists_named(clause: str, kind: Kind) -> frozenset[str]:
    """The lists of records of the subject that a clause names; "" where it names all of the subject."""
    facts = facts_of_kind(kind)
    named = _OF["subject"].findall(_TEXT.sub("''", clause))
    return frozenset(name for name in named if not name or facts[name].shape == "records")


def check_condition(clause: str, scope: dict[str, Facts]) -> None:
    """Refuse one condition that names a fact outside `scope`."""
    text = _TEXT.sub("''", clause)
    if re.search(r"\bhas\(", text):
        msg = "has() turns an unknown fact into a plain no; compare with null instead"
        raise ConditionError(msg)
    if growing := _GROWING.search(text):
        msg = f"{growing[1]}() can make a text of any length; compare the parts instead"
        raise ConditionError(msg)
    known = dict(scope)
    _refuse_null_lists(text, known)
    for _ in range(3):  # an inner loop may run over the variable of an outer one
        for route, variable in _LOOP.findall(text):
            if route.split(".", 1)[0] in known:
                fact = _follow(route, known)
                known[variable] = facts_of(fact.record) if fact.record else {}
    for start, rest in _ROUTE.findall(text):
        if known.get(start):
            _follow(start + rest, known)


def _refuse_null_lists(text: str, scope: dict[str, Facts]) -> None:
    """A list that no file states is empty, never null; comparing it with null would always say the same."""
    for route in re.findall(r"([a-z_]\w*(?:\.[a-z_]\w*)+)\s*[!=]=\s*null", text):
        if route.split(".", 1)[0] in scope and _follow(route, scope).shape in ("texts", "records"):
            msg = f"{route} is a list: an unstated one is empty, so compare {route}.size() with 0"
            raise ConditionError(msg)


def _follow(route: str, scope: dict[str, Facts]) -> FactType:
    start, *names = route.split(".")
    facts = scope.get(start)
    if facts is None:
        msg = f"unknown name {start!r}"
        raise ConditionError(msg)
    fact: FactType | None = None
    for name in names:
        if name not in facts:
            raise ConditionError(_unknown_fact(start, name, facts))
        fact = facts[name]
        record: type[Record] | None = fact.record
        facts = facts_of(record) if record is not None else {}
    assert fact is not None
    return fact


def _elements(fact: FactType, route: str) -> Facts:
    if fact.shape != "records" or fact.record is None:
        msg = f"'each' needs a list of records; {route!r} is not one"
        raise ConditionError(msg)
    return facts_of(fact.record)


def _unknown_fact(start: str, name: str, facts: Facts) -> str:
    near = get_close_matches(name, facts, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else f"; it has {', '.join(facts)}" if facts else ""
    return f"no fact {name!r} in {start}{hint}"
