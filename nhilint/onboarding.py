"""What a repository lacks to be guarded by nhilint: configuration, workflow, hook, code owners of the gate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from nhilint.config import FILE as CONFIGURATION
from nhilint.settle.code_owners import PLACES, CodeOwners
from nhilint.settle.own_gate.invocations import files_that_run_it
from nhilint.tree import DiskTree

if TYPE_CHECKING:
    from pathlib import Path

WORKFLOW = ".github/workflows/nhilint.yml"
HOOKS = ".pre-commit-config.yaml"
_GITLAB = ".gitlab-ci.yml"
_CHECKOUT = "actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2"


class Plan(Struct, frozen=True):
    """Files to write with their new texts, the texts they have now, and what only people can do."""

    files: dict[str, str]
    before: dict[str, str]
    notes: tuple[str, ...]


def planned(root: Path, owner: str, action: str) -> Plan:
    """What to write into the repository at `root`. What is there already stays as it is."""
    tree = DiskTree(root)
    present = frozenset(tree.paths())
    running = files_that_run_it(tree)
    files: dict[str, str] = {}
    before: dict[str, str] = {}
    notes: list[str] = []
    if CONFIGURATION not in present:
        files[CONFIGURATION] = _CONFIGURATION
    if any(path.startswith(".github/workflows/") for path in running):
        notes.append("a workflow runs nhilint already")
    elif _GITLAB in present and not any(path.startswith(".github/") for path in present):
        notes.append("GitLab: add the job of docs/ci.md to .gitlab-ci.yml")
    else:
        files[WORKFLOW] = _workflow(action)
        if "COMMIT" in action:
            notes.append(f"{WORKFLOW}: put the action's address and the commit of a release in place of {action}")
    if HOOKS in present and HOOKS not in running:
        old = (root / HOOKS).read_text("utf-8", "replace")
        added = _with_hook(old, action)
        if added:
            files[HOOKS], before[HOOKS] = added, old
    _owners(root, present, owner, files, before, notes)
    notes.append("make the job a required check of the protected branch; until then nothing blocks a merge")
    return Plan(files, before, tuple(notes))


def _owners(
    root: Path, present: frozenset[str], owner: str, files: dict[str, str], before: dict[str, str], notes: list[str]
) -> None:
    """The lines that guard the gate, in the CODEOWNERS file that counts."""
    place = next((path for path in PLACES if path in present), PLACES[0])
    old = (root / place).read_text("utf-8", "replace") if place in present else ""
    known = CodeOwners(old, place if old else "")
    wanted = [path for path in (".nhilint/", WORKFLOW, place) if not known.of(path + "x" if path[-1] == "/" else path)]
    if not wanted:
        return
    if not owner:
        notes.append(
            f"nobody owns {', '.join(wanted)}: name them with --owner @team, so that a change of the gate needs them"
        )
        return
    lines = "".join(f"/{path} {owner}\n" for path in wanted)
    gap = "" if not old else "\n" if old.endswith("\n") else "\n\n"
    files[place] = f"{old}{gap}# The gate for agents and other machine identities\n{lines}"
    if old:
        before[place] = old


def _with_hook(text: str, action: str) -> str:
    """The hooks file with nhilint's hook at the end; empty where its shape is not the usual one."""
    if not text.startswith("repos:") and "\nrepos:" not in text:
        return ""
    address, _, revision = action.partition("@")
    body = text if text.endswith("\n") else text + "\n"
    indent = "  " if "\n  - repo:" in text else ""
    entry = (
        f"{indent}- repo: https://github.com/{address}\n"
        f"{indent}  rev: {revision}\n"
        f"{indent}  hooks:\n"
        f"{indent}    - id: nhilint\n"
    )
    last = body.rstrip("\n").rsplit("\n", 1)[-1]
    return body + entry if last[:1] in (" ", "-") else ""


def _workflow(action: str) -> str:
    return f"""name: nhilint
on:
  pull_request:
  merge_group:
  push:
    branches: [main]
permissions: {{}}
jobs:
  nhilint:
    runs-on: ubuntu-latest
    permissions:
      contents: read # check out the repository
      security-events: write # upload the report to code scanning
      pull-requests: write # one comment with what the change does to authority
    steps:
      - uses: {_CHECKOUT}
        with:
          fetch-depth: 2 # a pull request is judged against the state that it would be merged into
          persist-credentials: false
      - uses: {action}
"""


_CONFIGURATION = """\
# What fails the gate, and what is looked at. Every key: nhilint schema config
fail_on: high
min_confidence: medium
# exclude:
#   - vendor/*
# waivers:
#   max_days: 90
"""
