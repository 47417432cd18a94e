"""What a pattern rule is tried on is a test, where the rule stands beside it and comments say what it must find."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.gather import gather
from nhilint.settings import Settings
from nhilint.state import state_of
from nhilint.tree import MemoryTree

SETTINGS = Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))
RULE = "rules:\n  - id: star\n    message: a star\n"
POLICY = 'resource "aws_iam_policy" "p" {\n  # %s\n  policy = jsonencode({Statement = [{Effect = "Allow", Action = "*"}]})\n}\n'
MARKED = POLICY % "ruleid: star"


def settings_of(files, earlier=None):
    """The settings of all that a tree declares, by file."""
    tree = MemoryTree(files)
    state = state_of(tree, SETTINGS, (), gather(tree, SETTINGS), None if earlier is None else MemoryTree(earlier))
    return {one.at.path: one.setting for one in state.resources}


@pytest.mark.parametrize(
    ("files", "path", "setting"),
    [
        ({"iam/star.yaml": RULE, "iam/star.tf": MARKED}, "iam/star.tf", "test"),
        ({"star.yml": RULE, "star.test.tf": POLICY % "ok: star"}, "star.test.tf", "test"),
        ({"iam/star.yaml": RULE, "iam/star.tf": POLICY % "the star is meant"}, "iam/star.tf", "production"),
        ({"iam/star.yaml": "kind: List\n", "iam/star.tf": MARKED}, "iam/star.tf", "production"),
        ({"rules/star.yaml": RULE, "iam/star.tf": MARKED}, "iam/star.tf", "production"),
    ],
)
def test_rule_and_marks_have_to_be_there(files, path, setting):
    assert settings_of(files)[path] == setting


def test_a_change_cannot_hide_what_it_brings():
    role, rule = {"iam/star.tf": MARKED}, {"iam/star.yaml": RULE}
    assert settings_of(role | rule, earlier=role) == {"iam/star.tf": "production"}
    assert settings_of(role | rule, earlier=rule) == {"iam/star.tf": "production"}
    assert settings_of(role | rule, earlier=role | rule) == {"iam/star.tf": "test"}
