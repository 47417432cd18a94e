"""What several files of one repository say together about who starts what."""

from __future__ import annotations

import pytest

from nhilint.model.fact import Unknown, value_of
from nhilint.model.vocabulary.agent import Agent
from nhilint.model.vocabulary.workflow import Workflow
from tests.formats.github.reading import SHA, linked

CALLED = """
on: {workflow_call: {inputs: {title: {type: string}}}}
jobs:
  j:
    runs-on: x
    steps:
      - run: "x ${{ inputs.title }}"
"""
CALLER = """
on: %s
permissions: %s
jobs:
  c:
    uses: ./.github/workflows/called.yml
    with: {title: "${{ github.event.issue.title }}"}
"""


def workflow(found: dict[str, list[object]], path: str) -> Workflow:
    return next(facts for facts in found[path] if isinstance(facts, Workflow))


def test_a_called_workflow_is_open_to_whom_its_callers_are():
    files = {
        ".github/workflows/called.yml": CALLED,
        ".github/workflows/c.yml": CALLER % ("issues", "{contents: write}"),
    }
    (step,) = workflow(linked(files), ".github/workflows/called.yml").steps
    assert (step.open_to.value, step.started_by.value, step.rights.value) == ("anyone", "issues", "strong")
    assert step.injections[0].chosen_by.value == "outsiders"
    assert step.started_by.at.path == ".github/workflows/c.yml"


def test_trusted_callers_make_it_harmless():
    files = {".github/workflows/called.yml": CALLED, ".github/workflows/c.yml": CALLER % ("workflow_dispatch", "{}")}
    called = workflow(linked(files), ".github/workflows/called.yml")
    assert called.jobs[0].open_to.value == "writers"
    assert called.jobs[0].rights.value == "none"
    assert all(not step.injections for step in called.steps)


def test_without_a_caller_nothing_is_known():
    (step,) = workflow(linked({".github/workflows/called.yml": CALLED}), ".github/workflows/called.yml").steps
    assert isinstance(step.open_to, Unknown)
    assert step.injections[0].chosen_by.value == "callers"


def test_conditions_of_both_sides_count():
    guarded = CALLED.replace("runs-on: x", "if: github.event_name == 'push'\n    runs-on: x")
    files = {".github/workflows/called.yml": guarded, ".github/workflows/c.yml": CALLER % ("issues", "{}")}
    assert workflow(linked(files), ".github/workflows/called.yml").jobs[0].open_to.value == "writers"


def test_calls_are_followed_through_a_workflow_in_between():
    between = "on: workflow_call\njobs:\n  c: {uses: ./.github/workflows/called.yml}\n"
    outer = "on: issues\njobs:\n  c: {uses: ./.github/workflows/between.yml}\n"
    files = {
        ".github/workflows/called.yml": CALLED,
        ".github/workflows/between.yml": between,
        ".github/workflows/outer.yml": outer,
    }
    assert workflow(linked(files), ".github/workflows/called.yml").jobs[0].open_to.value == "anyone"


def test_workflows_that_call_each_other_end():
    text = "on: workflow_call\njobs:\n  c: {uses: ./.github/workflows/%s.yml}\n"
    files = {".github/workflows/a.yml": text % "b", ".github/workflows/b.yml": text % "a"}
    assert isinstance(workflow(linked(files), ".github/workflows/a.yml").jobs[0].open_to, Unknown)


FOLLOWS = "on: {workflow_run: {workflows: [%s]}}\njobs:\n  j: {runs-on: x, steps: [{uses: acme/x@v1}]}\n"


@pytest.mark.parametrize(
    ("on", "open_to"),
    [("pull_request", "anyone"), ("push", "writers"), ('{schedule: [{cron: "1 1 * * *"}]}', "writers")],
)
def test_a_workflow_that_follows_is_open_like_the_one_before(on, open_to):
    ci = f"name: CI\non: {on}\njobs:\n  j: {{runs-on: x, steps: [{{run: make}}]}}\n"
    found = linked({".github/workflows/ci.yml": ci, ".github/workflows/after.yml": FOLLOWS % "CI"})
    assert workflow(found, ".github/workflows/after.yml").jobs[0].open_to.value == open_to


def test_one_that_follows_a_stranger_is_not_known():
    found = linked({".github/workflows/after.yml": FOLLOWS % "Elsewhere"})
    assert isinstance(workflow(found, ".github/workflows/after.yml").jobs[0].open_to, Unknown)


