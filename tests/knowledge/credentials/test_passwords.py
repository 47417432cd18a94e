"""What a value says of itself where a password stands."""

from __future__ import annotations

import pytest

from nhilint.knowledge.credentials.passwords import repeats_its_name_for_development


@pytest.mark.parametrize(
    ("value", "name", "is_one"),
    [
        ("cache/cache-dev", "CACHE_AUTH", True),
        ("store-local", "STORE_PASSWORD", True),
        ("cache/cache-main", "CACHE_AUTH", False),
        ("cache/quiet-dev", "CACHE_AUTH", False),
        ("local", "CACHE_AUTH", False),
    ],
)
def test_a_value_of_its_own_name_for_development_stands_for_another(value, name, is_one):
    assert repeats_its_name_for_development(value, name) is is_one
