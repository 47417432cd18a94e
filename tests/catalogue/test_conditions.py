"""Which facts of a subject a condition names."""

from __future__ import annotations

import pytest

from nhilint.catalogue.conditions import names_records


@pytest.mark.parametrize(
    ("clause", "names"),
    [
        ("subject.kind == 'role'", False),
        ("subject.grants.size() > 0", True),
        ("subject.name.matches('subject.grants')", False),
        ("[subject].exists(s, s.kind == 'role')", True),
        ("item.subject == 'x' && subject . escalations.size() == 0", True),
    ],
)
def test_a_clause_names_lists_of_records_or_does_not(clause, names):
    assert names_records(clause, "identity") is names
