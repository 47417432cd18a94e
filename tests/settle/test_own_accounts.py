"""The account that a project names as its home, where it is not the one that the repository belongs to."""

from __future__ import annotations

import pytest

from nhilint.model.fact import value_of
from nhilint.settle.own_accounts import with_own_accounts
from nhilint.tree import MemoryTree
from tests.formats.github.reading import resources_of

WORKFLOW = """
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: elsewhere/setup@v1
        with: {key: "${{ secrets.DEPLOY_KEY }}"}
      - run: npm publish
        env: {NODE_AUTH_TOKEN: "${{ secrets.NPM_TOKEN }}"}
"""


def told(files: dict[str, str], owner: str | None = "acme") -> tuple[bool, bool]:
    read = resources_of(WORKFLOW, ".github/workflows/x.yml")
    (workflow,) = with_own_accounts(read, MemoryTree(files), owner, "shop")
    action, publish = workflow.facts.steps
    assert (action.foreign_secrets is not None) == (publish.login is not None)
    return action.action.first_party.value, publish.login is not None


@pytest.mark.parametrize(
    ("name", "account", "own"), [("shop-ui", "shopui", True), ("shopui", "shopui", False), ("a-ui", "aui", False)]
)
def test_an_account_that_is_called_like_the_project_is_its_own(name, account, own):
    read = resources_of(WORKFLOW.replace("elsewhere", account), ".github/workflows/x.yml")
    (workflow,) = with_own_accounts(read, MemoryTree({}), "acme", name)
    assert workflow.facts.steps[0].action.first_party.value is own


@pytest.mark.parametrize(
    "files",
    [
        {"package.json": '{"repository": {"url": "git+https://github.com/Elsewhere/shop.git"}}'},
        {"package.json": '{"repository": "github:elsewhere/shop"}'},
        {"package.json": '{"repository": "elsewhere/shop-app"}'},
        {"package.json": '{"repository": "git@github.com:elsewhere/shop.git"}'},
        {"go.mod": "module github.com/elsewhere/shop/v2\n"},
        {"README.md": "See https://github.com/elsewhere/shop/issues and github.com/elsewhere/shop."},
    ],
)
def test_what_the_named_account_publishes_is_close_and_a_copy_publishes_nothing(files):
    assert told(files) == (True, False)


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"package.json": "{"},
        {"package.json": '{"repository": {"url": "https://github.com/acme/shop"}}', "README.md": "github.com/elsewhere/shop"},
        {"package.json": '{"repository": "elsewhere/template"}'},
        {"go.mod": "module github.com/elsewhere/other\n"},
        {"README.md": "github.com/elsewhere/shop and github.com/acme/shop"},
        {"README.md": "github.com/elsewhere/shop and github.com/others/shop"},
        {"README.md": "github.com/elsewhere/shop-floor"},
    ],
)  # fmt: skip
def test_nothing_follows_where_the_owner_is_named_or_another_project(files):
    assert told(files) == (False, True)


def test_without_a_known_owner_nothing_follows():
    assert told({"go.mod": "module github.com/elsewhere/shop\n"}, None) == (False, True)


def test_a_company_publishes_from_its_further_account():
    files = {"package.json": '{"repository": "elsewhere/shop"}'}
    assert told(files, "elsewherelabs") == (True, True)


@pytest.mark.parametrize(
    ("package", "manifest", "own"),
    [("shop", "{}", True), ("till", '{"name": "till"}', True), ("till", '{"name": 3}', None), ("shop-x", "{}", None)],
)
def test_a_package_under_the_name_of_the_project_is_its_own(package, manifest, own):
    text = f"on: push\njobs: {{j: {{runs-on: x, steps: [{{run: npx {package}@next}}]}}}}\n"
    read = resources_of(text, ".github/workflows/x.yml")
    (workflow,) = with_own_accounts(read, MemoryTree({"package.json": manifest}), "acme", "shop")
    assert value_of(workflow.facts.steps[0].runs_package.own) is own
