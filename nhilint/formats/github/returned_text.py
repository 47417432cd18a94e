"""What outputs of well-known actions hold: names and words that others chose, as they stand.

A branch may be called `a$(id)`, a file as well: an action that returns such a name hands on text that a shell runs.
Some ask the platform for it whatever the event, the others take it from the payload. Names of files that an action
escapes for the shell hold nothing of the kind.

Sources, read 2026-11-22: action.yml of tj-actions/branch-names and tj-actions/changed-files; models of github/codeql
for lots0logs/gh-action-get-changed-files, ahmadnassri/action-changed-files, khan/pull-request-comment-trigger and
FranzDiebold/github-env-vars-action; https://github.com/advisories/GHSA-mcph-m25j-8j63 (since version 41
tj-actions/changed-files escapes what it returns unless told otherwise). The others are named from a survey.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.github.actions import read_uses
from nhilint.formats.github.handed_on import Origin
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.formats.node import Node

ASKED_FOR = ("gh", "api")
"""The origin of what is asked for whatever the event."""
_HEAD = ("github", "head_ref")
_PULL = ("github", "event", "pull_request")
_ISSUE = ("github", "event", "issue")
_COMMENT = ("github", "event", "comment")
_RETURNED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "xt0rted/pull-request-comment-branch": (("head_ref",), ASKED_FOR),
    "alessbell/pull-request-comment-branch": (("head_ref",), ASKED_FOR),
    "gotson/pull-request-comment-branch": (("head_ref",), ASKED_FOR),
    "potiuk/get-workflow-origin": (("sourceheadbranch", "pullrequestlabels"), ASKED_FOR),
    "peter-evans/find-comment": (("comment-body",), ASKED_FOR),
    "tj-actions/branch-names": (("head_ref_branch", "current_branch"), _HEAD),
    "franzdiebold/github-env-vars-action": (("ci_pr_title", "ci_pr_description"), _PULL),
    "khan/pull-request-comment-trigger": (("comment_body",), _COMMENT),
    "peter-murray/issue-body-parser-action": (("payload",), _ISSUE),
    "stefanbuck/github-issue-parser": (("jsonstring",), _ISSUE),
    "trilom/file-changes-action": (("files", "files_added", "files_modified"), _PULL),
    "jitterbit/get-changed-files": (("all", "added", "modified", "added_modified"), _PULL),
    "lots0logs/gh-action-get-changed-files": (("all", "added", "modified", "renamed"), _PULL),
    "ahmadnassri/action-changed-files": (("files", "json"), _PULL),
}
"""By repository: the outputs, and the part of the payload that must be there for them to hold anything."""
_LISTS_FILES = "tj-actions/changed-files"
_OF_FILES = "_files"
_ESCAPES_SINCE = 41
_MAJOR = Deferred(r"v?(\d{1,3})(?:\.\d{1,4}){0,2}")


def returned_text(step: Node, step_id: str, output: str) -> Origin | None:
    """The origin of an output, its name in lower case; None for one of another action, or that nobody chooses."""
    uses = step.value_under("uses")
    if not isinstance(uses, str):
        return None
    reference = read_uses(uses)
    outputs, path = _RETURNED.get(reference.repository, ((), ()))
    if reference.repository == _LISTS_FILES and output.endswith(_OF_FILES) and _is_raw(step, reference.version):
        return _origin(step_id, output, _PULL)
    return _origin(step_id, output, path) if output in outputs else None


def _origin(step_id: str, output: str, path: tuple[str, ...]) -> Origin:
    return Origin(f"steps.{step_id}.outputs.{output}", "outsiders", path)


def _is_raw(step: Node, version: str) -> bool:
    """Whether names of files are returned as they are. What release a commit or branch stands for is not known."""
    if str(step["with"].value_under("safe_output")).lower() == "false":
        return True
    match = _MAJOR.fullmatch(version)
    return match is not None and int(match[1]) < _ESCAPES_SINCE
