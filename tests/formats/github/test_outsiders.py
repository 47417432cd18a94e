"""What outsiders bring into a job: text pasted into code, code in the work tree."""

from __future__ import annotations

import json

import pytest

from nhilint.formats.github.project_code import runs_project_code
from nhilint.model.fact import Unknown, value_of
from tests.formats.github.reading import SHA, job_of, steps_of, workflow_of


def steps(on: str, *steps: str, env: str = "{}") -> str:
    lines = "".join(f"      - {step}\n" for step in steps)
    return f"on: {on}\njobs:\n  j:\n    runs-on: x\n    env: {env}\n    steps:\n{lines}"


def injections(text: str) -> list[tuple[str, str, str]]:
    return [(i.expression.value, i.into.value, i.chosen_by.value) for step in steps_of(text) for i in step.injections]


@pytest.mark.parametrize(
    ("on", "expression", "found"),
    [
        ("issues", "github.event.issue.title", "outsiders"),
        ("issues", "github.event.issue['body']", "outsiders"),
        ("issues", "format('{0}', github.event.issue.title)", "outsiders"),
        ("issues", "github.event.issue.title || 'none'", "outsiders"),
        ("issues", "github.actor == 'x' && github.event.issue.title || 'y'", "outsiders"),
        ("issues", "toJSON(github.event.issue)", "outsiders"),
        ("pull_request_target", "github.head_ref", "outsiders"),
        ("pull_request_target", "github.event.pull_request.head.label", "outsiders"),
        ("push", "github.event.head_commit.message", "committers"),
        ("push", "github.event.commits[0].author.name", "committers"),
        # too narrow an alphabet, or no text at all
        ("issues", "github.event.issue.number", None),
        ("issues", "github.event.issue.user.login", None),
        ("issues", "contains(github.event.issue.title, 'x')", None),
        ("issues", "github.event.issue.title == 'x'", None),
        ("issues", "!github.event.issue.title", None),
        ("issues", "github.event.issue", None),
        ("pull_request_target", "github.event.pull_request.head.sha", None),
        # the event does not fill it, or has no rights
        ("issues", "github.event.comment.body", None),
        ("pull_request", "github.head_ref", None),
        ("{issues: {types: [labeled]}}", "github.event.issue.title", None),
        ("workflow_dispatch", "inputs.name", None),
        # a review has rights where the pull request comes from the repository itself: a writer's, unlike the review
        ("pull_request_review", "github.event.pull_request.title", None),
        ("pull_request_review_comment", "github.event.pull_request.head.ref", None),
        ("pull_request_review", "github.event.review.body", "outsiders"),
        ("[pull_request_review, pull_request_target]", "github.event.pull_request.title", "outsiders"),
    ],
)
def test_what_is_pasted_into_a_script(on, expression, found):
    text = steps(on, f'run: "x ${{{{ {expression} }}}}"')
    assert [chooser for _, _, chooser in injections(text)] == ([found] if found else [])


SCRIPTED = (
    f"{{id: a, uses: actions/github-script@{SHA}, "
    "with: {script: \"core.setOutput('t', context.payload.issue.title)\"}}"
)


@pytest.mark.parametrize(
    "hop",
    [
        "run: 'x ${{ env.T }}'",
        "{id: a, run: 'echo \"t=$T\" >> $GITHUB_OUTPUT'}\n      - run: 'x ${{ steps.a.outputs.t }}'",
        "{id: a, run: 'echo \"t=${{ env.t }}\" >> \"$GITHUB_OUTPUT\"'}\n      - run: 'x ${{ steps.a.outputs.t }}'",
        SCRIPTED + "\n      - run: 'x ${{ steps.a.outputs.t }}'",
    ],
)
def test_a_text_is_followed_through_names(hop):
    text = steps("issues", hop, env="{T: '${{ github.event.issue.title }}'}")
    assert ("github.event.issue.title", "shell", "outsiders") in injections(text)


