from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.history import owner_of
from nhilint.link import link
from nhilint.link.own_organization import _shares_stem, join
from nhilint.model.fact import value_of
from nhilint.pipeline import gather
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

WORKFLOW = """
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: Acme/setup@v1
      - uses: somebody/else@v1
"""


def first_party(tmp_path, clock, owner):
    tree = MemoryTree({".github/workflows/x.yml": WORKFLOW})
    resources = link(gather(tree, Settings(root=tmp_path, now=clock)).resources, owner)
    workflow = next(r for r in resources if r.kind == "workflow")
    return [step.action.first_party.value for step in workflow.facts.steps]


@pytest.fixture
def clock():
    from datetime import UTC, datetime

    return datetime(2026, 11, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("owner", "first"),
    [("acme", [True, False]), ("acmelabs", [True, False]), ("acme-oss", [True, False]), ("acmeware", [False, False])],
)
def test_actions_of_the_own_organization_are_first_party(tmp_path, clock, owner, first):
    assert first_party(tmp_path, clock, owner) == first


@pytest.mark.parametrize(
    ("owner", "account", "own"),
    [
        ("acmeworks-js", "acmeworks", True),
        ("acmeworks", "acmeworks-ci", True),
        ("acmeworks", "acmeworks-actions", False),
        ("acmeworks", "acmeworksci", False),
        ("acme-js", "acme", False),
        ("google-fan", "google", False),
    ],
)
def test_an_account_with_a_further_word_behind_a_hyphen(tmp_path, clock, owner, account, own):
    tree = MemoryTree({".github/workflows/x.yml": WORKFLOW.replace("Acme", account)})
    resources = link(gather(tree, Settings(root=tmp_path, now=clock)).resources, owner)
    (workflow,) = [r for r in resources if r.kind == "workflow"]
    assert workflow.facts.steps[0].action.first_party.value is own


def test_an_image_below_the_own_account_is_first_party(tmp_path, clock):
    uses = "on: push\njobs: {a: {runs-on: x, steps: [{uses: 'docker://ghcr.io/acme/a:1'}, {uses: 'docker://ghcr.io/b/a:1'}]}}\n"
    tree = MemoryTree({".github/workflows/x.yml": uses.encode()})
    resources = link(gather(tree, Settings(root=tmp_path, now=clock)).resources, "acme")
    (workflow,) = [r for r in resources if r.kind == "workflow"]
    assert [step.action.first_party.value for step in workflow.facts.steps] == [True, False]


def test_an_unknown_owner_changes_nothing(tmp_path, clock):
    assert first_party(tmp_path, clock, None) == [False, False]


@pytest.mark.parametrize(
    ("url", "owner"),
    [
        ("https://github.com/acme/site.git", "acme"),
        ("git@github.com:acme/site.git", "acme"),
        ("ssh://git@github.com/acme/site", "acme"),
        ("../site", None),
    ],
)
def test_owner_is_read_from_the_remote(tmp_path, url, owner):
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text(f'[core]\n\tbare = false\n[remote "origin"]\n\turl = {url}\n')
    assert owner_of(tmp_path) == owner


def test_no_repository_no_owner(tmp_path):
    assert owner_of(tmp_path) is None


PIPELINE = """
include:
  - remote: https://gitlab.com/Acme/pipelines/-/raw/main/a.yml
  - remote: https://acme.example/acme/a.yml
  - component: gitlab.com/acme/tools/lint@main
  - component: gitlab.com/somebody/tools/lint@main
build: {script: [make]}
"""


def test_included_files_of_the_own_organization_are_first_party(tmp_path, clock):
    tree = MemoryTree({".gitlab-ci.yml": PIPELINE})
    resources = link(gather(tree, Settings(root=tmp_path, now=clock)).resources, "acme")
    found = next(r for r in resources if r.kind == "workflow").facts.includes
    assert [one.first_party.value for one in found] == [True, False, True, False]


