"""Odd workflows never raise: an odd value is an unknown fact, or nothing at all."""

from __future__ import annotations

import json
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.github import action, workflow
from nhilint.formats.github.claims import CLAIMS
from nhilint.link.github import join
from nhilint.source.document import Syntax, read
from tests.formats.github.reading import PATH

WORDS = [
    "",
    "x",
    "*",
    "./.github/workflows/w.yml",
    "./a",
    "acme/x@v1",
    "actions/checkout@v4",
    "docker://x",
    "write-all",
    "'",
    '"',
    "{{",
    "inherit",
    "self-hosted",
    "anthropics/claude-code-action@v1",
    "openai/codex-action@v1",
    "google-github-actions/run-gemini-cli@v0",
    "issues",
    "workflow_call",
    "workflow_run",
    "pull_request_target",
]
TEXTS = [
    *("${{ github.event.issue.title }}", "${{ env.A }}", "${{ needs.j.outputs.a }}", "${{ steps.a.outputs.a }}", "${{"),
    *("github.actor == 'x[bot]'", "always() && needs.j.result == 'success'", "${{ toJSON(secrets) }}"),
    *("claude -p x --yolo", "echo $A | base64"),
]
KEYS = [
    "on",
    "jobs",
    "permissions",
    "env",
    "steps",
    "run",
    "uses",
    "with",
    "if",
    "needs",
    "outputs",
    "id",
    "name",
    "j",
    "a",
    "secrets",
    "environment",
    "runs-on",
    "strategy",
    "matrix",
    "include",
    "types",
    "inputs",
    "workflows",
    "contents",
    "script",
    "prompt",
    "claude_args",
    "settings",
    "allowed_tools",
    "ref",
    "path",
    "token",
    "credentials",
    "password",
    "container",
    "services",
    "runs",
    "using",
    "defaults",
    "issues",
    "workflow_call",
    "workflow_run",
    "issue_comment",
]
scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.sampled_from(WORDS + TEXTS)
odd = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=25,
)
step = st.dictionaries(st.sampled_from(KEYS), odd, max_size=6)
job = st.fixed_dictionaries({"steps": st.lists(step, max_size=3) | odd}) | st.dictionaries(st.sampled_from(KEYS), odd)
document = st.fixed_dictionaries(
    {"jobs": st.dictionaries(st.sampled_from(["j", "k"]), job, max_size=2) | odd, "on": odd}
)


def extracted(value: object) -> tuple[object, ...]:
    text = json.dumps(value).encode()
    found = workflow.extract(read(PATH, text, Syntax.YAML), CLAIMS[0])
    other = action.extract(read("a/action.yml", text, Syntax.YAML), CLAIMS[1])
    return join((*found.resources, *other.resources))


@given(document)
@settings(max_examples=150, deadline=None)
def test_any_workflow_is_read_or_left(value):
    for resource in extracted(value):
        activate(resource.facts)


@given(
    st.fixed_dictionaries(
        {"runs": st.fixed_dictionaries({"using": st.just("composite"), "steps": st.lists(step) | odd}), "inputs": odd}
    )
)
@settings(max_examples=60, deadline=None)
def test_any_action_is_read_or_left(value):
    for resource in extracted(value):
        activate(resource.facts)


@pytest.mark.parametrize(
    "value",
    [
        {"on": ["issues"], "jobs": {f"j{i}": {"needs": [f"j{i + 1}"], "steps": []} for i in range(3_000)}},
        {"on": "issues", "jobs": {"j": {"steps": [{"run": "x ${{ github.event.issue.title }}", "id": "a"}] * 5_000}}},
        {
            "on": "issues",
            "env": {f"E{i}": f"${{{{ env.E{i + 1} }}}}" * 20 for i in range(2_000)},
            "jobs": {"j": {"steps": [{"run": "${{ env.E0 }}"}]}},
        },
        {"on": "issues", "jobs": {"j": {"if": " && ".join(["github.actor == 'x'"] * 400), "steps": [{"run": "make"}]}}},
        {"on": "issues", "jobs": {"j": {"steps": [{"run": "claude " + "-p 'x' " * 8_000}]}}},
        {
            "on": "push",
            "jobs": {"j": {"runs-on": "${{ matrix.os }}", "strategy": {"matrix": {"os": ["a"] * 50_000}}, "steps": []}},
        },
        {
            "on": "push",
            "jobs": {"j": {"steps": [{"uses": "a/b@c", "with": {str(i): "${{ secrets.A }}" for i in range(20_000)}}]}},
        },
    ],
    ids=[
        "chain of needs",
        "many steps",
        "chain of variables",
        "long condition",
        "long script",
        "large matrix",
        "many inputs",
    ],
)
def test_large_files_are_read_in_time(value):
    start = process_time()
    extracted(value)
    assert process_time() - start < 8