@pytest.mark.parametrize(
    ("script", "runs"),
    [
        ("cd theirs && npm ci", True),
        ("make -C theirs", True),
        ("pip install -r theirs/requirements.txt", True),
        ("cargo build --manifest-path theirs/Cargo.toml", True),
        ("docker build theirs", True),
        ("./theirs/run.sh", True),
        ("python theirs/run.py", True),
        ("D=$GITHUB_WORKSPACE/theirs\nnpm --prefix $D ci", True),
        # data to a program of one's own, a question, a copy
        ("npm ci && node tool.js theirs", False),
        ("npm ci && node tool.js --root theirs", False),
        ("npm ci; [ -f theirs/x ] && echo yes", False),
        ("npm ci; git -C theirs log", False),
        ("npm ci; rm -r theirs", False),
        ("make; cd theirsish", False),
    ],
)
def test_code_in_a_folder_runs_where_a_command_works_in_the_folder(script, runs):
    checkout = f"{{uses: actions/checkout@{SHA}, with: {{ref: '${{{{ github.event.pull_request.head.sha }}}}', path: theirs}}}}"
    read = steps_of(steps("pull_request_target", checkout, f"run: {json.dumps(script)}"))
    assert any(value_of(step.runs_checked_out_code) for step in read) is runs


@pytest.mark.parametrize(
    ("script", "followed"),
    [
        ("const issue = context.payload.issue; core.setOutput('t', issue.title)", True),
        ("const { issue } = context.payload; core.setOutput('t', issue.title || '')", True),
        ("const { number, title: t } = context.payload.issue; core.setOutput('t', t)", True),
        ("const p = context.payload; const { title } = p.issue; core.setOutput('t', title)", True),
        ("const t = context.payload.issue?.title; core.setOutput('t', `x ${t}`)", True),
        # numbers, answers and what has been worked on
        ("const issue = context.payload.issue; core.setOutput('t', issue.number)", False),
        ("const issue = context.payload.issue; core.setOutput('t', issue.title.includes('x'))", False),
        ("const t = context.payload.issue.title.replace(/x/g, ''); core.setOutput('t', t)", False),
        ("core.setOutput('t', context.payload.issue.title.slice(0, 9))", False),
        ("const issue = await other(); const t = context.payload.issue.title; core.setOutput('t', issue.title)", False),
    ],
)
def test_a_script_hands_on_a_part_of_the_payload_by_its_own_names(script, followed):
    step = f"{{id: a, uses: actions/github-script@{SHA}, with: {{script: {json.dumps(script)}}}}}"
    text = steps("issues", step + "\n      - run: 'x ${{ steps.a.outputs.t }}'")
    assert injections(text) == ([("github.event.issue.title", "shell", "outsiders")] if followed else [])


def test_a_text_is_followed_from_job_to_job():
    text = """
on: issues
jobs:
  a:
    runs-on: x
    outputs: {t: "${{ github.event.issue.title }}"}
    steps: [{run: "true"}]
  b:
    needs: a
    runs-on: x
    steps: [{run: "x ${{ needs.a.outputs.t }}"}]
"""
    assert injections(text) == [("github.event.issue.title", "shell", "outsiders")]


def test_a_value_that_a_program_may_have_cleaned_is_not_followed():
    hop = "{id: a, run: 'echo \"t=$(echo $T | tr -dc a-z)\" >> $GITHUB_OUTPUT'}\n      - run: 'x ${{ steps.a.outputs.t }}'"
    assert injections(steps("issues", hop, env="{T: '${{ github.event.issue.title }}'}")) == []


def test_names_that_point_in_a_circle_end():
    env = "{A: '${{ env.B }}', B: '${{ env.A }}${{ github.event.issue.title }}'}"
    assert injections(steps("issues", "run: 'x ${{ env.A }}'", env=env)) == [
        ("github.event.issue.title", "shell", "outsiders")
    ]