def test_without_an_owner_an_action_of_this_tree_tells():
    files = {
        ".github/actions/set-up/action.yml": "runs: {using: composite, steps: []}\n",
        ".github/workflows/a.yml": (
            "on: push\npermissions: {contents: write}\njobs:\n  a:\n    runs-on: x\n    steps:\n"
            "      - uses: octo/app/.github/actions/set-up@main\n      - uses: octo/other@main\n      - uses: else/where@main\n"
        ),
    }
    gathered = gather(MemoryTree(files), Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC)))
    workflow = next(r.facts for r in join(gathered.resources, None) if r.at.path.endswith("a.yml"))
    own = {value_of(step.action.name): value_of(step.action.first_party) for step in workflow.steps if step.action}
    assert [own[name] is True for name in own] == [True, True, False]


@pytest.mark.parametrize(
    ("arguments", "own"),
    [
        (["docker", "run", "-i", "ghcr.io/acme/notes-mcp"], True),
        (["docker", "run", "-i", "ghcr.io/acmelabs/notes-mcp:main"], True),
        (["docker", "run", "-i", "acme/notes-mcp"], True),
        (["docker", "run", "-i", "ghcr.io/acmecorner/notes-mcp"], None),
        (["docker", "run", "-i", "registry.example.com/acme/notes-mcp"], None),
        (["docker", "run", "-i", "mcp/acme"], None),
        (["npx", "-y", "@acme/notes-mcp"], True),
        (["npx", "-y", "@the-acme/notes-mcp"], True),
        (["npx", "-y", "@acmex/notes-mcp"], None),
        (["npx", "-y", "acme"], None),
        (["uvx", "acme.notes-mcp@latest"], True),
        (["uvx", "acme-notes-mcp@latest"], None),
        (["npx", "-y", "github:acme/notes-mcp"], True),
        (["uvx", "--from", "git+https://github.com/acme/notes-mcp", "notes"], True),
        (["uvx", "--from", "git+https://github.com/other/acme", "notes"], None),
    ],
)
def test_servers_that_the_owner_publishes_are_its_own(tmp_path, clock, arguments, own):
    entry = {"command": arguments[0], "args": arguments[1:]}
    tree = MemoryTree({".mcp.json": json.dumps({"mcpServers": {"notes": entry}})})
    (tool,) = link(gather(tree, Settings(root=tmp_path, now=clock)).resources, "acme")
    assert value_of(tool.facts.package.own) is own


@pytest.mark.parametrize(
    ("package", "own"), [("@acme.ai/guard", True), ("@acme-ai/guard", True), ("@other/guard", None), ("guard", None)]
)
def test_a_hook_that_runs_a_package_of_the_own_organization(tmp_path, clock, package, own):
    command = {"type": "command", "command": f"npx -y {package}@latest"}
    tree = MemoryTree({".claude/settings.json": json.dumps({"hooks": {"Stop": [{"hooks": [command]}]}})})
    agent = link(gather(tree, Settings(root=tmp_path, now=clock)).resources, "acme-ai")[0].facts
    assert value_of(agent.commands[0].package.own) is own


@pytest.mark.parametrize(("path", "own"), [("server.json", True), ("catalogue/server.json", None)])
def test_a_package_that_the_repository_publishes_is_its_own(tmp_path, clock, path, own):
    entry = {
        "$schema": "https://static.modelcontextprotocol.io/schemas/2025-09-29/server.schema.json",
        "name": "io.github.acme/notes",
        "version": "1.0.0",
        "packages": [{"registryType": "npm", "identifier": "notes-mcp", "version": "1.0.0"}],
    }
    servers = {"mcpServers": {"notes": {"command": "npx", "args": ["notes-mcp"]}}}
    tree = MemoryTree({path: json.dumps(entry), "gemini-extension.json": json.dumps({"name": "notes"} | servers)})
    found = link(gather(tree, Settings(root=tmp_path, now=clock)).resources, None)
    (tool,) = [r for r in found if r.kind == "tool" and r.at.path == "gemini-extension.json"]
    assert value_of(tool.facts.package.own) is own


def test_accounts_that_one_author_has_beside_each_other():
    assert _shares_stem("ada-writes", "adawrites-plugins")
    assert _shares_stem("quillon172", "quillon-holiday")
    assert not _shares_stem("claude", "claude-helpers")
    assert not _shares_stem("acme", "acme-stranger")
