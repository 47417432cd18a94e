"""Finds conditions that look like a guard and let everybody through.

* A condition that mixes text with `${{ }}`, or ends in a line break after it, is a non-empty text and therefore true.
* `github.actor` is whoever caused the latest event: on a pull request an outsider can make a bot do that, so a
  comparison with a bot's name keeps nobody out where the run has the repository's rights.
Not told: who acted last in a job that asks for a pull request's metadata, since that action fails for one that is not
by the bot itself, with its first commit signed (`skip-verification` takes that away); who acted last where a label is
asked for too, which only somebody with triage rights sets; a label in a run that outsiders'
pull requests cannot have rights in, where it chooses between variants and anybody it would keep out has no access; what
an earlier step found out in a run that only a clock or somebody with write access starts, which is whether there is
something to do, and which of its events such a run is for; anything on a hosted machine with neither secrets nor a
writing token, where there is nothing to guard; an input that also names the machine, since it chooses a variant.

Sources, read 2026-11-22: https://docs.github.com/en/actions/reference/workflows-and-actions/expressions,
https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#github-context and
https://github.com/dependabot/fetch-metadata (src/dependabot/verified_commits.ts, src/main.ts).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.formats.github.condition import always_holds, names_bot
from nhilint.formats.github.events import OPEN_EVENTS, opens_to_outsiders
from nhilint.formats.github.expression import Call, Context, Literal, Operation, parse
from nhilint.formats.github.guards import fails_unless_dependabots
from nhilint.formats.github.job import job_permissions
from nhilint.formats.github.permissions import permissions_of
from nhilint.formats.github.runner import self_hosted
from nhilint.model.fact import Known, value_of
from nhilint.model.vocabulary.tool import IneffectiveSetting
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.github.events import Start
    from nhilint.formats.github.expression import Term
    from nhilint.formats.node import Node

_ACTORS = (
    ("github", "actor"),
    ("github", "actor_id"),
    ("github", "triggering_actor"),
    ("github", "event", "sender", "login"),
)
_SPOOFED_EVENTS = frozenset({"pull_request_target", "workflow_run"})
_PROTECTS = Deferred(r"\b(?:github|needs|secrets|inputs|steps)\s*[.\[]", flags=re.IGNORECASE)
"""A condition on these limits who or what gets through; one on the matrix or the runner chooses a variant."""
_OUTCOMES = Deferred(r"\b(?:steps|needs)\s*[.\[]", flags=re.IGNORECASE)
_OF_PEOPLE = Deferred(r"\b(?:github|secrets|inputs)\s*[.\[]", flags=re.IGNORECASE)
_UNATTENDED = frozenset({"schedule", "workflow_dispatch", "repository_dispatch"})
"""Events without anybody's code or text: what an earlier step found out then saves work and keeps nobody out."""
_BY_WRITERS = _UNATTENDED | {"push", "release"}
_EVENT_NAME = Deferred(r"\bgithub\.event_name\b", flags=re.IGNORECASE)
_COMPARED = Deferred(
    r"github\.(?:actor|actor_id|triggering_actor|event\.sender\.login)\s{0,9}==\s{0,9}'([^'\n]{1,80})'",
    flags=re.IGNORECASE,
)
_LABELS = Deferred(r"github\.event\.pull_requests?\.labels(?:\.\*\.name)?", flags=re.IGNORECASE)
_VARIABLES = Deferred(r"\benv\.([A-Za-z_]\w{0,100})")
_INPUTS = Deferred(r"\b(?:github\.event\.)?inputs\.([\w-]{1,100})", flags=re.IGNORECASE)
_ANY_SECRET = Deferred(r"\bsecrets\b(?!\.github_token\b)", flags=re.IGNORECASE)
_EXPRESSIONS = "https://docs.github.com/en/actions/reference/workflows-and-actions/expressions"
_CONTEXTS = "https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#github-context"


def ineffective_conditions(root: Node, found: list[Start]) -> tuple[IneffectiveSetting, ...]:
    """Every such condition of a workflow's jobs and steps."""
    spoofed = any(start.event in _SPOOFED_EVENTS for start in found)
    by_label = any(opens_to_outsiders(start) and OPEN_EVENTS[start.event].privileged for start in found)
    unattended = bool(found) and all(start.event in _UNATTENDED for start in found)
    by_writers = bool(found) and all(start.event in _BY_WRITERS for start in found)
    settings = (
        _judge(root, job, node, spoofed=spoofed, by_label=by_label)
        for job, node in _conditions(root)
        if not (unattended and _asks_outcomes_alone(node.value)) and not (by_writers and _asks_event_alone(node.value))
    )
    return tuple(setting for setting in settings if setting is not None)


def _conditions(root: Node) -> Iterator[tuple[Node, Node]]:
    """Each condition with its job."""
    for _, job in root["jobs"].entries():
        if isinstance(job.value_under("if"), str):
            yield job, job["if"]
        for step in job["steps"].items():
            if isinstance(step.value_under("if"), str):
                yield job, step["if"]


