"""Outputs of well-known actions that hold what outsiders have named or written."""

from __future__ import annotations

import json

import pytest

from nhilint.model.fact import value_of
from tests.formats.github.reading import SHA, steps_of


def pasted(event: str, uses: str, output: str, **inputs: object) -> tuple[str, ...]:
    """What a script pastes in of an output of the action."""
    steps = [{"id": "it", "uses": uses, "with": inputs}, {"run": f"echo ${{{{ steps.it.outputs.{output} }}}}"}]
    text = json.dumps({"on": event, "permissions": {}, "jobs": {"j": {"runs-on": "x", "steps": steps}}})
    return tuple(value_of(one.expression) for step in steps_of(text) for one in step.injections)


@pytest.mark.parametrize(
    ("event", "uses", "output"),
    [
        ("pull_request_target", f"tj-actions/branch-names@{SHA}", "current_branch"),
        ("pull_request_target", "tj-actions/branch-names@v8", "head_ref_branch"),
        ("pull_request_target", "tj-actions/changed-files@v40.2.3", "all_changed_files"),
        ("pull_request_target", "jitterbit/get-changed-files@v1", "added"),
        ("issue_comment", "xt0rted/pull-request-comment-branch@v3", "head_ref"),
        ("issue_comment", "khan/pull-request-comment-trigger@v1", "comment_body"),
        ("issues", "stefanbuck/github-issue-parser@v3", "jsonString"),
    ],
)
def test_it_is_pasted_into_code(event, uses, output):
    assert pasted(event, uses, output) == (f"steps.it.outputs.{output.lower()}",)


@pytest.mark.parametrize(
    ("event", "uses", "output"),
    [
        ("pull_request_target", "tj-actions/branch-names@v8", "is_default"),
        ("pull_request_target", "tj-actions/branch-names@v8", "base_ref_branch"),
        ("pull_request_target", "tj-actions/changed-files@v41", "all_changed_files"),
        ("pull_request_target", f"tj-actions/changed-files@{SHA}", "all_changed_files"),
        ("pull_request_target", "tj-actions/changed-files@v40", "any_changed"),
        ("pull_request", "tj-actions/branch-names@v8", "current_branch"),
        ("push", "tj-actions/branch-names@v8", "current_branch"),
        ("pull_request_target", "acme/branch-names@v8", "current_branch"),
    ],
)
def test_nothing_of_an_outsider_is_pasted(event, uses, output):
    assert pasted(event, uses, output) == ()


def test_what_an_action_is_told_not_to_escape_is_raw():
    assert pasted("pull_request_target", "tj-actions/changed-files@v46", "added_files", safe_output=False)
    assert not pasted("pull_request_target", "tj-actions/changed-files@v46", "added_files", safe_output=True)
