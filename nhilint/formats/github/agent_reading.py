"""Whose text reaches an agent: what its prompt pastes in, what its environment carries, what it is told to fetch.

Only text that arrives in a run with the repository's own rights counts; a fork's pull request starts a run without
secrets, in which an agent has no key.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.github.events import OPEN_EVENTS
from nhilint.formats.github.injection import can_hold
from nhilint.model.fact import Known, value_of
from nhilint.model.wording import in_a_row
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.github.agent_step import AgentStep
    from nhilint.formats.github.handed_on import Origin
    from nhilint.formats.github.job import JobFacts
    from nhilint.formats.github.origins import Scope
    from nhilint.formats.github.trail import StepFacts
    from nhilint.formats.node import Node
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.agent import Permission
    from nhilint.model.vocabulary.workflow import GivenInput

_FETCHES = Deferred(
    r"\bgh\s+(?:issue|pr|search|discussion)(?:\s+(?:view|list|diff|issues|prs|status|checkout)\b|\s*:?\*)|\bgh\s*:?\*"
    r"|\bgh\s+api\b|mcp__github(?:__\*|__(?:get|list|search)_(?:issue|pull)|__issue_read|__pull_request_read|\b(?!_))",
    flags=re.IGNORECASE,
)
_TALKS = Deferred(r"\b(?:because|used to|don't|do not|never|must not)\b", flags=re.IGNORECASE)
_STRANGE = frozenset({"outsiders", "callers"})
"""Choosers of a text that may be an outsider's; whose an input is, its callers tell (`nhilint.link.github_calls`)."""
_MARKS = frozenset({"labeled", "assigned", "milestoned"})
"""Types of activity that only people of the project cause, on anybody's issue."""
_MOST_EVENTS = 2
_LONGEST_LINE = 2_000
_MOST = 50
_ALL = "issues or pull requests"
_COMMENTS = "comments under the pull request"
_OWN_PULL = Deferred(r"gh\s+pr\s+(?:view|diff|checkout)\b|github\.event\.pull_request\.", flags=re.IGNORECASE)
_NUMBER = Deferred(r"github\.event\.(?:issue|pull_request|discussion)\.(?:number|html_url|url)\b")


def untrusted_texts(found: AgentStep, step: StepFacts) -> list[tuple[str, Place]]:
    """Each source of outsiders' text in words, with the place that brings it in; the most direct first."""
    return [
        *_pasted(found, step),
        *_environment(step),
        *_left_before(found, step),
        *_event(found, step),
        *_fetched(found, step),
        *_tree(step),
    ]


def _pasted(found: AgentStep, step: StepFacts) -> Iterator[tuple[str, Place]]:
    scope = step.job.scope.inside(step.node)
    for prompt in found.prompts:
        for origin, start, end in scope.origins(prompt.value, loosely=True) if prompt.is_text else ():
            if origin.chooser in _STRANGE and (can_hold(origin, step.job.around) or _is_of_others(origin, step.job)):
                yield origin.expression, prompt.at.within_text(start, end)


def _is_of_others(origin: Origin, job: JobFacts) -> bool:
    return _is_marked(origin, job) or _is_of_thread(origin, job)


def _is_of_thread(origin: Origin, job: JobFacts) -> bool:
    """Whether a text is what somebody began a thread with into which another one calls the agent by a comment."""
    if origin.chooser != "outsiders" or origin.path[:2] != ("github", "event"):
        return False
    thread = origin.path[2]
    if not any(start.event == f"{thread}_comment" for start in job.starts):
        return False
    condition = str(job.node.value_under("if"))
    return f"{thread}.user" not in condition and f"{thread}.author_association" not in condition


def _is_marked(origin: Origin, job: JobFacts) -> bool:
    """Whether a text is that of an issue which somebody of the project marks, whoever has opened it, to start the step.

    A condition on the issue's author may let only the project's own pass.
    """
    if origin.path[:3] != ("github", "event", "issue") or "github.event.issue" in str(job.node.value_under("if")):
        return False
    return any(start.event == "issues" and _MARKS.issuperset(start.types) for start in job.starts)


def _environment(step: StepFacts) -> Iterator[tuple[str, Place]]:
    """Variables of the step itself; those of the whole job are seldom meant for the agent."""
    scope = step.job.scope
    for name, node in step.node["env"].entries():
        for origin, _, _ in scope.origins(node.value, loosely=True) if node.is_text else ():
            if origin.chooser in _STRANGE and can_hold(origin, step.job.around):
                yield f"{origin.expression} in {name}", node.at


def _left_before(found: AgentStep, step: StepFacts) -> Iterator[tuple[str, Place]]:
    """Files that earlier steps wrote and the prompt names, and variables that they set and the script uses."""
    scope = step.job.scope
    prompts = [prompt for prompt in found.prompts if prompt.is_text]
    told = "\n".join(prompt.value for prompt in prompts)
    for earlier in scope.running if prompts else ():
        if not _is_before(earlier, step):
            continue
        for left in scope.left_by(earlier):
            if left.origin.chooser != "outsiders" or not can_hold(left.origin, step.job.around):
                continue
            if (left.kind == "file" and _names(told, left.name.rsplit("/", 1)[-1])) or (
                left.kind == "variable" and re.search(rf"\$\{{?{re.escape(left.name)}\b", told)
            ):
                yield f"{left.origin.expression} in {left.name}", earlier["run"].at


