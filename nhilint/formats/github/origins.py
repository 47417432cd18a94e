"""Follows a value through a workflow: from an expression through `env`, step outputs and job outputs to its origin.

Only ways that the file itself shows are followed: an environment variable set from an expression, a job output set
from a step output, an output or a variable that a step's own script writes from such a value (`handed_on`), and a few
actions known to return an outsider's text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.formats.github.actions import read_uses
from nhilint.formats.github.expression import embedded, parse
from nhilint.formats.github.handed_on import Left, Origin, left_by
from nhilint.formats.github.returned_text import ASKED_FOR, returned_text
from nhilint.formats.github.untrusted import Flow, chooser_of, flows
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from nhilint.formats.node import Node
    from nhilint.model.place import Pointer

MOST_HOPS = 12
"""A value that passes through more names than this is not followed further."""
_REPLIES = frozenset({"octokit/request-action", "octokit/graphql-action"})
_ASKED_FOR_TEXT = Deferred(r"/(?:pulls|issues|comments|reviews|discussions)\b|pullRequest|\bissues?\b|\bdiscussions?\b")
_TEXT_OF_REPLY = frozenset({"title", "body", "bodytext", "?", "*"})
_BRANCH_OF_REPLY = frozenset({("head", "ref"), ("head", "label")})
_PAYLOAD = Deferred(
    r"context\.payload\.(issue|pull_request|comment|review|discussion)\??\.(title|body|head\??\.(?:ref|label))\b"
)
_SET_OUTPUT = Deferred(r"setOutput\(\s*['\"`]([\w-]{1,80})['\"`]\s*,\s*([^)\n]{1,200})")


_LONGEST_SCRIPT = 20_000
_FETCHES = Deferred(
    r"\b(?:issues|pulls)\.(?:get|list|listForRepo|listComments|listReviews|listReviewComments|getComment)\b"
    r"|\bissuesAndPullRequests\b|GET /repos/[^'\"`\n]{0,100}/(?:issues|pulls)|\bgithub\.graphql\("
)
_ASSIGNED = Deferred(r"\b(?:(?:const|let|var)\s+)?([A-Za-z_$]\w{0,60})\s*\+?=(?![=>])\s*([^;]{1,600})")
_RETURNED = Deferred(r"\breturn\s+([^;\n]{1,400})")
_WORDING = Deferred(r"\.(?:body|title)\b")
_TELLS_NO_TEXT = Deferred(r"[=!]==?|\.(?:includes|test|startsWith|endsWith|some|every|length|number|id)\b")
_WORD = Deferred(r"[A-Za-z_$]\w*")


class Origins:
    """The jobs of one workflow, for values that pass from one to another."""

    def __init__(self, root: Node) -> None:
        self._root = root
        self._jobs = {name.lower(): job for name, job in root["jobs"].entries()}
        self._scopes: dict[str, Scope] = {}
        self.hops = 0
        self.left: dict[Pointer, tuple[Left, ...]] = {}

    def of_job(self, name: str) -> Scope:
        """The names that are visible to all steps of a job."""
        name = name.lower()
        if name not in self._scopes:
            job = self._jobs.get(name, self._root["jobs"][name])
            every = tuple(job["steps"].items())
            steps = {own.lower(): step for step in every if isinstance(own := step.value_under("id"), str)}
            running = tuple(step for step in every if isinstance(step.value_under("run"), str))
            self._scopes[name] = Scope((job["env"], self._root["env"]), steps, self, running)
        return self._scopes[name]

    def of_output(self, job: str, name: str) -> Origin | None:
        """The origin of a job's output."""
        output = self.written_output(job, name)
        return self.of_job(job).first(output.value, loosely=True) if output is not None else None

    def written_output(self, job: str, name: str) -> Node | None:
        """What a job's output is written as; names in lower case."""
        found = self._jobs.get(job)
        return _lower(found["outputs"], name) if found is not None else None