def test_only_text_of_many_lines_is_dangerous_in_the_environment_file():
    body = "{run: 'echo \"B=$B\" >> $GITHUB_ENV', env: {B: '${{ github.event.issue.body }}'}}"
    title = "{run: 'echo \"B=$B\" >> $GITHUB_ENV', env: {B: '${{ github.event.issue.title }}'}}"
    assert injections(steps("issues", body)) == [("github.event.issue.body", "environment_file", "outsiders")]
    assert injections(steps("issues", title)) == []


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ('{\n  echo "B<<EOF"\n  echo "$B"\n  echo "EOF"\n} >> "$GITHUB_ENV"\n', True),
        ('{\n  if [ -n "$B" ]; then\n  echo "SET=1"\n  fi\n} >> "$GITHUB_ENV"\n', False),
        ('{\n  echo "$B"\n} >> notes.md\necho "GITHUB_ENV"\n', False),
        ("cat <<END >> $GITHUB_ENV\nB=$B\nEND\n", True),
        ("cat <<'END' >> $GITHUB_ENV\nB=$B\nEND\n", False),
        ("cat <<END > notes.md\nB=$B\nEND\necho A=1 >> $GITHUB_ENV\n", False),
        ('echo "B<<EOF" >> $GITHUB_ENV\necho "$B" >> $GITHUB_ENV\necho "EOF" >> $GITHUB_ENV\n', True),
        ('E=$(uuidgen)\necho "B<<$E" >> $GITHUB_ENV\necho "$B" >> $GITHUB_ENV\necho "$E" >> $GITHUB_ENV\n', False),
        ('E=$(uuidgen)\n{\n  echo "A<<$E"\n  echo a\n  echo "$E"\n  echo "$B"\n} >> $GITHUB_ENV\n', True),
        ("echo \"B=$(echo $B | tr -d '\\n')\" >> $GITHUB_ENV\n", False),
    ],
)
def test_blocks_of_lines_that_go_to_the_environment_file(script, found):
    step = json.dumps({"run": script, "env": {"B": "${{ github.event.issue.body }}"}})
    expected = [("github.event.issue.body", "environment_file", "outsiders")] if found else []
    assert injections(steps("issues", step)) == expected


def test_an_input_is_the_callers_unless_its_type_is_narrow():
    text = """
on: {workflow_call: {inputs: {name: {type: string}, count: {type: number}}}}
jobs: {j: {runs-on: x, steps: [{run: "x ${{ inputs.name }} ${{ inputs.count }}"}]}}
"""
    assert injections(text) == [("inputs.name", "shell", "callers")]


def test_the_place_is_the_expression_inside_the_script():
    (step,) = steps_of(steps("issues", "run: 'echo ${{ github.event.issue.title }}!'"))
    start, end = step.injections[0].at.within
    assert "echo ${{ github.event.issue.title }}!"[start:end] == "${{ github.event.issue.title }}"


HEAD = "{uses: actions/checkout@v6.0.2, with: {ref: '${{ github.event.pull_request.head.sha }}'%s}}"


def runs(text: str) -> list[int]:
    return [s.at.pointer[-1] for s in steps_of(text) if value_of(s.runs_checked_out_code)]


@pytest.mark.parametrize(
    ("on", "checkout", "run", "found"),
    [
        ("pull_request_target", HEAD % "", "run: npm ci", [1]),
        ("pull_request_target", HEAD % "", "run: git diff", []),
        ("pull_request_target", HEAD % "", "uses: ./.github/actions/x", [1]),
        ("pull_request_target", HEAD % "", "uses: pre-commit/action@v3", [1]),
        ("pull_request_target", HEAD % "", f"uses: actions/labeler@{SHA}", []),
        ("pull_request_target", HEAD % ", path: theirs", "run: make", []),
        ("pull_request_target", HEAD % ", path: theirs", "run: cd theirs && make", [1]),
        ("pull_request_target", HEAD % ", path: ./theirs", "{run: make, working-directory: theirs/x}", [1]),
        ("pull_request", HEAD % "", "run: npm ci", []),
        ("issue_comment", HEAD % "", "run: npm ci", []),
        ("pull_request_target", "{uses: actions/checkout@v6}", "run: npm ci", []),
        # a branch of that name in the repository itself is the repository's own
        ("pull_request_target", "{uses: actions/checkout@v6, with: {ref: '${{ github.head_ref }}'}}", "run: npm ci", []),
        (
            "pull_request_target",
            "{uses: actions/checkout@v6.0.2, with: {repository: '${{ github.event.pull_request.head.repo.full_name }}'}}",
            "run: npm ci",
            [1],
        ),
        ("issue_comment", "{run: gh pr checkout 1}", "run: make", [1]),
        ("issue_comment", "{run: 'git fetch origin pull/$N/head'}", "run: make", []),
        ("issue_comment", "{run: 'git fetch origin pull/$N/head:pr; git switch pr'}", "run: make", [1]),
        ("issue_comment", "{uses: actions/checkout@v6, with: {ref: 'refs/pull/${{ github.event.issue.number }}/merge'}}", "run: tox", [1]),
        ("issue_comment", "{uses: actions/checkout@v6, with: {ref: '${{ steps.pr.outputs.head_sha }}'}}", "run: tox", [1]),
        # a commit of the repository's own branch
        ("issue_comment", "{uses: actions/checkout@v6, with: {ref: '${{ steps.pr.outputs.base_sha }}'}}", "run: tox", []),
        ("issue_comment", "{uses: actions/checkout@v6, with: {ref: '${{ needs.a.outputs.merge-base-sha }}'}}", "run: tox", []),
    ],
)  # fmt: skip
def test_where_outsiders_code_runs(on, checkout, run, found):
    assert runs(steps(on, checkout, run, "run: make again")) == (
        found or ([2] if _comes_later(found, checkout, on, run) else [])
    )