@pytest.mark.parametrize(
    ("followed", "known"), [("Elsewhere", True), ("pages-build-deployment", False), ("CodeQL", False), ("C*", False)]
)
def test_one_that_follows_what_no_file_of_the_repository_is_called_is_never_started_that_way(followed, known):
    ci = "name: CI\non: pull_request\njobs:\n  j: {runs-on: x, steps: [{run: make}]}\n"
    found = linked({".github/workflows/ci.yml": ci, ".github/workflows/after.yml": FOLLOWS % f'"{followed}"'})
    (job,) = workflow(found, ".github/workflows/after.yml").jobs
    assert (value_of(job.open_to) == "writers", bool(job.admits)) == (known, not known)


ASSISTANT = f"""
inputs: {{prompt: {{}}, token: {{}}}}
runs:
  using: composite
  steps:
    - run: make
      shell: bash
    - uses: anthropics/claude-code-action@{SHA}
      with:
        prompt: "Answer ${{{{ inputs.prompt }}}}"
        github_token: ${{{{ inputs.token }}}}
        allowed_non_write_users: "*"
        claude_args: --allowedTools Bash
"""
ASKS = """
on: %s
permissions: {contents: write}
jobs:
  answer:
    runs-on: x
    steps:
      - uses: ./.github/actions/a
        with: {prompt: "${{ %s }}", token: "${{ github.token }}"}
"""


@pytest.mark.parametrize(
    ("on", "filled", "expected"),
    [
        ("issues", "github.event.issue.body", ("anyone", "issues", ("github.event.issue.body",))),
        ("issues", "github.event.issue.number", ("anyone", "issues", ())),
        ("push", "github.event.issue.body", ("writers", None, ())),
    ],
)
def test_an_agent_in_a_local_action_runs_in_the_job_that_uses_it(on, filled, expected):
    files = {".github/actions/a/action.yml": ASSISTANT, ".github/workflows/u.yml": ASKS % (on, filled)}
    (agent,) = [facts for facts in linked(files)[".github/actions/a/action.yml"] if isinstance(facts, Agent)]
    told = (value_of(agent.open_to), value_of(agent.started_by), value_of(agent.untrusted_input))
    assert told == expected
    assert (value_of(agent.job), value_of(agent.rights)) == ("answer", "strong")


def test_an_agent_in_an_action_that_nothing_here_uses_is_nobodys():
    found = linked({".github/actions/a/action.yml": ASSISTANT, ".github/workflows/c.yml": CALLED})
    assert not any(isinstance(facts, Agent) for facts in found[".github/actions/a/action.yml"])


def test_an_input_in_a_prompt_that_no_caller_fills_is_no_outsiders_text():
    called = AGENT.replace("github.event.pull_request.title ||", "inputs.title ||").replace(
        "on: workflow_call", "on: {workflow_call: {inputs: {title: {type: string}}}}"
    )
    (agent,) = [
        f for f in linked({".github/workflows/c.yml": called})[".github/workflows/c.yml"] if isinstance(f, Agent)
    ]
    assert value_of(agent.untrusted_input) == ("github.event.issue.title in T", "github.event.review.body in R")


ACTION = """
inputs: {title: {}}
runs:
  using: composite
  steps:
    - {run: "x ${{ inputs.title }}", shell: bash}
    - {run: "y ${{ github.event.comment.body }}", shell: bash}
"""
USER = f"""
on: %s
permissions: {{contents: write}}
jobs:
  j:
    runs-on: x
    steps:
      - uses: actions/checkout@{SHA}
      - uses: ./.github/actions/a
        with: {{title: "${{{{ github.event.issue.title }}}}"}}
"""


def test_a_local_action_runs_inside_the_step_that_uses_it():
    found = linked({".github/actions/a/action.yml": ACTION, ".github/workflows/u.yml": USER % "issues"})
    first, second = workflow(found, ".github/actions/a/action.yml").steps
    assert (first.open_to.value, first.rights.value) == ("anyone", "strong")
    assert first.injections[0].chosen_by.value == "outsiders"
    assert second.injections == ()  # no comment is part of that event


