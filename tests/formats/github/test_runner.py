"""On whose machine a job runs, and what that says of the actions of the machine's owner."""

from __future__ import annotations

import pytest

from nhilint.model.fact import value_of
from tests.formats.github.reading import linked, resources_of, steps_of

JOB = "on: push\njobs:\n  j:\n    runs-on: %s\n    strategy: {matrix: {os: [depot-ubuntu-24.04, %s]}}\n"
STEPS = "    steps: [{uses: depot/build-push-action@v1}, {uses: acme/build@v1}]\n"


@pytest.mark.parametrize(
    ("label", "other", "own"),
    [
        ("depot-ubuntu-24.04", "x", True),
        ("ubuntu-latest", "x", False),
        ("${{ matrix.os }}", "depot-windows-2025", True),
        ("${{ matrix.os }}", "ubuntu-latest", False),
        ("${{ inputs.machine }}", "x", False),
        ("[]", "x", False),
    ],
)
def test_an_action_of_the_service_that_runs_the_machine_is_its_own(label, other, own):
    first, second = steps_of(JOB % (label, other) + STEPS)
    assert (first.action.first_party.value, second.action.first_party.value) == (own, False)


CALLED = "on: {workflow_call: {inputs: %s}}\njobs: {j: {runs-on: %s, steps: [{run: make}]}}\n"
CALLER = "on: %s\njobs: {c: {uses: ./.github/workflows/called.yml, with: {%s}}}\n"
BOOLEAN = "{own: {type: boolean, default: false}}"
OWN = "\"${{ inputs.own && 'self-hosted' || 'ubuntu-latest' }}\""
SWITCH = "\"${{ inputs.machine || 'self-hosted' }}\""
LISTED = """'${{ fromJSON(inputs.own && ''["self-hosted"]'' || ''["ubuntu-latest"]'') }}'"""


@pytest.mark.parametrize(
    ("inputs", "runs_on", "callers", "own"),
    [
        (BOOLEAN, OWN, [("pull_request", "")], None),
        (BOOLEAN, OWN, [("pull_request", "own: true")], True),
        (BOOLEAN, OWN, [("pull_request", "own: false")], None),
        (BOOLEAN, OWN, [("pull_request", '"own": "${{ vars.OWN }}"')], None),
        (BOOLEAN, OWN, [("pull_request", ""), ("push", "own: true")], None),
        (BOOLEAN, LISTED, [("pull_request", "")], None),
        (BOOLEAN, LISTED, [("pull_request", "own: true")], True),
        ("{own: {type: boolean, default: true}}", OWN, [("pull_request", "")], True),
        ("{machine: {type: string}}", SWITCH, [("pull_request", "")], True),
        ("{machine: {type: string}}", SWITCH, [("pull_request", "machine: ubuntu-latest")], None),
        (BOOLEAN, '[self-hosted, "${{ inputs.size }}"]', [("pull_request", "")], True),
    ],
)
def test_a_machine_that_callers_choose_is_the_one_that_outsiders_get(inputs, runs_on, callers, own):
    files = {f".github/workflows/c{at}.yml": CALLER % caller for at, caller in enumerate(callers)}
    found = linked({".github/workflows/called.yml": CALLED % (inputs, runs_on), **files})
    (called,) = [one for one in found[".github/workflows/called.yml"] if type(one).__name__ == "Workflow"]
    assert value_of(called.jobs[0].self_hosted) is own


@pytest.mark.parametrize(
    ("choice", "own"), [("inputs.own && 'self-hosted' || 'x'", None), ("inputs.m || 'self-hosted'", True)]
)
def test_inputs_are_empty_in_a_run_that_nobody_calls(choice, own):
    text = 'on: {pull_request: , workflow_dispatch: }\njobs: {j: {runs-on: "${{ %s }}", steps: [{run: make}]}}\n'
    found = linked({".github/workflows/w.yml": text % choice})
    (read,) = [one for one in found[".github/workflows/w.yml"] if type(one).__name__ == "Workflow"]
    assert value_of(read.jobs[0].self_hosted) is own


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("ubuntu-20.04", True),
        ("[Windows-2019]", True),
        ("ubuntu-22.04", False),
        ("[self-hosted, ubuntu-20.04]", False),
        ("'${{ matrix.os }}'", False),
        ("'${{ inputs.machine }}'", None),
    ],
)
def test_an_image_that_is_no_more(label, told):
    text = f"on: push\njobs: {{j: {{runs-on: {label}, strategy: {{matrix: {{os: [ubuntu-20.04, x]}}}}, steps: []}}}}\n"
    (workflow,) = resources_of(text)
    assert value_of(workflow.facts.jobs[0].withdrawn) is told
