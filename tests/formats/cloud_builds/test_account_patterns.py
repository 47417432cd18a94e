"""Which patterns for account numbers match other numbers as well."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhilint.formats.cloud_builds.account_patterns import bound_to_whole


@pytest.mark.parametrize(
    ("pattern", "instead"),
    [
        ("1234567", "^1234567$"),
        ("1234567|7654321", "^(1234567|7654321)$"),
        ("(1234567|7654321)", "^(1234567|7654321)$"),
        ("^1234567|7654321$", "^(1234567|7654321)$"),
        ("^(?:1234567|7654321)", "^(1234567|7654321)$"),
        ("^1234567", "^1234567$"),
        ("^1234567$|^7654321$", None),
        ("^(1234567|7654321)$", None),
        ("^(?:1234567)$", None),
        ("{00000000-0000-0000-0000-000000000000}", None),
        (".*", None),
        ("", None),
        ("(123", None),
        ("123)", None),
    ],
)
def test_what_to_write_instead(pattern, instead):
    assert bound_to_whole(pattern) == instead


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=4), st.integers(0, 9))
def test_what_is_proposed_admits_the_listed_numbers_alone(numbers, digit):
    proposed = bound_to_whole("|".join(map(str, numbers)))
    assert all(re.search(proposed, str(number)) for number in numbers)
    longer = f"{max(numbers)}{digit}"
    assert not re.search(proposed, longer)
    assert bound_to_whole(proposed) is None
