"""A label that whoever opens an issue gets from its template."""

from __future__ import annotations

import pytest

from nhilint.api import scan
from nhilint.model.fact import value_of
from nhilint.settle.template_labels import with_template_labels
from nhilint.tree import MemoryTree
from tests.formats.github.reading import SHA, resources_of

WORKFLOW = f"""
on: {{issues: {{types: [opened, labeled]}}}}
permissions: {{contents: write}}
jobs:
  fix:
    if: %s
    runs-on: x
    steps:
      - run: echo "${{{{ github.event.issue.title }}}}"
      - uses: anthropics/claude-code-action@{SHA}
        with: {{prompt: "Fix ${{{{ github.event.issue.title }}}}", github_token: "${{{{ github.token }}}}", allowed_non_write_users: "%s"}}
"""
BUG = "contains(github.event.issue.labels.*.name, 'bug')"
READY = BUG.replace("bug", "ready")
FORM = {".github/ISSUE_TEMPLATE/bug.yml": "name: Bug\nlabels: [Bug, triage]\nbody: []\n"}


def told(files: dict[str, str], condition: str = BUG, users: str = "*") -> tuple[object, ...]:
    read = resources_of(WORKFLOW % (f'"{condition}"', users), ".github/workflows/x.yml")
    workflow, agent = with_template_labels(read, MemoryTree(files))
    step = workflow.facts.steps[0]
    return tuple(value_of(one.open_to) for one in (workflow.facts.jobs[0], step, agent.facts))


@pytest.mark.parametrize(
    "text",
    [
        FORM[".github/ISSUE_TEMPLATE/bug.yml"],
        "name: Bug\nlabels:\n  - triage\n  - 'bug'\nbody: []\n",
        'labels: "triage,bug"\n',
        "---\nname: Bug\nlabels: bug\n---\nWhat happened?\n",
    ],
)
@pytest.mark.parametrize("condition", [BUG, f"github.event.action == 'opened' && {BUG}", f"{READY} || {BUG}"])
def test_a_label_that_a_template_sets_lets_everybody_in(text, condition):
    path = ".github/ISSUE_TEMPLATE/bug.md" if text.startswith("---") else ".github/ISSUE_TEMPLATE/bug.yml"
    assert told({path: text}, condition) == ("anyone", "anyone", "anyone")


@pytest.mark.parametrize(
    ("files", "condition"),
    [
        ({}, BUG),
        ({".github/ISSUE_TEMPLATE/bug.yml": "labels: [triage]\n"}, BUG),
        ({"docs/ISSUE_TEMPLATE/bug.yml": "labels: [bug]\n"}, BUG),
        (FORM, f"{READY} && {BUG}"),
        (FORM, f"{READY} && ({BUG} || contains(github.event.issue.labels.*.name, 'triage'))"),
        (FORM, f"{READY} && !{BUG}"),
    ],
)
def test_any_other_label_is_set_by_somebody_with_rights(files, condition):
    assert told(files, condition) == ("labelled", "labelled", "labelled")


def test_an_agent_that_looks_at_the_person_itself_lets_nobody_in_for_a_label():
    assert told(FORM, BUG, "")[-1] == "writers"


def test_the_event_is_told_with_the_template():
    read = resources_of(WORKFLOW % (f'"{BUG}"', "*"), ".github/workflows/x.yml")
    workflow, agent = with_template_labels(read, MemoryTree(FORM))
    said = "issues (with the label bug, which .github/ISSUE_TEMPLATE/bug.yml sets)"
    assert [value_of(one.started_by) for one in (workflow.facts.steps[0], agent.facts)] == [said, said]
    assert workflow.facts.steps[0].admits[0].event.value == "issues"


@pytest.mark.parametrize(("template", "check"), [(True, "with-rights"), (False, "into-code")])
def test_what_is_pasted_behind_such_a_label_is_told_as_open_to_all(tmp_path, template, check):
    text = WORKFLOW % (f'"{BUG}"', "")
    files = {".github/workflows/x.yml": text, **(FORM if template else {})}
    for path, content in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(content)
    found = {finding.check for finding in scan(tmp_path).findings if finding.check.startswith("outsiders-text")}
    assert found == {f"outsiders-text-pasted-{check}"}
