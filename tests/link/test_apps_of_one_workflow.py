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
    return told_of(TAKES % (SHA, key, further), OTHER % other)


def told_of(taking: str, other: str) -> bool | None:
    files = {"a": taking, "b": other}
    read = [r for name, text in files.items() for r in resources_of(text, f".github/workflows/{name}.yml")]
    return value_of(join(tuple(read))[0].facts.steps[0].app_of_one_workflow)


@pytest.mark.parametrize(
    ("key", "further", "other", "alone"),
    [
        ("secrets.BOT_KEY", "", "DEPLOY_KEY", True),
        ("secrets.BOT_KEY", "", "BOT_KEY", False),
        ("secrets.BOT_KEY", "", "APP_ID", True),
        # a key from a caller or a store: the app's id tells
        ("inputs.key", "", "DEPLOY_KEY", True),
        # on every repository of the app it is more than this workflow's whoever uses it; a narrowed one needs no answer
        ("secrets.BOT_KEY", ", owner: acme", "DEPLOY_KEY", None),
        ("secrets.BOT_KEY", ", permission-issues: write", "BOT_KEY", None),
    ],
)
def test_whether_another_workflow_names_the_key(key, further, other, alone):
    assert told(key, further, other) is alone


PLAIN = TAKES % (SHA, "secrets.BOT_KEY", "")
USES = OTHER % "BOT_KEY"


@pytest.mark.parametrize(
    ("taking", "other", "alone"),
    [
        # who only hands the key on to a workflow of this repository does not use it
        (PLAIN, 'on: push\njobs: {j: {uses: ./.github/workflows/a.yml, secrets: {K: "${{ secrets.BOT_KEY }}"}}}\n', True),
        (PLAIN, 'on: push\njobs: {j: {uses: acme/x/.github/workflows/a.yml@v1, secrets: {K: "${{ secrets.BOT_KEY }}"}}}\n', False),
        # the one whose own token may write what those of all others may needs the most
        (f"permissions: {{contents: write, issues: write}}{PLAIN}", f"permissions: {{issues: write}}\n{USES}", True),
        (f"permissions: {{issues: write}}{PLAIN}", f"permissions: {{contents: write, issues: write}}\n{USES}", False),
        (f"permissions: {{issues: write}}{PLAIN}", f"permissions: {{}}\n{USES}", False),
        (f"{PLAIN}      - uses: renovatebot/github-action@{SHA}\n", USES, True),
    ],
)  # fmt: skip
def test_whether_another_workflow_may_need_more(taking, other, alone):
    assert told_of(taking, other) is alone


def test_a_key_from_a_store_leaves_the_id_of_the_app():
    stored = PLAIN.replace("secrets.BOT_KEY", "steps.vault.outputs.KEY")
    assert told_of(stored, stored) is False
    assert told_of(stored, stored.replace("APP_ID", "OTHER_ID")) is True


def test_of_an_app_that_the_run_works_out_nothing_is_known():
    worked_out = PLAIN.replace("secrets.APP_ID", "secrets[format('{0}_ID', vars.P)]").replace(
        "secrets.BOT_KEY", "secrets[format('{0}_KEY', vars.P)]"
    )
    assert told_of(worked_out, worked_out) is None


HANDS_ON = """
on: push
jobs:
  j:
    runs-on: x
    steps:
      - id: app
        uses: actions/create-github-app-token@%s
        with: {app-id: "${{ vars.APP_ID }}", private-key: "${{ secrets.BOT_KEY }}"}
      - %s
"""
ASKS = 'uses: acme/open-pull-request@v1\n        with: {token: "${{ steps.app.outputs.token }}"}'
LABELS = ASKS.replace("open-pull-request", "label")
SCRIPT = 'run: make\n        env: {T: "${{ steps.app.outputs.token }}"}'


@pytest.mark.parametrize(
    ("taking", "other", "alone"),
    [(ASKS, ASKS, True), (ASKS, LABELS, False), (ASKS, SCRIPT, False), (SCRIPT, SCRIPT, False)],
)
def test_workflows_that_hand_their_tokens_to_the_same_action_are_one_use(taking, other, alone):
    assert told_of(HANDS_ON % (SHA, taking), HANDS_ON % (SHA, other)) is alone


def test_who_names_the_key_for_something_else_is_another_use():
    assert told_of(HANDS_ON % (SHA, ASKS), OTHER % "BOT_KEY") is False
