"""A dead rule beside a live one that says the same."""

from __future__ import annotations

import pytest

from nhilint.formats.claude.rule_twins import is_said_again
from nhilint.formats.claude.rules import parse_rule


@pytest.mark.parametrize(
    ("dead", "live", "said"),
    [
        ("Write(secrets/**)", "Edit(./secrets/**)", True),
        ("Write(secrets/a.txt)", "Edit(secrets/**)", True),
        ("Write(secrets/**)", "Edit(secrets/a.txt)", False),
        ("Write(secrets/**)", "Bash(secrets/**)", False),
        ("Glob(**/.env)", "Read(.env)", True),
        ("Read(/etc/**)", "Read(//etc/**)", True),
        ("Update(.gitignore)", "Write(.gitignore)", True),
        ("Update", "Edit(.gitignore)", False),
        ("WebFetch(https://a.example/x)", "WebFetch(domain:a.example)", True),
        ("WebFetch(https://a.example/x)", "WebFetch(domain:b.example)", False),
        ("Bash(git push:* --force)", "Bash(git push *)", True),
        ("Bash(git push:* --force)", "Bash(git pull *)", False),
    ],
)
def test_what_a_live_rule_says_already(dead, live, said):
    assert is_said_again(parse_rule(dead), [parse_rule(live)]) is said
