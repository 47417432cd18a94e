"""The vocabulary as Markdown: the page that check authors read, and what `nhilint schema facts` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.model.vocabulary.schema import FactType, facts_of, facts_of_kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.model.fact import Record
    from nhilint.model.vocabulary import Kind


def vocabulary_page(kinds: Iterable[Kind]) -> str:
    """Every fact of the kinds, and of the records inside them, once each."""
    lines: list[str] = []
    seen: set[type[Record]] = set()
    waiting: list[type[Record]] = []
    for kind in kinds:
        facts = facts_of_kind(kind)
        lines += [f"## {kind}", "", *_table(facts), ""]
        waiting += _records(facts)
    while waiting:
        record = waiting.pop(0)
        if record in seen:
            continue
        seen.add(record)
        facts = facts_of(record)
        summary = (record.__doc__ or "").split("\n", 1)[0]
        lines += [f"### {record.__name__}", "", summary, "", *_table(facts), ""]
        waiting += _records(facts)
    return "\n".join(lines).rstrip() + "\n"


def _table(facts: dict[str, FactType]) -> list[str]:
    rows = ["| fact | type | meaning |", "|---|---|---|"]
    return rows + [f"| `{fact.name}` | {_type(fact)} | {fact.doc} |" for fact in facts.values()]


def _type(fact: FactType) -> str:
    if fact.record is not None:
        return f"list of {fact.record.__name__}" if fact.shape == "records" else fact.record.__name__
    if fact.choices:
        words = ", ".join(f"`{choice}`" for choice in fact.choices)
        return f"list of {words}" if fact.shape == "texts" else words
    return "list of text" if fact.shape == "texts" else fact.scalar


def _records(facts: dict[str, FactType]) -> list[type[Record]]:
    return [fact.record for fact in facts.values() if fact.record is not None]
