from __future__ import annotations

from nhilint.model.fact import Record
from nhilint.model.vocabulary import KINDS, SINGLE_RECORDS
from nhilint.model.vocabulary.schema import facts_of, facts_of_kind, single_records


def reachable():
    waiting, seen = list(KINDS.values()), []
    while waiting:
        record = waiting.pop()
        if record not in seen:
            seen.append(record)
            waiting += [fact.record for fact in facts_of(record).values() if fact.record]
    return seen


def test_table_of_single_records_equals_the_annotations():
    stated = {record: single_records(record) for record in reachable() if single_records(record)}
    assert stated == SINGLE_RECORDS


def test_every_fact_is_documented():
    for record in reachable():
        for fact in facts_of(record).values():
            assert fact.doc or fact.shape in {"record", "records"}, f"{record.__name__}.{fact.name}"


def test_every_record_class_is_reachable_from_a_kind():
    def below(cls):
        return {sub for direct in cls.__subclasses__() for sub in (direct, *below(direct))}

    own = {cls for cls in below(Record) if cls.__module__.startswith("nhilint.")}
    assert own == set(reachable())


def test_kinds_have_a_name():
    assert all("name" in facts_of_kind(kind) for kind in KINDS)


def test_lists_are_told_from_the_annotations_as_the_schema_tells_them():
    from nhilint.evaluate.activation import _lists

    for record in reachable():
        told = {name for name, fact in facts_of(record).items() if fact.shape in {"texts", "records"}}
        assert _lists(record) == told