def test_what_is_pasted_runs_with_the_rights_of_those_callers_that_outsiders_start():
    open_to_all = (USER % "issues").replace("contents: write", "issues: write")
    users = {".github/workflows/u.yml": open_to_all, ".github/workflows/v.yml": USER % "push"}
    found = linked({".github/actions/a/action.yml": ACTION, **users})
    first = workflow(found, ".github/actions/a/action.yml").steps[0]
    assert (first.open_to.value, first.rights.value) == ("anyone", "weak")
    assert first.held.value == ("a token that may write issues",)


def test_an_agent_in_a_called_workflow_is_started_by_the_callers():
    called = f"""
on: workflow_call
jobs:
  j:
    runs-on: x
    steps:
      - uses: google-github-actions/run-gemini-cli@{SHA}
        env: {{GITHUB_TOKEN: "${{{{ github.token }}}}"}}
        with: {{prompt: "${{{{ github.event.issue.body }}}}"}}
"""
    files = {".github/workflows/called.yml": called, ".github/workflows/c.yml": CALLER % ("issues", "{issues: write}")}
    (agent,) = [facts for facts in linked(files)[".github/workflows/called.yml"] if isinstance(facts, Agent)]
    assert (agent.open_to.value, value_of(agent.started_by), agent.rights.value) == ("anyone", "issues", "weak")


AGENT = f"""
on: workflow_call
jobs:
  j:
    runs-on: x
    steps:
      - uses: google-github-actions/run-gemini-cli@{SHA}
        env: {{T: "${{{{ github.event.pull_request.title || github.event.issue.title }}}}", R: "${{{{ github.event.review.body }}}}"}}
"""
MEMBERS = """
on: %s
jobs:
  c: {if: "github.event.comment.author_association == 'MEMBER'", uses: ./.github/workflows/called.yml}
"""


@pytest.mark.parametrize(
    ("on", "texts"),
    [
        ("issue_comment", ("github.event.issue.title in T",)),
        ("[pull_request_review_comment, pull_request]", ()),
        ("[pull_request_review, issues]", ("github.event.issue.title in T", "github.event.review.body in R")),
        (
            "workflow_call",
            ("github.event.pull_request.title in T", "github.event.issue.title in T", "github.event.review.body in R"),
        ),
    ],
)
def test_an_agent_in_a_called_workflow_reads_what_the_callers_events_bring(on, texts):
    files = {".github/workflows/called.yml": AGENT, ".github/workflows/c.yml": MEMBERS % on}
    (agent,) = [facts for facts in linked(files)[".github/workflows/called.yml"] if isinstance(facts, Agent)]
    assert value_of(agent.untrusted_input) == texts


COMPOSITE = """
runs:
  using: composite
  steps:
    - uses: covermeter/upload-action@v5
    - uses: acme/summary@v2
"""
HOLDS = """
on: push
jobs:
  u:
    runs-on: x
    permissions: %s
    steps:
      - uses: ./.github/actions/a
        with: {token: "${{ secrets.COVERMETER_TOKEN }}"}
"""


@pytest.mark.parametrize(
    ("permissions", "own", "other"),
    [
        ("{contents: read}", (), ("the secret COVERMETER_TOKEN",)),
        ("{issues: write}", (), ("the secret COVERMETER_TOKEN",)),
        (
            "{packages: write}",
            ("a token that may write packages",),
            ("the secret COVERMETER_TOKEN", "a token that may write packages"),
        ),
    ],
)
def test_in_a_local_action_too_a_service_may_have_its_own_key(permissions, own, other):
    files = {".github/actions/a/action.yml": COMPOSITE, ".github/workflows/u.yml": HOLDS % permissions}
    covermeter, summary = workflow(linked(files), ".github/actions/a/action.yml").steps
    assert (value_of(covermeter.beside), value_of(summary.beside)) == (own, other)


CHOOSY = """
on: {workflow_call: {inputs: {publish: {type: boolean, default: %s}, mode: {type: string}, ref: {type: string, required: true}}}}
jobs:
  j: {if: "%s", runs-on: x, steps: [{uses: a/b@v1}]}
"""


