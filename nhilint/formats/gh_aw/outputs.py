"""`safe-outputs` become tools: what the agent may ask for, and a job with the right to do it then does.

The agent itself holds no writing token; each entry is one kind of request, carried out after the run within the limits
of its entry. Which requests change code, releases or runs, and which only words, is told by their documentation.
Source: https://github.github.com/gh-aw/reference/safe-outputs/, read 2026-11-22.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from nhilint.model.fact import Known
from nhilint.model.vocabulary.capability import Capability
from nhilint.model.vocabulary.tool import Tool
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.node import Node
    from nhilint.model.category import Access, Category

_ISSUES: tuple[tuple[Category, Access], ...] = (("issue_tracking", "write"),)
_CODE: tuple[tuple[Category, Access], ...] = (("source_code", "write"),)
_RUNS: tuple[tuple[Category, Access], ...] = (("code_execution", "execute"),)
_KNOWN: dict[str, tuple[tuple[Category, Access], ...]] = {
    **dict.fromkeys(
        (
            "create-issue", "update-issue", "close-issue", "link-sub-issue", "add-comment", "hide-comment",
            "add-labels", "remove-labels", "assign-milestone", "assign-to-user", "unassign-from-user", "set-issue-type",
            "create-discussion", "update-discussion", "close-discussion", "update-project", "create-project",
            "create-project-status-update", "add-reviewer", "create-pull-request-review-comment",
            "submit-pull-request-review", "reply-to-pull-request-review-comment", "update-pull-request",
            "close-pull-request", "resolve-pull-request-review-thread", "mark-pull-request-as-ready-for-review",
            "create-check-run",
        ),
        _ISSUES,
    ),
    **dict.fromkeys(("create-pull-request", "push-to-pull-request-branch", "merge-pull-request"), _CODE),
    **dict.fromkeys(("update-release", "upload-asset"), _CODE),
    **dict.fromkeys(("dispatch-workflow", "call-workflow", "dispatch-repository", "assign-to-agent"), _RUNS),
    "create-agent-session": _RUNS,
    "create-agent-task": _RUNS,
    "create-code-scanning-alert": (("source_code", "write"),),
    "autofix-code-scanning-alert": _CODE,
}  # fmt: skip
STRONG = frozenset(
    {
        "push-to-pull-request-branch", "merge-pull-request", "update-release", "dispatch-workflow", "call-workflow",
        "dispatch-repository",
    }
)  # fmt: skip
"""Requests that change code, releases or start runs without a person's look at the result."""
STARTING = frozenset({"dispatch-workflow", "call-workflow"})
"""Those of them that start workflows of the same repository, and so do what these may (`nhilint.link.gh_aw`)."""
_DOCUMENT = Deferred(
    r"docs?/(?:\*{1,2}(?:/\*)?|[\w*./-]{1,200}\.(?:mdx?|rst|adoc|txt))|[\w./-]{1,200}\.(?:mdx?|rst|adoc)"
)
_INSTRUCTIONS = Deferred(r"(?:^|/)(?:AGENTS|CLAUDE|GEMINI|SKILL)\.md$|^\.github/", flags=re.IGNORECASE)
_MOST = 100


class SafeOutputs(NamedTuple):
    """The requests that are carried out, the names of those that change code, releases or runs without a person's look,
    and whether one changes code at all, if only on a branch that a person looks at, or starts a run. `starts` are the
    workflows that it may start; None where that cannot be read.

    A pull request that may hold documents alone (`allowed-files`) changes none.
    """

    tools: tuple[Tool, ...]
    strong: tuple[Known[str], ...]
    changes_code: bool
    starts: tuple[str, ...] | None = ()


def read_outputs(node: Node) -> SafeOutputs:
    """The requests of `safe-outputs`; nothing where they are only shown (`staged`)."""
    if node["staged"].value is True:
        return SafeOutputs((), (), changes_code=False)
    found = [(name, entry) for name, entry in node.entries() if name in _KNOWN and _is_on(entry)][:_MOST]
    tools = (*(_tool(name, entry) for name, entry in found), *_jobs(node["jobs"]))
    strong = tuple(Known(name, entry.at.at_key()) for name, entry in found if name in STRONG)
    asks = any(name == "create-pull-request" and not _is_of_documents(entry) for name, entry in found)
    starts = _started(entry for name, entry in found if name in STARTING)
    return SafeOutputs(tools, strong, changes_code=asks or bool(strong), starts=starts)


def _started(entries: Iterable[Node]) -> tuple[str, ...] | None:
    """The workflows that requests may start, listed at once or below `workflows`; None where one has no list."""
    names: list[str] = []
    for entry in entries:
        listed = (entry["workflows"] if entry.is_mapping else entry).texts()
        if not isinstance(listed, Known) or not listed.value:
            return None
        names.extend(listed.value)
    return tuple(dict.fromkeys(names))


def _is_of_documents(entry: Node) -> bool:
    """Whether a pull request may change documents alone."""
    stated = entry["allowed-files"].texts()
    files = stated.value if isinstance(stated, Known) else ()
    return bool(files) and all(_DOCUMENT.fullmatch(one) and not _INSTRUCTIONS.search(one) for one in files)


def _is_on(entry: Node) -> bool:
    return entry.value is not False and entry["staged"].value is not True


def _tool(name: str, entry: Node) -> Tool:
    at = entry.at.at_key()
    return Tool(
        at=at,
        name=Known(name, at),
        client=Known("gh-aw", at),
        kind=Known("builtin", at),
        transport=Known("builtin", at),
        official=Known(value=True, at=at),
        approval=Known("auto", at),
        capabilities=tuple(
            Capability(
                at=at,
                category=Known(category, at),
                access=Known(access, at),
                source=Known("known", at),
                sends_out=Known(value=True, at=at),
                gate=Known("none", at),
                through=Known(name, at),
            )
            for category, access in _KNOWN[name]
        ),
    )


def _jobs(jobs: Node) -> Iterator[Tool]:
    """Requests of the file's own making, whose job may do anything."""
    for count, (name, entry) in enumerate(jobs.entries()):
        if count < _MOST and entry.is_mapping:
            at = entry.at.at_key()
            unknown = entry.unknown("what the job's own steps do")
            yield Tool(
                at=at, name=Known(name, at), client=Known("gh-aw", at), kind=Known("builtin", at), capabilities=unknown
            )
