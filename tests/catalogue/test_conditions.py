"""Which facts of a subject, and of an element of one of its lists, a condition names."""

from __future__ import annotations

import pytest

from nhilint.catalogue.conditions import clauses_by_lists, names_what_is_its_own


@pytest.mark.parametrize(
    ("clause", "names"),
    [
        ("subject.kind == 'role'", False),
        ("subject.grants.size() > 0", True),
        ("subject.kind.matches('subject.grants')", False),
        ("subject.name == 'x'", True),
        ("[subject].exists(s, s.kind == 'role')", True),
        ("item.name == 'x'", True),
        ("item.actions.size() > 0", True),
        ("item.misspelt_actions.size() > 0", False),
        ("item.subject == 'x' && subject . escalations.size() == 0", True),
    ],
)
def test_a_clause_names_what_is_a_subjects_own_or_does_not(clause, names):
    assert names_what_is_its_own(clause, "identity") is names


def test_clauses_stand_with_those_that_name_the_same_lists():
    of_grants, of_both = "subject.grants.size() > 1", "subject.trusts.size() > subject.grants.size()"
    more_of_grants = "!subject.grants.exists(g, g.name == subject.name)"
    clauses = ("subject.kind == 'role'", of_grants, "subject.admin", of_both, more_of_grants)
    assert clauses_by_lists(clauses, "identity") == (
        ("subject.kind == 'role'", "subject.admin"), (of_grants, more_of_grants), (of_both,),
    )  # fmt: skip
