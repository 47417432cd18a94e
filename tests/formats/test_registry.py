"""Recognising a path through the index gives what trying every claim would."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhilint.formats.registry import Recogniser, claims

_WORDS = st.sampled_from(
    [".claude", ".github", "workflows", "agents", "settings", "SKILL", "mcp", "policy", "a", "é", "chart", "values"]
)
_ENDINGS = st.sampled_from([".json", ".JSON", ".yml", ".yaml", ".toml", ".md", ".tf", ".mcp.json", "", ".x"])
_PATHS = st.builds(
    lambda folders, ending: "/".join(folders) + ending, st.lists(_WORDS, min_size=1, max_size=5), _ENDINGS
)


def fits_by_itself(claim, path):
    """Whether one of a claim's patterns holds, each tried as a regular expression of its own."""
    name = path.rsplit("/", 1)[-1].lower()
    if name in map(str.lower, claim.names) or name.endswith(tuple(map(str.lower, claim.suffixes))):
        return True
    meaning = {"**/": "(?:.*/)?", "*": "[^/]*", "?": "[^/]"}
    for glob in claim.paths:
        parts = re.split(r"(\*\*/|\*|\?)", glob)
        if re.search(
            "(?:^|/)" + "".join(meaning.get(part) or re.escape(part) for part in parts) + "$", path, re.IGNORECASE
        ):
            return True
    return False


@pytest.fixture(scope="module")
def recogniser():
    return Recogniser(claims())


@given(path=_PATHS)
def test_the_index_leaves_no_claim_out_and_adds_none(recogniser, path):
    assert recogniser.candidates(path) == tuple(claim for claim in claims() if fits_by_itself(claim, path))


@pytest.mark.parametrize("path", ["a/.claude/settings.json", "A/.Claude/SETTINGS.json"])
def test_letter_case_does_not_matter(recogniser, path):
    assert "claude-settings" in {claim.format for claim in recogniser.candidates(path)}
