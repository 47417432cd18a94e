"""A job whose condition is false whatever happens holds nothing."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.gather import gather
from nhilint.settings import Settings
from nhilint.tree import MemoryTree


@pytest.mark.parametrize(
    ("condition", "jobs"),
    [
        ("false", 0),
        ("${{ false }}", 0),
        ("false && github.ref == 'refs/heads/main'", 0),
        ("github.event_name == 'push'", 1),
        ("falsey", 1),
        ("true", 1),
    ],
)
def test_its_job_is_left_out(condition, jobs):
    text = json.dumps({"on": "push", "jobs": {"a": {"if": condition, "runs-on": "x", "steps": [{"run": "make"}]}}})
    settings = Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))
    gathered = gather(MemoryTree({".github/workflows/a.yml": text}), settings)
    (workflow,) = (r.facts for r in gathered.resources if r.kind == "workflow")
    assert len(workflow.jobs) == jobs