class Scope:
    """The names that are visible at one place: environments from the inside out, steps of the job, other jobs.

    Each name is followed once; a circle of names ends where it closes.
    """

    def __init__(
        self, environments: tuple[Node, ...], steps: dict[str, Node], jobs: Origins, running: tuple[Node, ...] = ()
    ) -> None:
        self.environments = environments
        self.steps = steps
        self.jobs = jobs
        self.running = running
        self._known: dict[tuple[str, ...], Origin | None] = {}

    def inside(self, step: Node) -> Scope:
        """The scope of a step: its own environment comes first."""
        if not isinstance(step.value_under("env"), dict):
            return self
        return Scope((step["env"], *self.environments), self.steps, self.jobs, self.running)

    def origins(self, text: str, *, loosely: bool = False) -> Iterator[tuple[Origin, int, int]]:
        """Every origin by outsiders, committers or callers that a text pastes in, with the place in the text.

        What a command has changed on the way counts only `loosely`.
        """
        for part in embedded(text):
            term = parse(part.source)
            for flow in flows(term) if term is not None else ():
                origin = self._of_flow(flow)
                if origin is not None and (loosely or not origin.changed):
                    yield origin, part.start, part.end

    def first(self, value: object, *, loosely: bool = False) -> Origin | None:
        """The first of them; None when the value pastes in nothing of the kind."""
        if not isinstance(value, str) or "${{" not in value:
            return None
        return next((origin for origin, _, _ in self.origins(value, loosely=loosely)), None)

    def of_variable(self, name: str) -> Origin | None:
        """The origin of an environment variable, innermost setting first."""
        return self._once(("env", name.lower()), lambda: self._of_environment(name.lower()))

    def _once(self, key: tuple[str, ...], find: Callable[[], Origin | None]) -> Origin | None:
        if key not in self._known and self.jobs.hops < MOST_HOPS:
            self._known[key] = None
            self.jobs.hops += 1
            self._known[key] = find()
            self.jobs.hops -= 1
        return self._known.get(key)

    def _of_flow(self, flow: Flow) -> Origin | None:
        path = flow.context.path
        chooser = chooser_of(flow)
        if chooser is not None:
            return Origin(".".join(path).replace(".?", "[…]"), chooser, path)
        if path[0] == "env" and len(path) == 2:
            return self.of_variable(path[1])
        if len(path) != 4 or path[2] != "outputs":
            return None
        if path[0] == "steps" and path[3] == "data" and self._is_reply(path[1]):
            return _of_reply(path, flow.route)
        if path[0] == "needs":
            return self._once(path, lambda: self.jobs.of_output(path[1], path[3]))
        return self._once(path, lambda: self._of_step(path[1], path[3])) if path[0] == "steps" else None

    def _of_environment(self, name: str) -> Origin | None:
        for environment in self.environments:
            node = _lower(environment, name)
            if node is not None:
                return self.first(node.value, loosely=True)
        written = (
            left for step in self.running if "GITHUB_ENV" in step.value_under("run") for left in self.left_by(step)
        )
        return next((left.origin for left in written if left.kind == "variable" and left.name.lower() == name), None)

    def left_by(self, step: Node) -> tuple[Left, ...]:
        """What a step's script leaves for later steps."""
        known = self.jobs.left
        if step.pointer not in known:
            known[step.pointer] = ()
            inner = self.inside(step)
            known[step.pointer] = left_by(
                step.value_under("run"), lambda text: inner.first(text, loosely=True), inner.of_variable
            )
        return known[step.pointer]

    def _is_reply(self, step_id: str) -> bool:
        """Whether a step asks the platform's interface for what people have written."""
        step = self.steps.get(step_id)
        uses = step.value_under("uses") if step is not None else None
        if step is None or not isinstance(uses, str) or read_uses(uses).repository not in _REPLIES:
            return False
        asked = (step["with"].value_under("route"), step["with"].value_under("query"))
        return any(isinstance(text, str) and _ASKED_FOR_TEXT.search(text) is not None for text in asked)

    def _of_step(self, step_id: str, name: str) -> Origin | None:
        step = self.steps.get(step_id)
        if step is None:
            return None
        uses = step.value_under("uses")
        if isinstance(uses, str):
            returned = returned_text(step, step_id, name)
            if returned is not None:
                return returned
            script = step["with"].value_under("script")
            return _of_script(script, name) or (_worked_out(script, step_id, name) if isinstance(script, str) else None)
        if not step["run"].is_text or "GITHUB_OUTPUT" not in step["run"].value:
            return None
        outputs = (left for left in self.left_by(step) if left.kind == "output" and left.name.lower() == name)
        return next((left.origin for left in outputs), None)


def _of_reply(path: tuple[str, ...], route: tuple[str, ...]) -> Origin | None:
    """The reply as a whole, or the part of it that an outsider words: a title, a body, the name of a branch."""
    if route and route[-1] not in _TEXT_OF_REPLY and route[-2:] not in _BRANCH_OF_REPLY:
        return None
    return Origin(".".join((*path, *route)), "outsiders", ASKED_FOR)


