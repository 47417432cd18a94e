"""A token that ends within hours of being made is told at the lowest level, one that lasts as gravely as ever."""

from __future__ import annotations

import json

import pytest

from nhilint.api import scan
from nhilint.knowledge.credentials.sample import sample
from nhilint.link.tokens_of_hours import ENDS_SOON


@pytest.mark.parametrize(
    ("shape", "name", "severity", "says"),
    [
        ("google-oauth-access-token", "GOOGLE_TOKEN", "low", True),
        ("github-app-install-token", "GH_TOKEN", "low", True),
        ("github-pat-classic", "GH_TOKEN", "high", False),
    ],
)
def test_a_token_in_clear(tmp_path, shape, name, severity, says):
    text = json.dumps({"mcpServers": {"shop": {"command": "shop", "env": {name: sample(shape)}}}})
    (tmp_path / ".mcp.json").write_text(text)
    (found,) = scan(tmp_path, select=["literal-credential"]).findings
    assert (found.severity.word, ENDS_SOON in found.message) == (severity, says)
