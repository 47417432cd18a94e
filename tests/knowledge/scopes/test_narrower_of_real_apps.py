"""The table of docs/concepts/scopes.md says of real manifests what the catalogue says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nhilint.knowledge.scopes import look_up

PAGE = Path(__file__).parents[3] / "docs" / "concepts" / "scopes.md"
ROWS = re.findall(
    r"^\| \S+/[^|]+ \| ([a-z-]+) \| `([^`|]+)` \| `([^`|]+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE
)


def test_the_table_has_its_rows():
    assert len(ROWS) >= 20


@pytest.mark.parametrize(("provider", "scope", "narrower"), ROWS)
def test_the_catalogue_names_the_alternative(provider, scope, narrower):
    wide, narrow = look_up(provider, scope), look_up(provider, narrower)
    assert wide is not None
    assert narrow is not None
    assert narrow.id in wide.narrower
