"""Recognises jobs and steps that check who started a run: what hangs on their outcome cannot be judged from the file.

Two signs count: a well-known action for the purpose, and a script that asks the platform for somebody's permission or
membership. A step that merely has such words in its name counts too, since its script may stand elsewhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.formats.github.actions import read_uses
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.formats.node import Node

_ASKS = (
    *("collaborators/", "/membership/", "/memberships/", "getcollaboratorpermission", "checkmembership"),
    *("getmembership", "checkcollaborator", "author_association", "authorassociation", "viewerpermission"),
    *("permission_level", "check-user-permission", "actor-permission", "team-membership", "action-has-permission"),
    *("verify-team", "is-organization-member"),
)
"""Sought in lower case, as are all words here that may be spelled either way: ignoring case is eight times slower, and
one expression of many words ten times slower than the words."""
_MEMBERS = "/members"
_ASKS_FOR_MEMBERS = Deferred(rf"orgs/[^\s\"']{{1,80}}{_MEMBERS}")
_NAMED = Deferred(
    r"\b(?:check|verify|require|validate|assert|ensure|is|gate|guard)[\w -]{0,40}"
    r"(?:permission|authori[sz]|membership|member\b|collaborator|maintainer|trusted|actor|codeowner|write access)"
    r"|\b(?:authori[sz]e|authori[sz]ation|permission[- _]?check|pre_activation)\b"
)


def checks_person(step: Node) -> bool:
    """Whether a step seems to check who started the run."""
    if fails_unless_dependabots(step):
        return True
    inputs = step["with"].value_under("script")
    code = "\n".join(
        text for text in (step.value_under("run"), inputs, step.value_under("uses")) if isinstance(text, str)
    )
    if _asks_platform(code.lower()):
        return True
    words = " ".join(text for text in (step.value_under("name"), step.value_under("id")) if isinstance(text, str))
    return _NAMED.search(words.replace("_", " ").lower()) is not None


def _asks_platform(code: str) -> bool:
    """Whether a script, in lower case, asks for somebody's permission or membership."""
    if any(map(code.__contains__, _ASKS)):  # asked of every script: a generator takes three times as long
        return True
    return _MEMBERS in code and _ASKS_FOR_MEMBERS.search(code) is not None


def refuses_person(step: Node) -> bool:
    """Whether a step that checks the person may end its job: an action for the purpose, or a script that fails."""
    if step["continue-on-error"].exists or not checks_person(step):
        return False
    code = _code(step)
    return code is None or _FAILS.search(code) is not None


def may_refuse_as_a_whole(job: Node, job_id: str) -> bool:
    """Whether a job is a called workflow that is there to stop runs, as its names say: its steps are in another file.

    One of another repository is taken at the word "check"; among a repository's own such a name says lint and tests.
    """
    called = job["uses"].value
    if not isinstance(called, str) or job["continue-on-error"].exists:
        return False
    reference = read_uses(called)
    path = called.partition("@")[0].rpartition("/")[2].partition(".")[0]
    words = re.sub(r"[_-]", " ", f"{job_id} {job['name'].value or ''} {path}").lower()
    return (_NAMED if reference.ecosystem == "local" else _STANDS_BEFORE).search(words) is not None


_STANDS_BEFORE = Deferred(
    r"\b(?:check|verify|gate|guard|permissions?|authori[sz]\w{0,6}|approv\w{0,4}|allow\w{0,4}|trusted|membership)\b"
)
_FAILS = Deferred(r"\bexit\s+[1-9$]|setFailed|\bthrow\b|\braise\b|\bsys\.exit\b|process\.exit")


def fails_unless_dependabots(step: Node) -> bool:
    """Whether a step ends its job for every pull request but Dependabot's own, its first commit signed.

    Releases before 1.2.1 did not ask who wrote the commit. A branch, a tag that moves (v1) and a commit are taken for a
    later one. Source: https://github.com/dependabot/fetch-metadata (src/main.ts, src/dependabot/verified_commits.ts;
    commit 960d125 for the author), 2026-11-22.
    """
    action, _, version = str(step.value_under("uses")).lower().partition("@")
    return (
        action == "dependabot/fetch-metadata"
        and _ASKS_NO_AUTHOR.fullmatch(version) is None
        and str(step["with"].value_under("skip-verification")).lower() != "true"
        and not step["continue-on-error"].exists
    )


