"""Recognises jobs and steps that check who started a run: what hangs on their outcome cannot be judged from the file.

Two signs count: a well-known action for the purpose, and a script that asks the platform for somebody's permission or
membership. A step that merely has such words in its name counts too, since its script may stand elsewhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.formats.github.actions import read_uses

if TYPE_CHECKING:
    from nhilint.formats.node import Node

_ASKS = re.compile(
    r"collaborators/|/memberships?/|orgs/[^\s\"']{1,80}/members|getcollaboratorpermission|checkmembership|getmembership"
    r"|checkcollaborator|author_?association|viewerpermission|permission_level|check-user-permission"
    r"|check-actor-permission|actor-permission|team-membership|action-has-permission|verify-team|is-organization-member",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:check|verify|require|validate|assert|ensure|is|gate|guard)[\w -]{0,40}"
    r"(?:permission|authori[sz]|membership|member\b|collaborator|maintainer|trusted|actor|codeowner|write access)"
    r"|\b(?:authori[sz]e|authori[sz]ation|permission[- _]?check|pre_activation)\b",
    re.IGNORECASE,
)


def checks_person(step: Node) -> bool:
    """Whether a step seems to check who started the run."""
    inputs = step["with"]["script"].value
    code = "\n".join(text for text in (step["run"].value, inputs, step["uses"].value) if isinstance(text, str))
    if _ASKS.search(code):
        return True
    words = " ".join(text for text in (step["name"].value, step["id"].value) if isinstance(text, str))
    return _NAMED.search(words.replace("_", " ")) is not None


_PERSONAL = re.compile(
    r"actor|author|association|permission|member|collaborator|login|sender|trusted|maintainer|approv|event[_.]?name|payload"
    r"|github\.event|event_path|fork|comment|label",
    re.IGNORECASE,
)
_TECHNICAL = frozenset(
    {
        "dorny/paths-filter",
        "tj-actions/changed-files",
        "step-security/changed-files",
        "technote-space/get-diff-action",
        "docker/metadata-action",
    }
)


def may_tell_persons_apart(step: Node) -> bool:
    """Whether a step's outputs may depend on who started the run, or on how: then nothing follows from them."""
    uses = step["uses"].value
    if isinstance(uses, str):
        reference = read_uses(uses)
        if reference.repository in _TECHNICAL or (
            reference.owner == "actions" and reference.name != "actions/github-script"
        ):
            return False
        if reference.name != "actions/github-script":
            return True
    code = step["with"]["script"].value if isinstance(uses, str) else step["run"].value
    surroundings = str(step["env"].value) if step["env"].is_mapping else ""
    return isinstance(code, str) and _PERSONAL.search(code + surroundings) is not None


def checks_person_somewhere(job: Node, job_id: str) -> bool:
    """Whether a job's outputs may depend on who started the run. Those of a called workflow may."""
    names = f"{job_id} {job['name'].value or ''}".replace("_", " ")
    steps = list(job["steps"].items())
    return _NAMED.search(names) is not None or not steps or any(may_tell_persons_apart(step) for step in steps)