def _worked_out(script: str, step_id: str, name: str) -> Origin | None:
    """An output that a github-script makes of titles and bodies that it asks for, followed through its variables."""
    if _FETCHES.search(script) is None:
        return None
    told: set[str] = set()
    for match in _ASSIGNED.finditer(script[:_LONGEST_SCRIPT]):
        if _is_worded(match[2], told):
            told.add(match[1])
    given = [match[2] for match in _SET_OUTPUT.finditer(script) if match[1].lower() == name]
    if name == "result":
        given += [match[1] for match in _RETURNED.finditer(script[:_LONGEST_SCRIPT])]
    if not any(_is_worded(text, told) for text in given):
        return None
    return Origin(f"steps.{step_id}.outputs.{name}", "outsiders", ASKED_FOR, changed=True)


def _is_worded(text: str, told: set[str]) -> bool:
    """Whether a piece of script hands on wording; a comparison or a count hands on none."""
    if _TELLS_NO_TEXT.search(text) is not None:
        return False
    return _WORDING.search(text) is not None or not told.isdisjoint(_WORD.findall(text))


def _of_script(script: object, name: str) -> Origin | None:
    """An output that a github-script sets straight from the payload."""
    if not isinstance(script, str) or "setOutput" not in script or "payload" not in script:
        return None
    named = _parts_of_payload(script[:_LONGEST_SCRIPT])
    for match in _SET_OUTPUT.finditer(script):
        if match[1].lower() != name:
            continue
        source = _PAYLOAD.search(match[2])
        if source is None and _TELLS_NO_TEXT.search(match[2]) is None:
            source = _PAYLOAD.search(_spelled_out(match[2], named)) or _composed(script, match[2].strip(), named)
        if source is not None:
            route = source[2].replace("?", "")
            worked_on = "(" in match[2] or source.string[source.end() :].lstrip("?").startswith((".", "["))
            path = ("github", "event", source[1])
            return Origin(f"github.event.{source[1]}.{route}", "outsiders", path, changed=worked_on)
    return None


def _composed(script: str, name: str, named: Mapping[str, str]) -> re.Match[str] | None:
    """The first part of the payload in a text that a script composes of lines: ``const name = [`…`, `…`].join()``."""
    opened = re.search(rf"\b(?:const|let)\s{{1,9}}{re.escape(name)}\s{{0,9}}=\s{{0,9}}\[", script[:_LONGEST_SCRIPT])
    if opened is None:
        return None
    lines = script[opened.end() : opened.end() + _LONGEST_SCRIPT].partition("].join(")[0]
    pasted = (_spelled_out(match[1], named) for match in _IN_TEMPLATE.finditer(lines))
    parts = (_PAYLOAD.search(text) for text in pasted if _TELLS_NO_TEXT.search(text) is None)
    return next((part for part in parts if part is not None and part[2].endswith(("title", "body"))), None)


def _parts_of_payload(script: str) -> dict[str, str]:
    """The names that a script gives to parts of the payload, each with the part, in the order they are given.

    `const issue = context.payload.issue`, `const { title } = issue`, `const body = issue.body || ''`.
    """
    named: dict[str, str] = {}
    for match in _GIVEN_NAME.finditer(script):
        source = _spelled_out(match[3], named)
        if not source.startswith("context.payload") or _TELLS_NO_TEXT.search(match[3]) is not None:
            continue
        if match[1]:
            named.setdefault(match[1], source)
            continue
        for key, _, other in (part.strip().partition(":") for part in match[2].split(",")):
            if _WORD.fullmatch(key.strip()):
                named.setdefault(other.strip() or key.strip(), f"{source}.{key.strip()}")
    return named


def _spelled_out(text: str, named: Mapping[str, str]) -> str:
    """A piece of script with the names that stand for parts of the payload replaced by those parts."""
    return _FIRST_WORD.sub(lambda match: named.get(match[0], match[0]), text)


_GIVEN_NAME = Deferred(
    r"\b(?:const|let|var)\s{1,9}(?:([A-Za-z_$]\w{0,60})|\{([\w\s:,]{1,200})\})\s{0,9}=\s{0,9}([A-Za-z_$][\w$.?]{0,120})"
)
_IN_TEMPLATE = Deferred(r"\$\{([^{}]{1,200})\}")
_FIRST_WORD = Deferred(r"(?<![\w$.'\"])[A-Za-z_$][\w$]{0,60}(?![\w$(])")


def _lower(owner: Node, name: str) -> Node | None:
    return next((node for key, node in owner.entries() if key.lower() == name), None)
