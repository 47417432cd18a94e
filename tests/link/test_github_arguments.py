"""Agents whose tools the callers of an action or workflow decide."""

from __future__ import annotations

import pytest

from nhilint.model.fact import Unknown, value_of
from nhilint.model.vocabulary.agent import Agent
from tests.formats.github.reading import SHA, linked

PATH = ".github/actions/a/action.yml"
ARGUMENTS = (
    "${{ inputs.tools != '' && format('--allowedTools ''{0}''', inputs.tools) || '' }} --model ${{ inputs.model }}"
)
ACTION = f"""
inputs: {{tools: {{default: ''}}, model: {{default: m}}, prompt: {{}}}}
runs:
  using: composite
  steps:
    - uses: anthropics/claude-code-action@{SHA}
      with:
        prompt: ${{{{ inputs.prompt }}}}
        github_token: ${{{{ github.token }}}}
        claude_args: "%s"
"""
USES = """
on: %s
permissions: {contents: write}
jobs:
  %s:
    runs-on: x
    steps: [{uses: ./.github/actions/a, with: {prompt: "x", %s}}]
"""


def agents(files: dict[str, str], arguments: str = ARGUMENTS, path: str = PATH) -> list[Agent]:
    files = {path: ACTION % arguments, **files}
    return [facts for facts in linked(files)[path] if isinstance(facts, Agent)]


def test_a_caller_decides_the_tools():
    (agent,) = agents({".github/workflows/u.yml": USES % ("push", "c", "tools: 'Bash(*),WebFetch'")})
    assert value_of(agent.command_reach) == "any"
    assert [value_of(rule.rule) for rule in agent.permissions] == ["Bash(*)", "WebFetch"]
    assert value_of(agent.command_rule) == "Bash(*)"
    assert (agent.command_reach.at.path, agent.command_reach.at.pointer[-1]) == (".github/workflows/u.yml", "tools")


def test_each_caller_has_its_own_agent_where_they_differ():
    found = agents(
        {
            ".github/workflows/u.yml": USES % ("push", "c", "tools: 'Bash(*)'"),
            ".github/workflows/v.yml": USES % ("issues", "d", "tools: 'Bash(git diff:*)'"),
            ".github/workflows/w.yml": USES % ("issues", "e", "model: other"),
        }
    )
    told = {(value_of(a.job), value_of(a.command_reach)) for a in found}
    assert told == {("c", "any"), ("d", "listed"), ("e", None)}


@pytest.mark.parametrize("given", ["tools: '${{ vars.TOOLS }}'", "model: x", "tools: 'Read'"])
def test_what_nobody_writes_out_and_what_opens_no_shell_stay_unknown(given):
    (agent,) = agents({".github/workflows/u.yml": USES % ("push", "c", given)})
    assert isinstance(agent.command_reach, Unknown)


@pytest.mark.parametrize("flag", ["--dangerously-skip-permissions", "--permission-mode bypassPermissions"])
def test_a_caller_may_switch_every_question_off(flag):
    workflow = USES % ("push", "c", f"tools: '{flag}'")
    (agent,) = agents({".github/workflows/u.yml": workflow}, "${{ inputs.tools }}")
    assert (value_of(agent.autonomy), value_of(agent.command_reach)) == ("ungated", "any")


def test_a_rule_of_the_caller_lets_it_fetch_what_outsiders_write():
    (agent,) = agents({".github/workflows/u.yml": USES % ("push", "c", "tools: 'Bash(gh:*)'")})
    assert value_of(agent.untrusted_input) == ("issues and pull requests that it may fetch (Bash(gh:*))",)


COMMENTS = """
on: %s
permissions: {contents: write}
jobs:
  c:
    if: %s == 'MEMBER'
    runs-on: x
    steps:
      - uses: ./.github/actions/a
        env: {TITLE: "${{ github.event.issue.title }}"}
        with: {tools: Bash, prompt: "%s"}
"""
NUMBER, TITLE = "Issue ${{ github.event.issue.number }}", "About ${{ env.TITLE }}"
ISSUES_OWN = "github.event.issue.author_association"
TOLD = "issues or pull requests that it is told to read (github.event.issue.number)"


@pytest.mark.parametrize(
    ("event", "asked", "prompt", "told"),
    [
        ("issue_comment", "github.event.comment.author_association", NUMBER, (TOLD,)),
        ("issue_comment", "github.event.comment.author_association", TITLE, ("github.event.issue.title",)),
        ("issue_comment", f"{ISSUES_OWN} == 'MEMBER' && github.event.comment.author_association", TITLE, ()),
        ("issues", ISSUES_OWN, NUMBER, ()),
        ("issues", ISSUES_OWN, TITLE, ()),
    ],
)
def test_a_prompt_of_the_caller_tells_whose_thread_is_read(event, asked, prompt, told):
    (agent,) = agents({".github/workflows/u.yml": COMMENTS % (event, asked, prompt)})
    assert value_of(agent.untrusted_input) == told
    assert value_of(agent.open_to) == "writers"


CALLED = f"""
on: {{workflow_call: {{inputs: {{tools: {{type: string}}, prompt: {{type: string}}}}}}%s}}
jobs:
  j:
    runs-on: x
    steps:
      - uses: anthropics/claude-code-action@{SHA}
        with:
          prompt: x
          github_token: ${{{{ github.token }}}}
          claude_args: "--allowedTools ${{{{ inputs.tools }}}}"
"""
CALLS = """
on: push
permissions: {contents: write}
jobs: {c: {uses: ./.github/workflows/called.yml, with: {tools: "Bash"}}}
"""


@pytest.mark.parametrize(("also", "reach"), [("", "any"), (", push: {}", None)])
def test_a_called_workflow_is_filled_in_unless_something_else_starts_it(also, reach):
    found = linked({".github/workflows/called.yml": CALLED % also, ".github/workflows/u.yml": CALLS})
    (agent,) = [facts for facts in found[".github/workflows/called.yml"] if isinstance(facts, Agent)]
    assert value_of(agent.command_reach) == reach
