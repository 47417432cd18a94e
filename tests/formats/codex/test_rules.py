"""Command rules are read from their text: what they allow, how far that reaches, and where it stands."""

from __future__ import annotations

import pytest

from nhilint.formats.codex.claims import CLAIMS
from nhilint.formats.codex.rules import read_rules
from nhilint.model.fact import Unknown, value_of
from tests.formats.codex.reading import agent_of

PATH = ".codex/rules/default.rules"


def rules(text):
    return agent_of(PATH, text, CLAIMS).permissions


@pytest.mark.parametrize(
    ("pattern", "reach"),
    [
        ('["git", "status"]', "narrow"),
        ('["npm", "test"]', "runs_project_code"),
        ('["python3"]', "any_code"),
        ('["bash", "-lc"]', "any_code"),
        ('["/bin/zsh", "-lc", "rg -n needle src | head"]', "narrow"),
        ('["python3", "-c", "print(1)"]', "narrow"),
        ('[["ls", "python3"]]', "any_code"),
    ],
)
def test_reach(pattern, reach):
    (rule,) = rules(f"prefix_rule(pattern = {pattern})")
    assert (value_of(rule.shell_reach), value_of(rule.effect)) == (reach, "allow")


def test_decisions_and_places():
    text = '# ä comment\nprefix_rule(pattern=["rm"], decision="forbidden")\nprefix_rule(\n  pattern=["ls"],\n  decision="prompt",\n)\n'
    first, second = rules(text)
    assert (value_of(first.effect), value_of(second.effect)) == ("deny", "ask")
    start, end = second.at.within
    assert text[start:end].startswith("prefix_rule(")
    assert text[start:end].endswith("\n)")


def test_a_stricter_rule_makes_an_allow_rule_idle():
    text = 'prefix_rule(pattern=["git"], decision="prompt")\nprefix_rule(pattern=["git", "status"])\nprefix_rule(pattern=["ls"])'
    assert [value_of(rule.effective) for rule in rules(text)] == [True, False, True]


def test_what_is_not_written_out_is_unknown():
    (rule, _known) = rules('prefix_rule(pattern=[NAME, "x"])\nprefix_rule(pattern=["ls"])')
    assert isinstance(rule, Unknown)


@pytest.mark.parametrize("text", ["prefix_rule(", "(" * 20_000, "prefix_rule" + "(a" * 5_000, "x" * 600_000, "\x00"])
def test_broken_files_give_nothing(text):
    assert list(read_rules(text)) == []