KIND = "{uses: helm/kind-action@v1}"


@pytest.mark.parametrize(
    ("before", "step", "found"),
    [
        # kind-action makes a cluster and reads a file of the work tree only where one is named
        ("run: echo", KIND, []),
        ("run: echo", "{uses: helm/kind-action@v1, with: {config: .github/kind.yaml}}", [2]),
        ("run: echo", "{uses: helm/kind-action@v1, with: {config: '${{ github.workspace }}/x'}}", []),
        # a chart or manifest of the work tree in a cluster on the runner; one in a cluster elsewhere is another matter
        (KIND, "run: helm install --wait app . -n app", [2]),
        (KIND, "run: helm upgrade -i app charts/app -f ci/values.yaml", [2]),
        (KIND, "run: helm upgrade --install app bitnami/nginx -f ./values.yaml", []),
        (KIND, "run: 'helm repo add charts https://x.io && helm install a charts/a'", []),
        (KIND, "run: kubectl -n app create -f .github/ci-files", [2]),
        (KIND, "run: kubectl apply -k $GITHUB_WORKSPACE/config", [2]),
        (KIND, "run: 'kubectl apply -f https://x.io/a.yaml'", []),
        (KIND, "run: 'curl -o a.yaml https://x.io/a && kubectl apply -f a.yaml'", []),
        (KIND, "run: kubectl apply -f - < x", []),
        (KIND, "run: kubectl get pods", []),
        ("run: kind create cluster", "run: kubectl apply -f deploy", [2]),
        ("run: echo", "run: kubectl apply -f deploy", []),
        ("run: echo", "run: ct lint --target-branch main", [2]),
        ("run: echo", "run: ct list-changed", []),
        # since its sixth release bake-action builds what GitHub has for the event
        ("run: echo", "{uses: docker/bake-action@v5}", [2]),
        ("run: echo", "{uses: docker/bake-action@v5, with: {files: 'https://x.io/a.hcl'}}", []),
        ("run: echo", "{uses: docker/bake-action@v6}", []),
        ("run: echo", "{uses: docker/bake-action@v6, with: {source: .}}", [2]),
        ("run: echo", "{uses: docker/bake-action@v7, with: {files: 'cwd://docker-bake.hcl'}}", [2]),
    ],
)  # fmt: skip
def test_what_runs_charts_manifests_and_definitions_of_outsiders(before, step, found):
    assert runs(steps("pull_request_target", HEAD % "", before, step)) == found


def test_a_chart_in_a_folder_of_its_own_runs_where_it_is_installed_from_there():
    text = steps(
        "pull_request_target",
        HEAD % ", path: theirs",
        KIND,
        "run: helm install a ./ours",
        "run: helm install a ./theirs/chart",
    )
    assert runs(text) == [3]


def _comes_later(found: list[int], checkout: str, on: str, run: str) -> bool:
    """Whether the last step, which always runs the tree, is the first to do so."""
    brings = "head.sha" in checkout or "head.repo" in checkout
    return not found and on == "pull_request_target" and brings and "path" not in checkout


@pytest.mark.parametrize(
    ("version", "told", "refused"),
    [
        *[(version, "", True) for version in ("v4", "v7", "v4.4.0", "v6.1", "v7.0.0", "v9")],
        *[(version, "", False) for version in ("v1", "v4.2.2", "v6.0.2", SHA, "main")],
        ("v6", ", allow-unsafe-pr-checkout: true", False),
    ],
)
def test_the_action_refuses_the_code_of_a_fork(version, told, refused):
    ref = "'${{ github.event.pull_request.head.sha }}'"
    checkout = f"{{uses: actions/checkout@{version}, with: {{ref: {ref}{told}}}}}"
    assert runs(steps("pull_request_target", checkout, "run: make")) == ([] if refused else [1])


