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
    r"|check-actor-permission|actor-permission|team-membership|action-has-permission|verify-team|is-organization-member"
)
"""Sought in lower case, as are all words here that may be spelled either way: ignoring case is eight times slower."""
_NAMED = re.compile(
    r"\b(?:check|verify|require|validate|assert|ensure|is|gate|guard)[\w -]{0,40}"
    r"(?:permission|authori[sz]|membership|member\b|collaborator|maintainer|trusted|actor|codeowner|write access)"
    r"|\b(?:authori[sz]e|authori[sz]ation|permission[- _]?check|pre_activation)\b"
)


def checks_person(step: Node) -> bool:
    """Whether a step seems to check who started the run."""
    if fails_unless_dependabots(step):
        return True
    inputs = step["with"]["script"].value
    code = "\n".join(text for text in (step["run"].value, inputs, step["uses"].value) if isinstance(text, str))
    if _ASKS.search(code.lower()):
        return True
    words = " ".join(text for text in (step["name"].value, step["id"].value) if isinstance(text, str))
    return _NAMED.search(words.replace("_", " ").lower()) is not None


def refuses_person(step: Node) -> bool:
    """Whether a step that checks the person may end its job: an action for the purpose, or a script that fails."""
    if step["continue-on-error"].exists or not checks_person(step):
        return False
    code = _code(step)
    return code is None or _FAILS.search(code) is not None


_FAILS = re.compile(r"\bexit\s+[1-9$]|setFailed|\bthrow\b|\braise\b|\bsys\.exit\b|process\.exit")


def fails_unless_dependabots(step: Node) -> bool:
    """Whether a step ends its job for every pull request but Dependabot's own, its first commit signed.

    Source: https://github.com/dependabot/fetch-metadata (src/main.ts, src/dependabot/verified_commits.ts), 2026-11-22.
    """
    return (
        str(step["uses"].value).lower().startswith("dependabot/fetch-metadata@")
        and str(step["with"]["skip-verification"].value).lower() != "true"
        and not step["continue-on-error"].exists
    )


_PERSONAL = re.compile(
    r"actor|author|association|permission|member|collaborator|login|sender|trusted|maintainer|approv|fork"
)
_OF_EVENT = re.compile(r"event[_.]?name|payload|github\.event|event_path|comment|label")
_LABELS_THERE_ARE = re.compile(r"listLabelsForRepo|\bgh label list\b")
_STOPS = re.compile(r"\bexit\b|setFailed|\bthrow\b|\braise\b|GITHUB_(?:OUTPUT|ENV)|setOutput")
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
    code = _code(step)
    if code is None or _PERSONAL.search(code.lower()) is not None:
        return code is not None
    words = set(_OF_EVENT.findall(code.lower()))
    return bool(words - {"label"} if _LABELS_THERE_ARE.search(code) is not None else words)


def _code(step: Node) -> str | None:
    """The script of a step with the environment it reads."""
    code = step["with"]["script"].value if step["uses"].is_text else step["run"].value
    surroundings = str(step["env"].value) if step["env"].is_mapping else ""
    return code + surroundings if isinstance(code, str) else None


def checks_person_somewhere(job: Node, job_id: str) -> bool:
    """Whether a job's outputs may depend on who started the run. Those of a called workflow may."""
    names = f"{job_id} {job['name'].value or ''}".replace("_", " ").lower()
    steps = list(job["steps"].items())
    return _NAMED.search(names) is not None or not steps or any(map(_may_decide, steps))


def _may_decide(step: Node) -> bool:
    """Whether a step may tell persons apart to some effect: a script that only talks decides nothing."""
    if not may_tell_persons_apart(step):
        return False
    code = _code(step)
    return code is None or step["id"].is_text or _STOPS.search(code) is not None


def answers(job: Node, events: frozenset[str]) -> frozenset[tuple[str, str]]:
    """The texts that a job's outputs take for an event by its name, and by nothing of the person: (event, text).

    `if (event === 'issues.opened') { core.setOutput('command', 'triage') }` lets in whoever opens an issue.
    """
    found: set[tuple[str, str]] = set()
    for step in job["steps"].items():
        code = _code(step)
        if not _may_decide(step):
            continue
        if code is None or _PERSONAL.search(code.lower()) is not None or checks_person(step):
            return frozenset()
        for match in _ANSWER.finditer(code[:_LONGEST_SCRIPT]):
            if match[1] in events and "!=" not in match[0]:
                found.add((match[1], (match[2] or match[3]).lower()))
    return frozenset(found)


_LONGEST_SCRIPT = 20_000
_ANSWER = re.compile(
    r"(?:!==?\s{0,3})?['\"]([a-z_]{4,40})(?:\.\w{1,40})?['\"]"
    r"(?:[^{}\n]{0,200}\{\s{0,80}[^{}\n]{0,80}setOutput\(\s{0,9}['\"][\w-]{1,60}['\"]\s{0,9},\s{0,9}['\"]([\w-]{1,60})['\"]"
    r"|[^{}\n]{0,120}\bthen\s{0,80}echo\s{1,9}['\"]?[\w-]{1,60}=([\w-]{1,60})['\"]?\s{0,9}>>)"
)
