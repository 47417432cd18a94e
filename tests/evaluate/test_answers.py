"""A condition is run once for the same facts, and again for every other."""

from __future__ import annotations

from functools import cache

import pytest
from msgspec.structs import replace

from nhilint.catalogue.check import Condition
from nhilint.catalogue.load import with_conditions
from nhilint.evaluate import answers, expression
from nhilint.evaluate.answers import Answers, OfSubject, Question
from nhilint.evaluate.expression import compile_expression
from nhilint.evaluate.left_open import ChecksOfList
from nhilint.policies import builtin_folder, compile_policies


def condition(*clauses):
    return Condition(clauses, compile_expression(" && ".join(clauses)) if clauses else b"")


def outcome(answers, check, subject):
    return OfSubject(answers, subject).outcome(check)


def question(answers, condition, subject=None):
    return Question(OfSubject(answers, subject or {}), condition)


def check(*clauses):
    """A check of identities with these conditions, made of any there is."""
    bare = replace(_any_check(), subject="identity", each="")
    return with_conditions(bare, clauses, compile_expression)


@cache
def _any_check():
    return compile_policies((builtin_folder(),)).checks[0]


@pytest.fixture
def ran(monkeypatch):
    """The conditions that were really run."""
    real, compiled = expression.run, []
    monkeypatch.setattr(expression, "run", lambda code, over: compiled.append(code) or real(code, over))
    return compiled


def test_what_was_asked_of_the_same_facts_is_not_run_again(ran):
    known, wide = Answers(), condition("subject.kind == 'role'", "item.wide")
    for name in ("one", "two"):
        asked = question(known, wide, {"kind": "role", "name": name})
        assert [asked.about({"wide": value, "name": name}).holds for value in (True, False, True)] == [
            True, False, True,
        ]  # fmt: skip
    assert len(ran) == 2


@pytest.mark.parametrize("other", [{"kind": "user"}, {"kind": None}, {}, {"kind": 1}, {"kind": True}])
def test_other_facts_of_the_subject_are_another_question(ran, other):
    known, is_role = Answers(), check("subject.kind == 'role'")
    assert outcome(known, is_role, {"kind": "role"}).holds is True
    assert outcome(known, is_role, other).holds is (None if not other else False)
    assert len(ran) == 2


def test_conditions_on_lists_are_not_asked_where_common_facts_decide(ran):
    of_roles = check("subject.kind == 'role'", "subject.grants.size() > 0")
    assert of_roles.at_first.clauses == ("subject.kind == 'role'",)
    known, kinds = Answers(), ChecksOfList([of_roles]).for_subjects
    for name in ("one", "two"):
        assert not kinds.by(OfSubject(known, {"kind": "user", "name": name, "grants": [{}]}))
    assert ran == [of_roles.at_first.compiled]
    assert kinds.by(OfSubject(known, {"kind": "role"})) == {of_roles.id}
    assert kinds.by(OfSubject(known, {})) == {of_roles.id}, "undecided"


def test_what_common_facts_leave_undecided_is_asked_whole(ran):
    """A list may yet decide it."""
    of_roles = check("subject.kind == 'role'", "subject.grants.size() > 0")
    assert outcome(Answers(), of_roles, {"kind": "role", "grants": [{}]}).holds is True
    assert outcome(Answers(), of_roles, {"grants": []}).holds is False
    assert outcome(Answers(), of_roles, {"grants": [{}]}).missing == "kind"


def test_the_part_on_the_shorter_list_is_asked_first(ran):
    known = Answers()
    of_both = check("subject.grants.exists(g, g.wide)", "subject.trusts.exists(t, t.anyone)")
    subject = {"grants": [{"wide": True, "name": "a"}, {"wide": True, "name": "b"}], "trusts": [{"anyone": False}]}
    assert outcome(known, of_both, subject).holds is False
    assert [part.clauses for part in of_both.of_subject.parts if part.compiled in ran] == [of_both.when[1:]]
    assert outcome(known, of_both, {**subject, "trusts": [{"anyone": True}]}).holds is True
    assert outcome(known, of_both, {**subject, "trusts": [{}]}).missing == "anyone"


def test_a_number_is_not_taken_for_a_truth_value(ran):
    known, is_true = Answers(), condition("item.count == true")
    asked = question(known, is_true)
    assert [asked.about({"count": value}).holds for value in (True, 1, 1.0)] == [True, False, False]
    assert len(ran) == 3


def test_what_is_undecided_names_the_fact_each_time(ran):
    asked = question(Answers(), condition("item.wide"))
    assert [asked.about({}).missing, asked.about({}).missing] == ["wide", "wide"]
    assert len(ran) == 1


def test_no_clause_is_no_condition(ran):
    assert outcome(Answers(), check(), {}).holds
    assert question(Answers(), condition()).about({"wide": False}).holds
    assert ran == []


def test_what_is_more_than_is_kept_is_answered_all_the_same(ran, monkeypatch):
    monkeypatch.setattr(answers, "_ROOM", 20)  # of one of them
    asked = question(Answers(), condition("item.count > 1"))
    assert [asked.about({"count": value}).holds for value in (1, 2, 2, 1)] == [False, True, True, False]
    assert len(ran) == 3