def test_the_action_knows_nothing_of_comments():
    pull = "{uses: actions/checkout@v7, with: {ref: 'refs/pull/${{ github.event.issue.number }}/merge'}}"
    assert runs(steps("issue_comment", pull, "run: make")) == [1]
    assert runs(steps("[pull_request_target, issue_comment]", pull, "run: make")) == [1]


def test_only_the_first_step_of_a_job_is_said_to_run_it():
    text = steps("pull_request_target", HEAD % "", "run: npm ci", "run: npm test")
    assert runs(text) == [1]
    assert [s.checkout_ref.value for s in steps_of(text) if s.checkout_ref] == [
        "${{ github.event.pull_request.head.sha }}"
    ]


@pytest.mark.parametrize(
    ("script", "answer"),
    [
        ("npm ci", True),
        ("npm ci --ignore-scripts", False),
        ("npm --version", False),
        ("npm install -g typescript", False),
        ("pip install requests", False),
        ("pip install -r requirements.txt", True),
        ("pip install '.[dev]'", True),
        ("python -m pytest", True),
        ("python -c 'print(1)'", False),
        ("cat x | make", True),
        ("if true; then ./run.sh; fi", True),
        ("echo ./run.sh make", False),
        ("cat <<EOF\nmake\nEOF", False),
        ("sudo -E timeout 10 cargo test", True),
        ("cargo fmt --check", False),
        ("docker run alpine", False),
        ("docker build .", True),
        ("x" * 70_000 + "; make", False),
    ],
)
def test_which_scripts_run_code_of_the_tree(script, answer):
    assert runs_project_code(script) is answer


THEIRS = f"{{uses: actions/checkout@{SHA}, with: {{ref: '${{{{ github.event.pull_request.head.sha }}}}'}}}}"
BESIDE = "{uses: actions/checkout@%s, with: {path: scripts%s}}"


@pytest.mark.parametrize(
    ("beside", "command", "runs"),
    [
        ("", "run: ./scripts/.github/check.sh charts", False),
        ("", "run: bash scripts/check.sh charts", False),
        ("", "{run: ./check.sh, working-directory: scripts}", False),
        ("", "uses: ./scripts/.github/actions/check", False),
        (", ref: '${{ github.event.pull_request.base.sha }}'", "run: ./scripts/check.sh", False),
        ("", "run: ./check.sh", True),
        ("", "run: ./scripts/../check.sh", True),
        ("", "{run: ../check.sh, working-directory: scripts}", True),
        ("", "run: make", True),
        ("", "uses: ./.github/actions/check", True),
        (", ref: '${{ steps.pr.outputs.ref }}'", "run: ./scripts/check.sh", True),
    ],
)
def test_other_code_beside_outsiders_code_is_not_theirs(beside, command, runs):
    found = steps_of(steps("pull_request_target", THEIRS, BESIDE % (SHA, beside), command))
    assert any(value_of(step.runs_checked_out_code) for step in found) is runs


@pytest.mark.parametrize(
    ("before", "runs"),
    [("run: cp -r tools scripts/", True), ("run: ls -l scripts", False), ("run: pip install yq", False)],
)
def test_a_folder_that_a_command_copies_files_to_is_theirs_again(before, runs):
    found = steps_of(steps("pull_request_target", THEIRS, BESIDE % (SHA, ""), before, "run: ./scripts/check.sh"))
    assert any(value_of(step.runs_checked_out_code) for step in found) is runs


def test_a_folder_that_stood_there_before_their_code_is_no_other_code():
    found = steps_of(steps("pull_request_target", BESIDE % (SHA, ""), THEIRS, "run: ./scripts/check.sh"))
    assert any(value_of(step.runs_checked_out_code) for step in found)


def test_a_step_that_checks_the_person_makes_what_follows_unknown():
    text = steps(
        "issue_comment",
        "run: gh api repos/a/b/collaborators/$GITHUB_ACTOR/permission",
        "{run: gh pr checkout 1}",
        "run: make",
    )
    (step,) = [s for s in steps_of(text) if value_of(s.runs_checked_out_code)]
    assert isinstance(step.open_to, Unknown)