_ASKS_NO_AUTHOR = Deferred(r"v?1\.(?:[01](?:\.\d{1,3})?|2\.0)")
_PERSONAL = (
    *("actor", "author", "association", "permission", "member", "collaborator", "login", "sender", "trusted"),
    *("maintainer", "approv", "fork"),
)
_OF_EVENT = ("event_name", "event.name", "eventname", "payload", "github.event", "event_path", "comment")
_LABELS_THERE_ARE = Deferred(r"listLabelsForRepo|\bgh label list\b")
_SETS = ("setFailed", "setOutput", "GITHUB_OUTPUT", "GITHUB_ENV")
_STOPS = Deferred(r"\b(?:exit|throw|raise)\b")
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
    uses = step.value_under("uses")
    if isinstance(uses, str):
        reference = read_uses(uses)
        if reference.repository in _TECHNICAL or (
            reference.owner == "actions" and reference.name != "actions/github-script"
        ):
            return False
        if reference.name != "actions/github-script":
            return True
    code = _code(step)
    if code is None:
        return False
    lower = code.lower()
    if any(map(lower.__contains__, _PERSONAL)) or any(map(lower.__contains__, _OF_EVENT)):
        return True
    return "label" in lower and _LABELS_THERE_ARE.search(code) is None


def _code(step: Node) -> str | None:
    """The script of a step with the environment it reads."""
    code = step["with"].value_under("script") if isinstance(step.value_under("uses"), str) else step.value_under("run")
    around = step.value_under("env")
    surroundings = str(around) if isinstance(around, dict) else ""
    return code + surroundings if isinstance(code, str) else None


def checks_person_somewhere(job: Node, job_id: str) -> bool:
    """Whether a job's outputs may depend on who started the run. Those of a called workflow may."""
    names = f"{job_id} {job['name'].value or ''}".replace("_", " ").lower()
    steps = list(job["steps"].items())
    return _NAMED.search(names) is not None or not steps or any(map(_may_decide, steps))


def _may_decide(step: Node) -> bool:
    """Whether a step may tell persons apart to some effect: a script that only talks decides nothing, nor does an
    action whose outputs nobody can name."""
    if not may_tell_persons_apart(step):
        return False
    code = _code(step)
    return isinstance(step.value_under("id"), str) or checks_person(step) or (code is not None and _has_effect(code))


def _has_effect(code: str) -> bool:
    return any(word in code for word in _SETS) or _STOPS.search(code) is not None


def answers(job: Node, events: frozenset[str]) -> frozenset[tuple[str, str]]:
    """The texts that a job's outputs take for an event by its name, and by nothing of the person: (event, text).

    `if (event === 'issues.opened') { core.setOutput('command', 'triage') }` lets in whoever opens an issue.
    """
    found: set[tuple[str, str]] = set()
    for step in job["steps"].items():
        code = _code(step)
        if not _may_decide(step):
            continue
        if code is None or any(word in code.lower() for word in _PERSONAL) or checks_person(step):
            return frozenset()
        for match in _ANSWER.finditer(code[:_LONGEST_SCRIPT]):
            if match[1] in events and "!=" not in match[0]:
                found.add((match[1], (match[2] or match[3]).lower()))
    return frozenset(found)


_LONGEST_SCRIPT = 20_000
_ANSWER = Deferred(
    r"(?:!==?\s{0,3})?['\"]([a-z_]{4,40})(?:\.\w{1,40})?['\"]"
    r"(?:[^{}\n]{0,200}\{\s{0,80}[^{}\n]{0,80}setOutput\(\s{0,9}['\"][\w-]{1,60}['\"]\s{0,9},\s{0,9}['\"]([\w-]{1,60})['\"]"
    r"|[^{}\n]{0,120}\bthen\s{0,80}echo\s{1,9}['\"]?[\w-]{1,60}=([\w-]{1,60})['\"]?\s{0,9}>>)"
)
