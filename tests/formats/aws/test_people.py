"""Whose a group is, by its name."""

from __future__ import annotations

import pytest

from nhilint.formats.aws.people import group_of


@pytest.mark.parametrize(
    ("name", "whose"),
    [
        ("admins", "administrators"),
        ("shop-admin", "administrators"),
        ("ShopAdministrators", "administrators"),
        ("AdminGroup", "administrators"),
        ("gods", "administrators"),
        ("People", "people"),
        ("shop-humans", "people"),
        ("developers", "staff"),
        ("Staff", "staff"),
        ("administration-tool", None),
        ("deployers", None),
        ("peoplesoft", None),
    ],
)
def test_the_name_of_a_group_tells_whose_it_is(name, whose):
    assert group_of(name) == whose
