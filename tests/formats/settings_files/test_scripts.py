"""Which credentials are found in scripts."""

from __future__ import annotations

import pytest
from formats.app_reading import resources
from hypothesis import given
from hypothesis import strategies as st

from nhilint.knowledge.credentials.sample import sample

TOKEN = sample("github-pat-fine-grained")
BLOCK = sample("pem-private-key")


def types(path: str, text: str) -> list[str]:
    return [one.facts.type.value for one in resources("settings_files", path, text) if one.kind == "credential"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f'#!/bin/sh\nTOKEN="{TOKEN}"\ncurl -H "x: $TOKEN" https://api.acme.io\n', ["github-pat-fine-grained"]),
        (f"cat > /etc/ssl/acme.key <<'EOF'\n{BLOCK}EOF\n", ["pem-private-key"]),
        (f"SET TOKEN={TOKEN}\r\nrun\r\n", ["github-pat-fine-grained"]),
        ('#!/bin/sh\nTOKEN="$GITHUB_TOKEN"  # ghp_...\n', []),
        (f'#!/bin/sh\nDB_PASSWORD="{sample("generic-api-key")}"  # like ghp_\n', []),
        ("#!/bin/sh\ngrep -E 'ghp_[A-Za-z0-9]{36}' .\n", []),
        (f"#!/bin/sh\nexport URL=https://me:{sample('generic-api-key')}@db.acme.io  # ghp_\n", []),
    ],
)
def test_what_a_provider_or_an_issuer_made_counts(text, found):
    assert types("deploy.sh", text) == found


@pytest.mark.parametrize(
    "path", ["tests/run.sh", "run-test.sh", "examples/a.ps1", "API_USAGE_EXAMPLES.sh", "dev/up.sh"]
)
def test_scripts_of_tests_and_examples_say_nothing(path):
    assert types(path, f"TOKEN={TOKEN}\nrun\n") == []


def test_the_place_is_the_value():
    text = f"set -e\nTOKEN={TOKEN}\n"
    (found,) = resources("settings_files", "bin/up.bash", text)
    start, end = found.at.within
    assert (text[start:end], found.facts.name.value) == (TOKEN, "A text of up.bash")


@given(st.text(alphabet="ghp_AIzaSy0-KEY BEGIN='\"$(\n\r\\", max_size=400))
def test_any_text_is_read_or_left(text):
    resources("settings_files", "up.sh", "ghp_" + text)


def test_a_script_without_an_end_is_read_in_bounded_time():
    resources("settings_files", "up.sh", "ghp_" + "-----BEGIN PRIVATE KEY-----" * 20_000)