def _asks_outcomes_alone(text: str) -> bool:
    return _OUTCOMES.search(text) is not None and _OF_PEOPLE.search(text) is None


def _asks_event_alone(text: str) -> bool:
    return _EVENT_NAME.search(text) is not None and _PROTECTS.search(_EVENT_NAME.sub("", text)) is None


def _keeps_from_nothing(root: Node, job: Node, text: str) -> bool:
    """Whether it stands before a job without power, or asks for inputs that name the machine."""
    if _has_no_power(root, job):
        return True
    named = {name.lower() for name in _INPUTS.findall(text)}
    machine = {name.lower() for name in _INPUTS.findall(str(job.value_under("runs-on")))}
    return bool(named) and named <= machine and _PROTECTS.search(_INPUTS.sub("", text)) is None


def _has_no_power(root: Node, job: Node) -> bool:
    """Whether the job runs on a hosted machine, with a token that is said to write nothing and no other secret."""
    permissions = job_permissions(job, permissions_of(root))
    if permissions is None or permissions.unclear or permissions.writes or job["environment"].exists:
        return False
    text = f"{root.value_under('env')} {job.value}"
    secret = _ANY_SECRET.search(text) is not None or job["secrets"].exists
    return not secret and value_of(self_hosted(job)) is False


def _judge(root: Node, job: Node, node: Node, *, spoofed: bool, by_label: bool) -> IneffectiveSetting | None:
    text: str = node.value
    if always_holds(text):
        said, text = text, _told_from(root, job, text)
        chooses = not by_label and _LABELS.search(text) is not None and _PROTECTS.search(_LABELS.sub("", text)) is None
        chooses = chooses or (not by_label and _keeps_from_nothing(root, job, text))
        reason = "it is a text with an expression inside, and a text that is not empty counts as true"
        instead = "put the whole condition into one ${{ }}, or leave the brackets out"
        return _setting(
            node, reason, instead, _EXPRESSIONS, protects=not chooses and _PROTECTS.search(text) is not None, said=said
        )
    if not spoofed or ("actor" not in text.lower() and "sender" not in text) or _asks_for_metadata(job):
        return None
    bare = text.strip().removeprefix("${{").removesuffix("}}").strip()
    term = parse(bare)
    if term is None or not _admits_by_bot(term):
        return None
    reason = (
        "it looks at whoever caused the latest event, and an outsider can make a bot do that to their own pull request"
    )
    compared = next((match[0] for match in _COMPARED.finditer(bare) if names_bot(match[1])), text)
    return _setting(
        node,
        reason,
        "compare github.event.pull_request.user.login",
        _CONTEXTS,
        protects=True,
        said=compared,
    )


def _told_from(root: Node, job: Node, text: str) -> str:
    """A condition with each variable of the job or workflow replaced by what sets it there."""

    def set_by(match: re.Match[str]) -> str:
        variables = next((node for node in (job["env"], root["env"]) if node[match[1]].exists), None)
        return match[0] if variables is None else str(variables.value_under(match[1]))

    return _VARIABLES.sub(set_by, text) if "env." in text else text


def _asks_for_metadata(job: Node) -> bool:
    """Whether a step of the job ends it for pull requests that are not by the bot."""
    return any(
        fails_unless_dependabots(step) and (not step["if"].exists or "actor" in str(step.value_under("if")).lower())
        for step in job["steps"].items()
        if step.is_mapping
    )


def _admits_by_bot(term: Term) -> bool:
    """Whether the condition holds because the latest actor has a bot's name, with nothing else in the way."""
    if isinstance(term, Operation) and term.sign == "&&" and any(map(_asks_label, term.operands)):
        return False
    if isinstance(term, Operation) and term.sign in ("&&", "||"):
        return any(_admits_by_bot(part) for part in term.operands) and not _asks_author(term)
    if not isinstance(term, Operation) or term.sign != "==":
        return False
    names = [part for part in term.operands if isinstance(part, Context) and part.path in _ACTORS]
    bots = [part for part in term.operands if isinstance(part, Literal) and names_bot(part.value)]
    return bool(names and bots)


def _asks_label(term: Term) -> bool:
    """Whether the pull request must have a label."""
    listed = term.arguments[0] if isinstance(term, Call) and term.name == "contains" and term.arguments else None
    return isinstance(listed, Context) and "labels" in listed.path


def _asks_author(term: Term) -> bool:
    if isinstance(term, Context):
        return term.path[-2:] == ("user", "login") or "full_name" in term.path or "fork" in term.path
    parts = term.operands if isinstance(term, Operation) else term.arguments if isinstance(term, Call) else ()
    return any(_asks_author(part) for part in parts)


def _setting(node: Node, reason: str, instead: str, source: str, *, protects: bool, said: str) -> IneffectiveSetting:
    at = node.at
    return IneffectiveSetting(
        at=at,
        setting=Known(" ".join(said.split()), at),
        reason=Known(reason, at),
        instead=Known(instead, at),
        source=Known(source, at),
        protective=Known(protects, at),
    )
