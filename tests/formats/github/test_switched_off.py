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


@pytest.mark.parametrize(
    ("matrix", "jobs"),
    [
        ({"include": None}, 0),
        ({"include": [], "exclude": [{"os": "x"}]}, 0),
        ({"include": [{"os": "x"}]}, 1),
        ({"os": ["x"], "include": None}, 1),
        ({}, 1),
        ("${{ fromJSON(needs.a.outputs.rows) }}", 1),
    ],
)
def test_a_matrix_without_a_row_makes_no_job(matrix, jobs):
    job = {"runs-on": "x", "strategy": {"matrix": matrix}, "steps": [{"run": "make"}]}
    text = json.dumps({"on": "push", "jobs": {"a": job}})
    settings = Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))
    gathered = gather(MemoryTree({".github/workflows/a.yml": text}), settings)
    (workflow,) = (r.facts for r in gathered.resources if r.kind == "workflow")
    assert len(workflow.jobs) == jobs


@pytest.mark.parametrize(
    ("twice", "refused"),
    [("", []), ("permissions: {}\npermissions: write-all\n", [("duplicate-key", 4)])],
)
def test_github_refuses_a_key_that_is_given_twice(twice, refused):
    text = f"on: push\n# a workflow\n{twice}jobs: {{a: {{runs-on: x, steps: [{{run: make}}]}}}}\n"
    settings = Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))
    gathered = gather(MemoryTree({".github/workflows/a.yml": text}), settings)
    (workflow,) = (r.facts for r in gathered.resources if r.kind == "workflow")
    assert [(problem.kind, problem.line) for problem in gathered.problems] == refused
    assert all("GitHub refuses" in problem.message for problem in gathered.problems)
    assert len(workflow.jobs) == (0 if refused else 1)


@pytest.mark.parametrize(
    ("condition", "refused"),
    [
        ("matrix.os == 'linux'", True),
        ("${{ github.ref == 'x' && contains(matrix.os, 'a') }}", True),
        ("${{ secrets.KEY }} != ''", True),
        ("env.RUN == 'yes'", True),
        ("needs.matrix.outputs.env == 'x' && vars.runner && github.event.job", False),
        ("github.ref == 'matrix.os'", False),
        ("matrix.(", False),
        ("false", False),
    ],
)
def test_github_refuses_a_jobs_condition_on_what_is_not_there_yet(condition, refused):
    jobs = {"a": {"runs-on": "x", "if": condition, "steps": [{"run": "make"}]}, "b": {"runs-on": "x", "steps": []}}
    settings = Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))
    gathered = gather(MemoryTree({".github/workflows/a.yml": json.dumps({"on": "push", "jobs": jobs})}), settings)
    (workflow,) = (r.facts for r in gathered.resources if r.kind == "workflow")
    assert [problem.kind for problem in gathered.problems] == (["unknown-context"] if refused else [])
    assert bool(workflow.jobs) is not refused


def test_a_steps_condition_may_use_the_matrix():
    jobs = {"a": {"runs-on": "x", "steps": [{"run": "make", "if": "matrix.os == 'x' && steps.a.outputs.b"}]}}
    settings = Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))
    gathered = gather(MemoryTree({".github/workflows/a.yml": json.dumps({"on": "push", "jobs": jobs})}), settings)
    assert not gathered.problems


@pytest.mark.parametrize(("head", "steps"), [("name: a\n", 1), ("name: a\nname: b\n", 0)])
def test_steps_of_an_action_that_is_refused_do_not_run(head, steps):
    text = head + "runs: {using: composite, steps: [{uses: acme/x@main}]}\n"
    settings = Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))
    gathered = gather(MemoryTree({"a/action.yml": text}), settings)
    (action,) = (r.facts for r in gathered.resources if r.kind == "workflow")
    assert len(action.steps) == steps
