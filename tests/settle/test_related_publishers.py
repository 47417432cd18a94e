"""A second organisation of one agency, and what the project's own flake takes as an input."""

from __future__ import annotations

import pytest

from nhilint.model.fact import value_of
from nhilint.settle.related_publishers import with_related_publishers
from nhilint.tree import MemoryTree
from tests.formats.github.reading import resources_of

PATH = ".github/workflows/x.yml"
WORKFLOW = """
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps: [{uses: %s@v1, with: {key: "${{ secrets.DEPLOY_KEY }}"}}]
"""


def told(action, owner, repository, files=None):
    text = WORKFLOW % action
    (workflow,) = with_related_publishers(
        resources_of(text, PATH), MemoryTree({PATH: text} if files is None else files), owner, repository
    )
    (step,) = workflow.facts.steps
    return step


@pytest.mark.parametrize(
    ("action", "owner", "repository", "own"),
    [
        ("mno-acqe/shop-acqe-library/plan", "ACQE-QDX", "shop-acqe-web", True),
        ("mno-acqe/shop-library/plan", "ACQE-QDX", "shop-acqe-web", False),
        ("mno-labs/shop-acqe-library/plan", "ACQE-labs", "shop-acqe-web", False),
        ("mno/shop-acqe-library/plan", "ACQE-QDX", "shop-acqe-web", False),
        ("mno-acqe/shop", "ACQE-QDX", "shop", False),
    ],
)
def test_accounts_that_share_a_rare_word_and_how_their_repositories_begin(action, owner, repository, own):
    assert value_of(told(action, owner, repository).action.first_party) is own


def test_an_account_that_only_the_change_brings_is_no_second_one():
    step = told("mno-acqe/shop-acqe-library", "ACQE-QDX", "shop-acqe-web", {PATH: WORKFLOW % "other/x"})
    assert value_of(step.action.first_party) is False


@pytest.mark.parametrize(
    ("flake", "handed"),
    [
        ('inputs.ci.url = "github:maria-k/ci/v0.7";', ()),
        ('inputs.ci.url = "github:maria-k/other/v0.7";', ("DEPLOY_KEY",)),
        ("", ("DEPLOY_KEY",)),
    ],
)
def test_the_action_of_an_input_of_the_projects_flake_only_stands_beside_what_the_job_holds(flake, handed):
    step = told("maria-k/ci/actions/run", "acme", "site", {"flake.nix": flake})
    assert value_of(step.foreign_secrets) == handed
    assert "DEPLOY_KEY" in str(value_of(step.beside))


EXEMPTS = """
version: 2
updates:
  - package-ecosystem: github-actions
    cooldown:
      default-days: 9
      exclude:
        - "other/*"
        - %s
    directory: /
"""


@pytest.mark.parametrize(
    ("exempted", "owner", "own"),
    [
        ('"qindra-factory/*"', "qindra-garage", True),
        ("qindra-factory/*", "qindra-garage", True),
        ('"qindra-factory/shared"', "qindra-garage", False),
        ('"qindra-factory/*"', "tools-garage", False),
        ('"qindra-else/*"', "qindra-garage", False),
    ],
)
def test_an_account_that_shares_a_rare_word_and_that_dependabot_does_not_wait_for(exempted, owner, own):
    files = {".github/dependabot.yml": EXEMPTS % exempted}
    assert value_of(told("qindra-factory/shared/run", owner, "timing", files).action.first_party) is own
    calls = "on: push\njobs:\n  a:\n    uses: qindra-factory/shared/.github/workflows/b.yml@v4\n    secrets: inherit\n"
    (caller,) = with_related_publishers(resources_of(calls, PATH), MemoryTree(files), owner, "timing")
    (job,) = caller.facts.jobs
    assert value_of(job.called.first_party) is own
