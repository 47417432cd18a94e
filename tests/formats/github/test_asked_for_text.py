"""Text of outsiders that a step asks the platform for: replies, comments found, outputs that a script works out."""

from __future__ import annotations

import json

import pytest

from nhilint.model.fact import value_of
from tests.formats.github.reading import SHA, agent_of, steps_of


def workflow(first: dict[str, object], second: dict[str, object]) -> str:
    steps = [{"id": "ask", **first}, second]
    return json.dumps({"on": "issues", "jobs": {"j": {"runs-on": "x", "steps": steps}}})


def read_by_agent(first: dict[str, object], output: str) -> tuple[str, ...]:
    prompt = f"Look at ${{{{ {output} }}}}"
    return value_of(
        agent_of(
            workflow(first, {"uses": f"anthropics/claude-code-action@{SHA}", "with": {"prompt": prompt}})
        ).untrusted_input
    )


def script(text: str) -> dict[str, object]:
    return {"uses": f"actions/github-script@{SHA}", "with": {"script": text}}


def request(route: str) -> dict[str, object]:
    return {"uses": f"octokit/request-action@{SHA}", "with": {"route": route}}


@pytest.mark.parametrize(
    ("first", "output"),
    [
        ({"uses": f"peter-evans/find-comment@{SHA}"}, "steps.ask.outputs.comment-body"),
        (request("GET /repos/{repo}/pulls/{number}"), "steps.ask.outputs.data"),
        (request("GET /repos/{repo}/issues/{number}"), "fromJSON(steps.ask.outputs.data).title"),
        (
            script(
                "const {data} = await github.rest.issues.get(x); const text = `# ${data.title}`; core.setOutput('text', text);"
            ),
            "steps.ask.outputs.text",
        ),
        (
            script(
                "const all = await github.rest.issues.listComments(x); return all.data.map(c => c.body).join('\\n')"
            ),
            "steps.ask.outputs.result",
        ),
    ],
)
def test_it_reaches_a_prompt(first, output):
    assert any("steps.ask.outputs" in text for text in read_by_agent(first, output))


@pytest.mark.parametrize(
    ("first", "output"),
    [
        ({"uses": f"peter-evans/find-comment@{SHA}"}, "steps.ask.outputs.comment-id"),
        (request("GET /repos/{repo}/pulls/{number}"), "fromJSON(steps.ask.outputs.data).base.ref"),
        (request("GET /repos/{repo}/releases"), "steps.ask.outputs.data"),
        (
            script("const i = await github.rest.issues.get(x); core.setOutput('bug', i.data.title.includes('bug'))"),
            "steps.ask.outputs.bug",
        ),
        (
            script("const i = await github.rest.issues.get(x); const t = i.data.title; core.setOutput('n', 3)"),
            "steps.ask.outputs.n",
        ),
    ],
)
def test_a_number_a_name_and_an_answer_are_no_text(first, output):
    assert not any("steps.ask" in text for text in read_by_agent(first, output))


def test_a_branch_of_a_reply_is_pasted_into_a_shell():
    run = {
        "run": "sonar --branch=${{ fromJson(steps.ask.outputs.data).head.ref }} --base=${{ fromJson(steps.ask.outputs.data).base.ref }}"
    }
    steps = steps_of(workflow(request("GET /repos/{repo}/pulls/{number}"), run))
    assert [i.expression.value for i in steps[-1].injections] == ["steps.ask.outputs.data.head.ref"]


def test_a_copy_of_an_action_is_taken_for_the_original():
    agent = agent_of(
        workflow({"run": "true"}, {"uses": "somebody/claude-code-action@beta", "with": {"prompt": "look"}})
    )
    assert (value_of(agent.product), value_of(agent.checks_actor)) == ("claude-code", True)