def _is_before(earlier: Node, step: StepFacts) -> bool:
    return isinstance(earlier.pointer[-1], int) and earlier.pointer[-1] < step.number


def _names(text: str, file: str) -> bool:
    return re.search(rf"(?<![\w.-]){re.escape(file)}(?![\w-])", text) is not None


def _event(found: AgentStep, step: StepFacts) -> Iterator[tuple[str, Place]]:
    """An outsider's issue is read even when somebody else, who may start the agent, has called it there."""
    if not found.reads_event:
        return
    found_events = [
        start
        for start in step.job.starts
        if (event := OPEN_EVENTS.get(start.event)) is not None and event.privileged and event.payload
    ]
    if found_events:
        events = tuple(dict.fromkeys(start.event for start in found_events))
        names = in_a_row(events) if len(events) <= _MOST_EVENTS else f"{events[0]} and {len(events) - 1} other events"
        yield f"the thread that it is called into ({names})", found_events[0].at


def fetched_by_rule(permissions: Iterable[Permission]) -> tuple[str, Place] | None:
    """The text of outsiders that one of the rules lets an agent fetch, in words."""
    for permission in permissions:
        rule = permission.rule.value if isinstance(permission.rule, Known) else ""
        if _FETCHES.search(rule):
            return f"issues and pull requests that it may fetch ({rule})", permission.at
    return None


def _fetched(found: AgentStep, step: StepFacts) -> Iterator[tuple[str, Place]]:
    """What a prompt tells it to read, else what one of its rules lets it."""
    for prompt in found.prompts:
        match = _telling(prompt.value) if prompt.is_text else None
        if match is not None:
            told = _told_to_read(match)
            if _is_about_its_own_pull(match.group(), prompt.value, step):
                told = told.replace(_ALL, _COMMENTS, 1)
            yield told, prompt.at.within_text(*match.span())
            return
    allowed = fetched_by_rule(found.permissions)
    if allowed is not None:
        yield allowed


def telling(given: tuple[GivenInput, ...], inputs: Node, job: JobFacts, scope: Scope) -> tuple[GivenInput, ...]:
    """The inputs that a caller gives, each with what it tells an agent to read, should it become a prompt.

    Whoever opens an issue is the one that its conditions let through; a comment is called into anybody's.
    """
    if not job.admits and all(start.event in _BEGIN_THREAD for start in job.starts):
        return given
    texts = {name.lower(): node.value for name, node in inputs.entries() if node.is_text}
    return tuple(_with_what_it_tells(one, texts.get(value_of(one.name) or "", ""), job, scope) for one in given)


_ALONE = Deferred(r"\$\{\{[^}]{0,400}\}\}")
"""A number by itself tells nobody what to do with it."""
_BEGIN_THREAD = frozenset({"issues", "pull_request", "pull_request_target", "discussion"})


def _with_what_it_tells(given: GivenInput, text: str, job: JobFacts, scope: Scope) -> GivenInput:
    match = _telling(text) if not _ALONE.fullmatch(text.strip()) else None
    if match is not None:
        return replace(given, tells_to_read=Known(_told_to_read(match), given.at))
    origins = (origin for origin, _, _ in scope.origins(text, loosely=True))
    pasted = next((origin.expression for origin in origins if _is_of_thread(origin, job)), None)
    return replace(given, tells_to_read=Known(pasted, given.at)) if pasted is not None else given


def _told_to_read(match: re.Match[str]) -> str:
    return f"{_ALL} that it is told to read ({' '.join(match.group().split())})"


def _is_about_its_own_pull(told: str, prompt: str, step: StepFacts) -> bool:
    """Whether what a prompt names is the pull request that started the job, in a run that has the repository's rights
    for none from a fork: what it says is then a writer's, and outsiders only comment under it."""
    events = [start.event for start in step.job.starts]
    opens = [OPEN_EVENTS[event] for event in events if event in OPEN_EVENTS]
    if "pull_request" not in events or "workflow_call" in events or any(e.privileged and e.payload for e in opens):
        return False
    fetched = [told, *(match.group() for match in islice(_FETCHES.finditer(prompt), _MOST))]
    return "github.event.pull_request." in prompt and all(_OWN_PULL.match(text) is not None for text in fetched)


def _line_of(text: str, position: int) -> str:
    start = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    return text[start : end if end >= 0 else len(text)][:_LONGEST_LINE]


def _telling(prompt: str) -> re.Match[str] | None:
    """What a prompt tells its agent to read: one thing as a whole rather than a list. A line that explains or forbids
    tells nothing."""
    matches = islice(_FETCHES.finditer(prompt), _MOST)
    found = [match for match in matches if _TALKS.search(_line_of(prompt, match.start())) is None]
    whole = next((match for match in found if "list" not in match[0].lower()), None)
    return whole or _NUMBER.search(prompt) or next(iter(found), None)


def _tree(step: StepFacts) -> Iterator[tuple[str, Place]]:
    if step.brought is not None:
        yield f"files of {step.brought.ref}", step.brought.at
