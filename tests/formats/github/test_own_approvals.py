"""A script that sends an approval to the pending deployments of its own run, and scripts that only look alike."""

from __future__ import annotations

import pytest

from nhilint.formats.github.own_approvals import approves_own_run
from nhilint.formats.node import Node
from nhilint.source.document import Syntax, read

SECRET = "${{ secrets.APPROVER }}"
OWN = "actions/runs/$GITHUB_RUN_ID/pending_deployments"


def approved(script, env=f"GH_TOKEN: '{SECRET}'", around=""):
    text = f"env: {{{around}}}\nstep:\n  env: {{{env}}}\n  run: |\n    {script}\n"
    root = Node.root(read(".github/workflows/deploy.yml", text.encode(), Syntax.YAML))
    found = approves_own_run(root["step"], (root["step"]["env"], root["env"]))
    return found.value if found is not None else None


@pytest.mark.parametrize(
    "script",
    [
        f"gh api --method POST repos/o/r/{OWN} -f state=approved",
        f'gh api --method POST repos/o/r/{OWN} -f "state=approved"',
        f'curl -d \'{{"state":"approved"}}\' https://api.github.com/repos/o/r/{OWN}',
        "gh api -X POST repos/o/r/actions/runs/${{github.run_id}}/pending_deployments -f state=approved",
    ],
)
def test_an_approval_of_the_own_run(script):
    assert approved(script) == "APPROVER"


def test_the_token_may_stand_elsewhere():
    script = f"gh api --method POST repos/o/r/{OWN} -f state=approved"
    assert approved(script, env="", around=f"GITHUB_TOKEN: '{SECRET}'") == "APPROVER"
    assert approved(f"{script} -H 'Authorization: Bearer {SECRET}'", env="") == "APPROVER"
    assert approved(f'{script} -H "Authorization: Bearer $MINE"', env=f"MINE: '{SECRET}'") == "APPROVER"


@pytest.mark.parametrize(
    "script",
    [
        f"gh api repos/o/r/{OWN}",
        f"gh api --method POST repos/o/r/{OWN} -f state=rejected",
        "gh api --method POST repos/o/r/actions/runs/$WATCHED/pending_deployments -f state=approved",
        f"# gh api --method POST repos/o/r/{OWN} -f state=approved",
        "gh api repos/o/r/actions/runs/$GITHUB_RUN_ID -f state=approved",
    ],
)
def test_scripts_that_approve_nothing_of_their_own(script):
    assert approved(script) is None


def test_the_token_of_the_job_is_no_reviewer():
    script = f"gh api --method POST repos/o/r/{OWN} -f state=approved"
    assert approved(script, env="GH_TOKEN: '${{ secrets.GITHUB_TOKEN }}'") is None
    assert approved(script, env="GH_TOKEN: '${{ github.token }}'") is None
    assert approved(script, env=f"UNUSED: '{SECRET}'") is None