@pytest.mark.parametrize(
    ("on", "condition", "told"),
    [
        ("{schedule: [{cron: '1 1 * * *'}], workflow_dispatch: {}}", "${{ steps.a.outputs.new }} == 'true'", False),
        ("workflow_dispatch", "${{ steps.a.outputs.new }} && ${{ inputs.really }}", True),
        ("push", "${{ steps.a.outputs.new }} == 'true'", True),
    ],
)
def test_whether_there_is_something_to_do_is_no_guard_where_only_a_clock_comes(on, condition, told):
    assert bool(workflow_of(steps(on, f'{{run: make, if: "{condition}"}}')).ineffective) is told


@pytest.mark.parametrize(
    ("on", "condition", "protective"),
    [
        ("push", "${{ github.ref == 'x' }} && ${{ github.actor == 'y' }}", True),
        ("push", "${{ matrix.os }} == 'x'", False),
        ("pull_request_target", "github.actor == 'dependabot[bot]'", True),
    ],
)
def test_conditions_that_guard_nothing(on, condition, protective):
    (setting,) = workflow_of(steps(on, f'{{run: make, if: "{condition}"}}')).ineffective
    assert setting.protective.value is protective


@pytest.mark.parametrize(
    ("on", "condition"),
    [
        ("push", "github.actor == 'dependabot[bot]'"),
        ("pull_request_target", "github.event.pull_request.user.login == 'dependabot[bot]'"),
        ("pull_request_target", "github.actor != 'dependabot[bot]'"),
        (
            "pull_request_target",
            "contains(github.event.pull_request.labels.*.name, 'ok') && github.actor == 'dependabot[bot]'",
        ),
        (
            "pull_request_target",
            "github.actor == 'dependabot[bot]' && github.event.pull_request.user.login == 'dependabot[bot]'",
        ),
        ("push", "${{ github.ref == 'x' }}"),
    ],
)
def test_conditions_that_do(on, condition):
    assert workflow_of(steps(on, f'{{run: make, if: "{condition}"}}')).ineffective == ()


def test_only_the_comparison_that_keeps_nobody_out_is_named():
    text = steps("pull_request_target", "run: make").replace(
        "jobs:", "jobs:\n  k: {runs-on: x, if: \"github.actor == 'amy' || github.actor == 'dependabot[bot]'\"}", 1
    )
    (told,) = workflow_of(text).ineffective
    assert value_of(told.setting) == "github.actor == 'dependabot[bot]'"


@pytest.mark.parametrize(
    ("name", "known"),
    [("", True), ("id: a, ", False), ("name: Check the membership, ", False)],
)
def test_only_a_step_with_an_id_or_a_check_of_the_person_decides_outputs(name, known):
    text = f"""
on: pull_request
jobs:
  before: {{runs-on: x, steps: [{{{name}uses: docker://acme/tool}}]}}
  j: {{needs: before, if: "needs.before.outputs.images != '[]'", runs-on: own, steps: [{{run: make}}]}}
"""
    (admitted,) = job_of(text).admits
    assert (value_of(admitted.open_to) == "anyone") is known


@pytest.mark.parametrize(
    ("guard", "known"),
    [
        ("uses: acme/ci/.github/workflows/check-run.yml@main", False),
        ("uses: acme/ci/.github/workflows/build.yml@main", True),
        ("uses: ./.github/workflows/check.yml", True),
        ("uses: ./.github/workflows/check-permission.yml", False),
    ],
)
def test_a_called_workflow_that_may_stop_the_run_leaves_open_who_gets_through(guard, known):
    text = f"""
on: pull_request_target
jobs:
  before: {{{guard}}}
  j: {{needs: before, runs-on: x, steps: [{HEAD % ""}, {{run: make}}]}}
"""
    (step,) = [s for s in steps_of(text) if value_of(s.runs_checked_out_code)]
    assert isinstance(step.open_to, Unknown) is not known


def test_an_action_of_the_folder_is_outsiders_code():
    checkout = (
        f"{{uses: actions/checkout@{SHA}, with: {{ref: '${{{{ github.event.pull_request.head.sha }}}}', path: pr}}}}"
    )
    for uses, runs in (("./pr/.github/actions/x", True), ("./pr-tools/x", False)):
        read = steps_of(steps("pull_request_target", checkout, f"uses: {uses}"))
        assert any(value_of(step.runs_checked_out_code) for step in read) is runs
