"""Finds scripts that approve the deployment of their own run, for which an environment asks a reviewer.

Told where a script sends `approved` to the pending deployments of the run that it belongs to, with a stored secret:
only a reviewer of the environment may do that, so the token is a person's or is kept for it. The job's own token
cannot, and a run that another workflow watches is another matter.
Source: github.com/github/rest-api-description, operation actions/review-pending-deployments-for-run ("required
reviewers"), as octokit/plugin-rest-endpoint-methods.js v5.16.2 tells it, read 2026-11-23.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.formats.github.secrets import secrets_in
from nhilint.model.fact import Known
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhilint.formats.node import Node

_ASKED = "pending_deployments"
_OWN_RUN = Deferred(r"github\.run_id\b|\bGITHUB_RUN_ID\b")
_APPROVES = Deferred(r"\bstate[\"']?\s{0,3}[:=]\s{0,3}[\"']?approved\b")
_COMMENT = Deferred(r"^[ \t]*#[^\n]*$", flags=re.MULTILINE)
_TAKEN_UNASKED = frozenset({"GH_TOKEN", "GITHUB_TOKEN"})
"""Variables from which the command line of GitHub takes its token."""


def approves_own_run(step: Node, environments: Sequence[Node]) -> Known[str] | None:
    """The secret with which a step approves its own run; `environments` are those that hold for the step.

    None where it approves nothing, or no stored secret is seen.
    """
    run = step["run"]
    if not isinstance(run.value, str) or _ASKED not in run.value:
        return None
    script = _COMMENT.sub("", run.value)
    if _ASKED not in script or _APPROVES.search(script) is None or _OWN_RUN.search(script) is None:
        return None
    name = next(_secrets(script, environments), None)
    return Known(name, run.at) if name is not None else None


def _secrets(script: str, environments: Sequence[Node]) -> Iterator[str]:
    """The secrets that a script is given, by their names."""
    for environment in environments:
        for variable, node in environment.entries():
            if isinstance(node.value, str) and (variable in _TAKEN_UNASKED or variable in script):
                yield from (mention.name for mention in secrets_in([(node.value, ())]))
    yield from (mention.name for mention in secrets_in([(script, ())]))
