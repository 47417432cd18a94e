"""Scripts in the steps of a workflow that give rights."""

from __future__ import annotations

import pytest

from nhilint.formats.node import Node
from nhilint.formats.shell_grants.steps import given_in_steps
from nhilint.link.gcp import join
from nhilint.model.fact import Unknown, value_of
from nhilint.source.document import Syntax, read

_GIVES = "gcloud projects add-iam-policy-binding $P --role=$ROLE --member=serviceAccount:bot@acme-prod.iam.gserviceaccount.com"


def grants(job, env="{ROLE: roles/editor}"):
    text = f"on: push\nenv: {env}\njobs:\n  j:\n    {job}\n"
    document = read(".github/workflows/ci.yml", text.encode(), Syntax.YAML)
    steps = given_in_steps(Node.root(document), text)
    found = join(tuple(resource for step in steps for resource in step.resources))
    return document, [grant for one in found if one.kind == "identity" for grant in one.facts.grants]


def test_a_step_gives_a_role_and_its_place_is_in_the_file():
    job = f"runs-on: ubuntu-latest\n    steps:\n      - run: |\n          echo first\n          {_GIVES.replace('$ROLE', 'roles/owner')}"
    document, (grant,) = grants(job)
    assert value_of(grant.role) == "roles/owner"
    span = document.span(grant.role.at.pointer, grant.role.at.part, grant.role.at.within)
    assert document.line(span.start.line).strip().startswith("gcloud projects")


def test_plain_variables_of_the_workflow_count():
    job = f"{{runs-on: ubuntu-latest, steps: [{{run: '{_GIVES}'}}]}}"
    _, (grant,) = grants(job)
    assert value_of(grant.role) == "roles/editor"
    _, (open_one,) = grants(job, "{ROLE: '${{ inputs.role }}'}")
    assert isinstance(open_one.role, Unknown)


@pytest.mark.parametrize(
    "job",
    [
        f"{{runs-on: windows-latest, steps: [{{run: '{_GIVES}'}}]}}",
        f"{{runs-on: ubuntu-latest, steps: [{{shell: pwsh, run: '{_GIVES}'}}]}}",
        f"{{runs-on: ubuntu-latest, defaults: {{run: {{shell: python}}}}, steps: [{{run: '{_GIVES}'}}]}}",
        f"{{runs-on: ubuntu-latest, steps: [{{run: 'echo \"{_GIVES}\"'}}]}}",
        f"{{runs-on: ubuntu-latest, steps: [{{with: {{run: '{_GIVES}'}}}}, null, 3]}}",
        f"{{runs-on: x, steps: [{{run: '{_GIVES}'}}, {{run: '{_GIVES.replace('add-', 'remove-')}'}}]}}",
        f"{{env: [3], defaults: 3, runs-on: [a, {{}}], steps: {{a: {{run: '{_GIVES}'}}}}}}",
        "[]",
    ],
)
def test_steps_that_give_nothing(job):
    assert grants(job)[1] == []


def test_a_step_too_deep_to_follow_is_said_to_be_unread():
    deep = "$(" * 20 + ")" * 20
    text = f"on: push\njobs:\n  j:\n    steps:\n      - run: {_GIVES} {deep}\n"
    document = read(".github/workflows/ci.yml", text.encode(), Syntax.YAML)
    (step,) = given_in_steps(Node.root(document), text)
    assert step.resources == ()
    assert [(problem.kind, problem.incomplete) for problem in step.problems] == [("limit", False)]