@pytest.mark.parametrize(
    ("condition", "default", "given", "open_to"),
    [
        ("inputs.publish", "false", "{}", "writers"),
        ("inputs.publish", "true", "{}", "anyone"),
        ("inputs.publish", "false", "{publish: true}", "anyone"),
        ("inputs.publish", "true", "{publish: false}", "writers"),
        ("!inputs.publish", "true", "{publish: false}", "anyone"),
        ("!inputs.publish", "true", "{}", "writers"),
        ("inputs.publish == false", "true", "{}", "writers"),
        ("inputs.publish", "false", '{publish: "${{ vars.P }}"}', "anyone"),
        ("always() && inputs.mode == 'deploy'", "false", "{mode: check}", "writers"),
        ("always() && inputs.mode != 'deploy'", "false", "{mode: check}", "anyone"),
        ("inputs.mode", "false", "{mode: 'false'}", "anyone"),
        ("inputs.publish || inputs.mode", "false", "{}", "anyone"),
        ("inputs.other", "false", "{}", "anyone"),
        # what must be given is taken to be something
        ("!inputs.ref", "false", '{ref: "${{ needs.a.outputs.ref }}"}', "writers"),
        ("!inputs.mode", "false", '{mode: "${{ needs.a.outputs.mode }}"}', "anyone"),
    ],
)
def test_a_condition_on_inputs_is_weighed_against_what_the_caller_gives(condition, default, given, open_to):
    caller = f"on: issues\njobs:\n  c: {{uses: ./.github/workflows/called.yml, with: {given}}}\n"
    files = {".github/workflows/called.yml": CHOOSY % (default, condition), ".github/workflows/c.yml": caller}
    called = workflow(linked(files), ".github/workflows/called.yml")
    assert (called.jobs[0].open_to.value, called.steps[0].open_to.value) == (open_to, open_to)


@pytest.mark.parametrize(
    ("matrix", "publish", "open_to"),
    [
        ("{row: [{p: false, n: a}, {p: false, n: b}]}", "matrix.row.p", "writers"),
        ("{row: [{p: false}, {p: true}]}", "matrix.row.p", "anyone"),
        ("{row: [{p: false}, {n: b}]}", "matrix.row.p", "anyone"),
        ("{include: [{p: false}, {p: false}]}", "matrix.p", "writers"),
        ("{row: [{p: false}], include: [{row: {p: true}}]}", "matrix.row.p", "anyone"),
        ("{p: '${{ fromJSON(vars.P) }}'}", "matrix.p", "anyone"),
        ("'${{ fromJSON(vars.M) }}'", "matrix.p", "anyone"),
        ("{p: [false]}", "matrix.p && true", "anyone"),
    ],
)
def test_what_every_row_of_a_matrix_says_is_what_the_caller_gives(matrix, publish, open_to):
    given = f"strategy: {{matrix: {matrix}}}, with: {{publish: '${{{{ {publish} }}}}'}}"
    caller = f"on: issues\njobs:\n  c: {{uses: ./.github/workflows/called.yml, {given}}}\n"
    files = {".github/workflows/called.yml": CHOOSY % ("true", "inputs.publish"), ".github/workflows/c.yml": caller}
    assert workflow(linked(files), ".github/workflows/called.yml").jobs[0].open_to.value == open_to


@pytest.mark.parametrize(
    ("permissions", "step", "told"),
    [
        ("{id-token: write}", "{run: make}", False),
        ("{id-token: write, pages: write}", "{run: make}", False),
        ("{id-token: write, packages: write}", "{run: make}", True),
    ],
)
def test_what_a_caller_hands_to_a_called_workflow_must_be_worth_a_hijacking(permissions, step, told):
    called = f"on: workflow_call\njobs: {{j: {{runs-on: x, steps: [{{uses: a/b@v1}}, {step}]}}}}\n"
    caller = CALLER.replace('    with: {title: "${{ github.event.issue.title }}"}\n', "") % ("push", permissions)
    files = {".github/workflows/called.yml": called, ".github/workflows/c.yml": caller}
    first = workflow(linked(files), ".github/workflows/called.yml").steps[0]
    assert bool(value_of(first.beside)) is told


@pytest.mark.parametrize(("given", "found"), [("{}", 0), ("{say: 'true'}", 1), ("{say: 'no'}", 0)])
def test_a_step_of_an_action_may_be_passed_over(given, found):
    action = """
inputs: {say: {default: 'false'}, title: {}}
runs:
  using: composite
  steps: [{if: "inputs.say == 'true'", shell: bash, run: "echo ${{ inputs.title }}"}]
"""
    inputs = given.replace("{", '{title: "${{ github.event.issue.title }}", ', 1)
    caller = f"on: issues\njobs:\n  c: {{runs-on: x, steps: [{{uses: ./a, with: {inputs}}}]}}\n"
    (step,) = workflow(linked({"a/action.yml": action, ".github/workflows/c.yml": caller}), "a/action.yml").steps
    assert len(step.injections) == found


