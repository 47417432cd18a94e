"""In whose repositories a job or step runs at all, and what is left of those that never start here."""

from __future__ import annotations

import pytest

from nhilint.knowledge.credentials.sample import sample
from nhilint.link.elsewhere import join
from nhilint.model.fact import value_of
from nhilint.model.vocabulary.agent import Agent
from nhilint.model.vocabulary.workflow import Workflow
from tests.formats.github.reading import PATH, job_of, resources_of, steps_of, workflow_of

JOB = "on: push\njobs:\n  j:\n    if: {0}\n    runs-on: x\n    steps: [{{run: make}}]\n"
TWO = """
on: push
jobs:
  first: {{if: "github.repository_owner == 'acme'", runs-on: x, steps: [{{run: make}}]}}
  j: {{needs: first, {0} runs-on: x, steps: [{{run: 'claude -p x --dangerously-skip-permissions'}}]}}
"""


@pytest.mark.parametrize(
    ("condition", "names"),
    [
        ("github.repository == 'Acme/Site'", ("acme/site",)),
        ("${{ 'acme' == github.repository_owner && github.ref == 'x' }}", ("acme",)),
        ("github.repository == 'acme/a' || github.repository == 'b/b'", ("acme/a", "b/b")),
        ('contains(fromJSON(\'["acme/a", "b/b"]\'), github.repository)', ("acme/a", "b/b")),
        ("github.repository == 'acme/a' || github.event_name == 'push'", None),
        ("github.repository != 'acme/a'", None),
        ("github.event.pull_request.head.repo.full_name == github.repository", None),
        ("contains(fromJSON('{'), github.repository)", None),
        ("github.repository ==", None),
    ],
)
def test_a_condition_names_the_repositories_that_it_runs_in(condition, names):
    assert value_of(job_of(JOB.format(repr(condition).replace("\\'", "''"))).only_in) == names


def test_a_job_waits_for_those_that_it_needs():
    assert value_of(job_of(TWO.format("")).only_in) == ("acme",)
    assert value_of(job_of(TWO.format("if: always(),")).only_in) is None


def test_a_circle_of_needs_ends():
    text = TWO.format("").replace("first: {if: \"github.repository_owner == 'acme'\",", "first: {needs: j,")
    assert value_of(job_of(text).only_in) is None


@pytest.mark.parametrize(("owner", "jobs", "agents"), [("bob", 0, 0), ("acme", 2, 1), ("ACME", 2, 1), (None, 2, 1)])
def test_what_runs_elsewhere_is_left_out_where_the_owner_is_known(owner, jobs, agents):
    kept = join(resources_of(TWO.format("")), owner)
    (workflow,) = [r.facts for r in kept if isinstance(r.facts, Workflow)]
    assert len(workflow.jobs) == jobs
    assert len(workflow.steps) == agents
    assert len([r for r in kept if isinstance(r.facts, Agent)]) == agents


def test_a_step_alone_may_run_elsewhere():
    text = JOB.format("always()").replace(
        "{run: make}", "{if: \"github.repository == 'a/b'\", uses: a/b@v1}, {uses: c/d@v1}"
    )
    assert [value_of(step.only_in) for step in steps_of(text)] == [("a/b",), None]
    (resource,) = join(resources_of(text), "bob")
    assert isinstance(resource.facts, Workflow)
    assert [value_of(step.action.name) for step in resource.facts.steps] == ["c/d"]


def test_a_workflow_in_a_folder_of_another_project_starts_nothing():
    secret = sample("github-pat-classic", 0)
    text = f"on: push\njobs:\n  j: {{runs-on: x, steps: [{{run: 'curl -H {secret} claude -p x'}}, {{uses: a/b@v1}}]}}\n"
    (resource,) = resources_of(text, f"vendor/lib/{PATH}")
    assert isinstance(resource.facts, Workflow)
    assert (resource.facts.jobs, resource.facts.steps, resource.facts.triggers) == ((), (), ())
    assert len(resource.facts.credentials) == len(workflow_of(text).credentials) == 1
