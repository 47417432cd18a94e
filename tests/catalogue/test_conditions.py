"""Which facts of a subject a condition names."""

from __future__ import annotations

import pytest

from nhilint.catalogue.conditions import names_what_is_its_own


@pytest.mark.parametrize(
    ("clause", "names"),
    [
        ("subject.kind == 'role'", False),
        ("subject.grants.size() > 0", True),
        ("subject.kind.matches('subject.grants')", False),
        ("subject.name == 'x'", True),
        ("[subject].exists(s, s.kind == 'role')", True),
        ("item.subject == 'x' && subject . escalations.size() == 0", True),
    ],
)
def test_a_clause_names_what_is_a_subjects_own_or_does_not(clause, names):
    assert names_what_is_its_own(clause, "identity") is names
