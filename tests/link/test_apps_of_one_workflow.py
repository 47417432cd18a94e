"""Whether the app of a token serves one workflow or several."""

from __future__ import annotations

import pytest

from nhilint.link.apps_of_one_workflow import join
from nhilint.model.fact import value_of
from tests.formats.github.reading import SHA, resources_of

TAKES = """
on: push
jobs:
  j:
    runs-on: x
    steps:
      - uses: actions/create-github-app-token@%s
        with: {app-id: "${{ secrets.APP_ID }}", private-key: "${{ %s }}"%s}
"""
OTHER = 'on: push\njobs: {j: {runs-on: x, steps: [{run: make, env: {K: "${{ secrets.%s }}"}}]}}\n'


def told(key: str, further: str, other: str) -> bool | None:
    files = {"a": TAKES % (SHA, key, further), "b": OTHER % other}
    read = [r for name, text in files.items() for r in resources_of(text, f".github/workflows/{name}.yml")]
    return value_of(join(tuple(read))[0].facts.steps[0].app_of_one_workflow)


@pytest.mark.parametrize(
    ("key", "further", "other", "alone"),
    [
        ("secrets.BOT_KEY", "", "DEPLOY_KEY", True),
        ("secrets.BOT_KEY", "", "BOT_KEY", False),
        ("secrets.BOT_KEY", "", "APP_ID", True),
        ("inputs.key", "", "DEPLOY_KEY", False),
        # on every repository of the app it is more than this workflow's whoever uses it; a narrowed one needs no answer
        ("secrets.BOT_KEY", ", owner: acme", "DEPLOY_KEY", None),
        ("secrets.BOT_KEY", ", permission-issues: write", "BOT_KEY", None),
    ],
)
def test_whether_another_workflow_names_the_key(key, further, other, alone):
    assert told(key, further, other) is alone
