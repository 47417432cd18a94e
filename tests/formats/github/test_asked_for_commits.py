"""The head of a pull request that a script asks the platform for, and what is run of it."""

from __future__ import annotations

import json

import pytest

from nhilint.model.fact import value_of
from tests.formats.github.reading import SHA, steps_of

ASKS = "const pr = await github.rest.pulls.get({pull_number: context.issue.number});\n"


def workflow(script: str, output: str = "result", *more: dict[str, object], uses: str = "actions/github-script") -> str:
    asks = {"id": "pr", "uses": f"{uses}@{SHA}", "with": {"script": script}}
    checkout = {"uses": f"actions/checkout@{SHA}", "with": {"ref": f"${{{{ steps.pr.outputs.{output} }}}}"}}
    steps = [asks, checkout, *(more or ({"run": "make"},))]
    return json.dumps({"on": "issue_comment", "jobs": {"j": {"runs-on": "x", "steps": steps}}})


def is_run(text: str) -> bool:
    return any(value_of(step.runs_checked_out_code) for step in steps_of(text))


@pytest.mark.parametrize(
    ("script", "output", "found"),
    [
        (f"{ASKS}return pr.data.head.sha", "result", True),
        (f"{ASKS}if (pr) {{ return pr.data.head.sha }} else {{ return 'main' }}", "result", True),
        (f"{ASKS}const at = pr.data.head.sha;\nreturn at;", "result", True),
        (f"{ASKS}core.setOutput('tip', pr.data.head.sha)", "tip", True),
        (f"{ASKS}core.setOutput('tip', pr.data.head.sha)", "other", False),
        (f"{ASKS}return pr.data.base.sha", "result", False),
        (f"{ASKS}return pr.data.head.sha === known", "result", False),
        (f"{ASKS}console.log(pr.data.head.sha); return 'main'", "result", False),
        # a branch of that name in the repository itself, which outsiders cannot write
        (f"{ASKS}return pr.data.head.ref", "result", False),
    ],
)
def test_the_head_that_a_script_hands_on(script, output, found):
    assert is_run(workflow(script, output)) is found


def test_another_action_with_a_script_is_not_followed():
    assert not is_run(workflow(f"{ASKS}return pr.data.head.sha", uses="acme/script"))


@pytest.mark.parametrize(("written", "found"), [("steps.pr.outputs.result", True), ("github.sha", False)])
def test_it_is_followed_through_the_output_of_a_job(written, found):
    asks = {"id": "pr", "uses": f"actions/github-script@{SHA}", "with": {"script": f"{ASKS}return pr.data.head.sha"}}
    first = {"runs-on": "x", "outputs": {"gitRef": f"${{{{ {written} }}}}"}, "steps": [asks]}
    checkout = {"uses": f"actions/checkout@{SHA}", "with": {"ref": "${{ needs.first.outputs.gitRef }}"}}
    second = {"runs-on": "x", "needs": "first", "steps": [checkout, {"run": "make"}]}
    assert is_run(json.dumps({"on": "issue_comment", "jobs": {"first": first, "second": second}})) is found


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ("const run = require('./.github/scripts/run.js'); await run({github})", True),
        ("const {run} = await import('${{ github.workspace }}/scripts/run.mjs')", True),
        ("require(`${process.env.GITHUB_WORKSPACE}/scripts/run.js`)", True),
        ("const fs = require('fs'); fs.readFileSync('./report.json')", False),
        ("core.info('nothing')", False),
    ],
)
def test_a_module_of_the_tree_that_a_script_loads_runs(script, found):
    loads = {"uses": f"actions/github-script@{SHA}", "with": {"script": script}}
    assert is_run(workflow(f"{ASKS}return pr.data.head.sha", "result", loads)) is found
