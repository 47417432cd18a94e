"""Teams among the code owners tell whose repository it is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from nhilint.pipeline import gather
from nhilint.settings import Settings
from nhilint.settle.code_owners import CodeOwners
from nhilint.settle.own_teams import with_own_teams
from nhilint.tree import MemoryTree

WORKFLOW = """
on: push
jobs:
  call: {uses: Acme/shared/.github/workflows/x.yml@main}
  build: {runs-on: x, steps: [{uses: acme/setup@v1}, {uses: somebody/else@v1}]}
"""


@pytest.mark.parametrize(
    ("rules", "first"),
    [
        ("* @Acme/platform\n", [True, True, False]),
        (".github/ @me @acme/platform\n", [True, True, False]),
        ("docs/ @acme/writers\n", [False, False, False]),
        ("* @acme\n", [False, False, False]),
        ("# * @acme/platform\n", [False, False, False]),
        ("* @org/team\n", [False, False, False]),
    ],
)
def test_what_the_organisation_of_a_team_publishes_is_first_party_where_the_team_owns(tmp_path, rules, first):
    tree = MemoryTree({".github/workflows/x.yml": WORKFLOW, ".github/CODEOWNERS": rules})
    read = gather(tree, Settings(root=tmp_path, now=datetime(2026, 11, 22, tzinfo=UTC))).resources
    (facts,) = [one.facts for one in with_own_teams(read, tree) if one.kind == "workflow"]
    packages = [facts.jobs[0].called, *(step.action for step in facts.steps)]
    assert [package.first_party.value for package in packages] == first


def test_which_organisations_have_teams():
    owners = CodeOwners("* @a @Acme/x b@c.d/e # @f/g\n# * @h/i\n/x @acme/y @o/t\n/@q/r\n", "CODEOWNERS")
    assert owners.organizations == {"acme", "o"}


def test_without_code_owners_nothing_is_told():
    assert with_own_teams((), MemoryTree({})) == ()
