"""A template that was put away with the record of a day stands for the maintained one of its name."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.app_code.records_of_a_day import with_records_of_days
from nhilint.gather import gather
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

STACK = "Resources:\n  Ci: {Type: 'AWS::IAM::User'}\n"
SETTINGS = Settings(root=Path(), now=datetime(2026, 11, 23, tzinfo=UTC))


def settings_of(*paths, before=None):
    tree = MemoryTree(dict.fromkeys(paths, STACK))
    earlier = None if before is None else MemoryTree(dict.fromkeys(before, STACK))
    judged = with_records_of_days(gather(tree, SETTINGS).resources, tree, earlier)
    return {one.at.path: one.setting for one in judged if one.format == "aws-cloudformation"}


@pytest.mark.parametrize(
    ("kept", "maintained"),
    [
        ("results/20250131-ten-million/stack.yaml", "stack.yaml"),
        ("load/results/2025-01-31/templates/stack.yaml", "load/stack.yaml"),
        ("load/2025_01_31b/stack.yaml", "stack.yaml"),
    ],
)
def test_the_record_of_a_day_beside_what_is_maintained(kept, maintained):
    assert settings_of(kept, maintained) == {kept: "copied", maintained: "production"}


@pytest.mark.parametrize(
    "paths",
    [
        ("results/20250131-ten-million/stack.yaml",),
        ("results/20250131/stack.yaml", "other.yaml"),
        ("results/20250131/stack.yaml", "live/stack.yaml"),
        ("results/20251331/stack.yaml", "stack.yaml"),
        ("results/202501312/stack.yaml", "stack.yaml"),
        ("v20250131/stack.yaml", "stack.yaml"),
    ],
)
def test_a_template_that_counts(paths):
    assert set(settings_of(*paths).values()) == {"production"}


def test_a_record_that_a_change_adds_is_looked_at():
    paths = ("results/20250131/stack.yaml", "stack.yaml")
    assert set(settings_of(*paths, before=("stack.yaml",)).values()) == {"production"}
