"""A browser server takes over a person's sessions only by an option that says so."""

from __future__ import annotations

import pytest

from nhilint.model.fact import value_of
from tests.formats.mcp.reading import tool


def sessions(*args: str) -> list[str]:
    found = tool(".mcp.json", {"command": "npx", "args": ["-y", *args]}).credentials
    return [value_of(c.name) for c in found if value_of(c.source) == "browser_session"]


@pytest.mark.parametrize(
    "args",
    [
        ("@playwright/mcp@0.0.41", "--extension"),
        ("chrome-devtools-mcp@0.9.0", "--autoConnect"),
        ("@playwright/mcp@0.0.41", "--user-data-dir", "/Users/ann/Library/Application Support/Google/Chrome"),
        ("@playwright/mcp@0.0.41", "--user-data-dir=C:\\Users\\ann\\AppData\\Local\\Google\\Chrome\\User Data"),
        ("chrome-devtools-mcp@0.9.0", "--userDataDir=/home/ann/.config/google-chrome/Default"),
    ],
)
def test_the_persons_own_browser_is_seen(args):
    assert len(sessions(*args)) == 1


@pytest.mark.parametrize(
    "args",
    [
        ("@playwright/mcp@0.0.41",),
        ("@playwright/mcp@0.0.41", "--user-data-dir", ".glide/browser-profile-1"),
        ("@playwright/mcp@0.0.41", "--user-data-dir", "/tmp/google-chrome-for-agent"),
        ("@playwright/mcp@0.0.41", "--user-data-dir"),
        ("chrome-devtools-mcp@0.9.0", "--autoConnect=false"),
        ("chrome-devtools-mcp@0.9.0", "--isolated"),
        ("some-server@1.0.0", "--extension", "pdf"),
    ],
)
def test_a_profile_of_its_own_is_no_session(args):
    assert sessions(*args) == []