def test_an_action_that_runs_from_an_image_uses_that_image():
    action = "runs: {using: docker, image: 'docker://acme/scan:2'}\n"
    caller = "on: push\npermissions: {contents: write}\njobs:\n  c: {runs-on: x, steps: [{uses: ./a}]}\n"
    (step,) = workflow(linked({"a/action.yml": action, ".github/workflows/c.yml": caller}), "a/action.yml").steps
    assert (step.action.ecosystem.value, step.action.name.value, step.action.pin.value) == ("oci", "acme/scan", "tag")
    assert (step.rights.value, step.open_to.value) == ("strong", "writers")


SORTED = """
on: {issues: {types: [opened]}, issue_comment: {types: [created]}}
jobs:
  sort:
    runs-on: x
    outputs: {command: "${{ steps.sort.outputs.command }}"}
    steps:
      - id: sort
        uses: actions/github-script@%s
        env: {EVENT: "${{ github.event_name }}.${{ github.event.action }}"}
        with:
          script: |
            const event = process.env.EVENT;
            if (event === 'issues.opened') { core.setOutput('command', 'triage'); }
  c:
    needs: sort
    if: needs.sort.outputs.command == '%s'
    uses: ./.github/workflows/called.yml
    with: {title: "${{ github.event.issue.title }}"}
"""


@pytest.mark.parametrize(("asked", "known"), [("triage", True), ("answer", False)])
def test_a_job_that_sorts_by_event_tells_who_starts_the_others(asked, known):
    files = {".github/workflows/called.yml": CALLED, ".github/workflows/c.yml": SORTED % (SHA, asked)}
    (step,) = workflow(linked(files), ".github/workflows/called.yml").steps
    assert (value_of(step.open_to) == "anyone") is known
    assert isinstance(step.open_to, Unknown) is not known


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("secrets.GITHUB_TOKEN", "secrets.OURS", ("REGISTRY_TOKEN",)),
        ("secrets.GITHUB_TOKEN", "github.event_name == 'push' && secrets.GITHUB_TOKEN || ''", ()),
        ("github.token", "secrets.OURS || secrets.GITHUB_TOKEN", ("REGISTRY_TOKEN",)),
    ],
)
def test_a_secret_that_every_caller_fills_with_its_own_token_is_none(first, second, told):
    step = "{uses: a/b@v1, with: {token: '${{ secrets.REGISTRY_TOKEN }}'}}"
    called = f"on: workflow_call\njobs: {{j: {{runs-on: x, steps: [{step}]}}}}\n"
    caller = 'on: push\njobs: {c: {uses: ./.github/workflows/called.yml, secrets: {registry_token: "${{ %s }}"}}}\n'
    files = {
        ".github/workflows/called.yml": called,
        ".github/workflows/a.yml": caller % first,
        ".github/workflows/b.yml": caller % second,
    }
    (found,) = workflow(linked(files), ".github/workflows/called.yml").steps
    assert value_of(found.foreign_secrets) == told


OUTER = 'runs: {using: composite, steps: [{uses: ./.github/actions/inner, if: "%s"}]}\n'
INNER = "runs: {using: composite, steps: [{uses: somebody/upload@v1}]}\n"
AROUND = """
on: push
jobs:
  j:
    runs-on: x
    env: {BUCKET: "${{ secrets.STATE_BUCKET }}"}
    steps: [{uses: ./.github/actions/outer, env: {KEY: "${{ secrets.UPLOAD_KEY }}"}}]
"""


def test_the_variables_of_a_caller_reach_the_steps_of_local_actions_within_each_other():
    files = {
        ".github/actions/outer/action.yml": OUTER % "always()",
        ".github/actions/inner/action.yml": INNER,
        ".github/workflows/u.yml": AROUND,
    }
    (found,) = workflow(linked(files), ".github/actions/inner/action.yml").steps
    assert value_of(found.foreign_secrets) == ("UPLOAD_KEY",)


def test_what_a_caller_gives_an_action_as_an_input_is_in_no_variable_of_its_steps():
    given = AROUND.replace("env: {KEY:", "with: {key:")
    files = {".github/actions/outer/action.yml": INNER, ".github/workflows/u.yml": given}
    (found,) = workflow(linked(files), ".github/actions/outer/action.yml").steps
    assert not value_of(found.foreign_secrets)
