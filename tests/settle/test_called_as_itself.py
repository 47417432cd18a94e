"""A repository that calls its own workflows by the name of the owner from whom it came."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.pipeline import scan
from nhilint.policies import builtin_folder, compile_policies
from nhilint.settings import Settings
from nhilint.settle.called_as_itself import homes_it_calls
from nhilint.tree import MemoryTree

BUILD = ".github/workflows/build.yml"
RELEASE = """
on: push
permissions: {contents: read}
jobs:
  build:
    uses: %s/.github/workflows/build.yml@main
    secrets: inherit
"""
CALLED = """
on: workflow_call
permissions: {contents: read}
jobs:
  build:
    runs-on: ubuntu-latest
    steps: [{uses: Former/login@main, with: {key: "${{ secrets.DEPLOY_KEY }}"}}]
"""
NOW = datetime(2026, 11, 23, tzinfo=UTC)
IDS = ("inherited-secrets-for-other-repository", "unpinned-action-with-secrets")


@pytest.fixture(scope="module")
def checks():
    return tuple(check for check in compile_policies((builtin_folder(),)).checks if check.id in IDS)


def told(checks, called: str, repository: str | None = "shop") -> dict[str, str]:
    files = {".github/workflows/release.yml": RELEASE % called, BUILD: CALLED}
    settings = Settings(root=Path("repo"), now=NOW, owner="acme", repository=repository)
    return {one.check: one.severity.word for one in scan(MemoryTree(files), settings, checks).findings}


@pytest.mark.parametrize(
    ("called", "repository", "found"),
    [
        ("Former/shop", "shop", {IDS[1]: "medium"}),
        ("former/other", "shop", {IDS[0]: "medium", IDS[1]: "high"}),
        ("former/shop", None, {IDS[0]: "medium", IDS[1]: "high"}),
        ("other/shop", "shop", {IDS[1]: "high"}),
    ],
)
def test_its_own_workflow_under_the_owner_it_came_from_is_no_other_repositorys(checks, called, repository, found):
    assert told(checks, called, repository) == found


def test_a_file_that_does_not_stand_here_says_nothing_of_where_it_came_from():
    text = RELEASE % "former/shop"
    assert homes_it_calls(MemoryTree({".github/workflows/release.yml": text}), "acme", "shop") == frozenset()
    assert homes_it_calls(MemoryTree({".github/workflows/release.yml": text, BUILD: CALLED}), "acme", "shop") == {
        "former"
    }
