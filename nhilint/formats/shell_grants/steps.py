"""The scripts in the steps of a workflow that give rights become the identities that they give them to.

Each step is a script of its own; a workflow that takes something away again gives nothing that lasts. Variables of the
workflow, the job and the step count where they are plain texts; an expression is open. Source:
https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax (`run`, `shell`, `env`, `defaults`),
not re-read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.shell_grants.claims import FORMAT, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.resource import Extraction

_WORDS = tuple(word.decode() for word in WORDS)
_SHELLS = ("bash", "sh")
_TAKES = (
    "remove-iam-policy-binding",
    "detach-role-policy",
    "detach-user-policy",
    "delete-role-policy",
    "delete-access-key",
    "role assignment delete",
    "service-accounts keys delete",
)
"""Words of commands that take something away: what a pipeline gives and takes within one run is nobody's for long."""


def given_in_steps(root: Node, text: str) -> Iterator[Extraction]:
    """For each step of a workflow that gives something, the identities that get it; `text` is the file's."""
    if not any(word in text for word in _WORDS) or any(word in text for word in _TAKES):
        return
    for _, job in root["jobs"].entries():
        for step in job["steps"].items():
            run = step["run"]
            if isinstance(run.value, str) and any(word in run.value for word in _WORDS) and _is_shell(root, job, step):
                from nhilint.formats.shell_grants.script import given_by

                given = {name: value for owner in (root, job, step) for name, value in _plain(owner["env"])}
                yield given_by(run.value, run.at.at_value(), FORMAT, given)


def _is_shell(root: Node, job: Node, step: Node) -> bool:
    """Whether a step is read by a POSIX shell: on Windows another one is the default."""
    stated = (node.value for node in (step["shell"], *(one.at_path("defaults", "run", "shell") for one in (job, root))))
    named = next((shell for shell in stated if isinstance(shell, str)), None)
    if named is None:
        return "windows" not in str(job["runs-on"].value).lower()
    return named.partition(" ")[0] in _SHELLS


def _plain(environment: Node) -> Iterator[tuple[str, str]]:
    for name, value in environment.entries():
        yield name, value.value if isinstance(value.value, str) and "${{" not in value.value else f"${{{name}}}"
