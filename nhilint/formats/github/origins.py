"""Follows a value through a workflow: from an expression through `env`, step outputs and job outputs to its origin.

Only ways that the file itself shows are followed: an environment variable set from an expression, a job output set from
a step output, an output that a step's own script writes from such a value, and a few actions known to return an
outsider's text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from nhilint.formats.github.actions import read_uses
from nhilint.formats.github.expression import embedded, parse
from nhilint.formats.github.untrusted import Flow, chooser_of, flows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nhilint.formats.github.untrusted import Chooser
    from nhilint.formats.node import Node

MOST_HOPS = 12
"""A value that passes through more names than this is not followed further."""
_RETURNS_TEXT = {
    "xt0rted/pull-request-comment-branch": ("head_ref",),
    "alessbell/pull-request-comment-branch": ("head_ref",),
    "gotson/pull-request-comment-branch": ("head_ref",),
    "potiuk/get-workflow-origin": ("sourceheadbranch", "pullrequestlabels"),
    "trilom/file-changes-action": ("files", "files_added", "files_modified"),
    "jitterbit/get-changed-files": ("all", "added", "modified", "added_modified"),
    "peter-murray/issue-body-parser-action": ("payload",),
    "stefanbuck/github-issue-parser": ("jsonstring",),
}
_PAYLOAD = re.compile(
    r"context\.payload\.(issue|pull_request|comment|review|discussion)\??\.(title|body|head\??\.(?:ref|label))\b"
)
_SET_OUTPUT = re.compile(r"setOutput\(\s*['\"`]([\w-]{1,80})['\"`]\s*,\s*([^)\n]{1,200})")


class Origin(NamedTuple):
    """Where a value comes from: the context as written in the first place, and who chooses it."""

    expression: str
    chooser: Chooser
    path: tuple[str, ...]


class Origins:
    """The jobs of one workflow, for values that pass from one to another."""

    def __init__(self, root: Node) -> None:
        self._root = root
        self._jobs = {name.lower(): job for name, job in root["jobs"].entries()}
        self._scopes: dict[str, Scope] = {}
        self.hops = 0

    def of_job(self, name: str) -> Scope:
        """The names that are visible to all steps of a job."""
        name = name.lower()
        if name not in self._scopes:
            job = self._jobs.get(name, self._root["jobs"][name])
            steps = {str(step["id"].value).lower(): step for step in job["steps"].items() if step["id"].is_text}
            self._scopes[name] = Scope((job["env"], self._root["env"]), steps, self)
        return self._scopes[name]

    def of_output(self, job: str, name: str) -> Origin | None:
        """The origin of a job's output."""
        found = self._jobs.get(job)
        output = _lower(found["outputs"], name) if found is not None else None
        return self.of_job(job).first(output.value) if output is not None else None


class Scope:
    """The names that are visible at one place: environments from the inside out, steps of the job, other jobs.

    Each name is followed once; a circle of names ends where it closes.
    """

    def __init__(self, environments: tuple[Node, ...], steps: dict[str, Node], jobs: Origins) -> None:
        self.environments = environments
        self.steps = steps
        self.jobs = jobs
        self._known: dict[tuple[str, ...], Origin | None] = {}

    def inside(self, step: Node) -> Scope:
        """The scope of a step: its own environment comes first."""
        return Scope((step["env"], *self.environments), self.steps, self.jobs) if step["env"].is_mapping else self

    def origins(self, text: str) -> Iterator[tuple[Origin, int, int]]:
        """Every origin by outsiders, committers or callers that a text pastes in, with the place in the text."""
        for part in embedded(text):
            term = parse(part.source)
            for flow in flows(term) if term is not None else ():
                origin = self._of_flow(flow)
                if origin is not None:
                    yield origin, part.start, part.end

    def first(self, value: object) -> Origin | None:
        """The first of them; None when the value pastes in nothing of the kind."""
        if not isinstance(value, str) or "${{" not in value:
            return None
        return next((origin for origin, _, _ in self.origins(value)), None)

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
        if path[0] == "needs":
            return self._once(path, lambda: self.jobs.of_output(path[1], path[3]))
        return self._once(path, lambda: self._of_step(path[1], path[3])) if path[0] == "steps" else None

    def _of_environment(self, name: str) -> Origin | None:
        for environment in self.environments:
            node = _lower(environment, name)
            if node is not None:
                return self.first(node.value)
        return None

    def _of_step(self, step_id: str, name: str) -> Origin | None:
        step = self.steps.get(step_id)
        if step is None:
            return None
        uses = step["uses"].value
        if isinstance(uses, str):
            returned = _RETURNS_TEXT.get(read_uses(uses).repository, ())
            if name in returned:
                return Origin(f"steps.{step_id}.outputs.{name}", "outsiders", ("github", "event", "pull_request"))
            return _of_script(step["with"]["script"].value, name)
        return self._of_run(step, name) if step["run"].is_text else None

    def _of_run(self, step: Node, name: str) -> Origin | None:
        """An output that a shell script writes: `echo "name=$VALUE" >> "$GITHUB_OUTPUT"`."""
        inner = self.inside(step)
        for line in step["run"].value.splitlines()[:2000]:
            at = line.lower().find(f"{name}=")
            if at < 0 or "GITHUB_OUTPUT" not in line or line[at - 1 : at] not in ('"', "'", " ", "\t", ""):
                continue
            value = line[at + len(name) + 1 : line.find("GITHUB_OUTPUT")]
            found = inner.first(value) or _plain_variable(inner, value)
            if found is not None:
                return found
        return None


def _plain_variable(scope: Scope, value: str) -> Origin | None:
    """The origin of `$NAME` or `${NAME}` when it is all that is written: a pipe or substitution may clean it."""
    match = re.fullmatch(r"[\"']?\$\{?([A-Za-z_]\w*)\}?[\"']?\s*>>\s*[\"']?\$\{?", value)
    return scope.of_variable(match[1]) if match else None


def _of_script(script: object, name: str) -> Origin | None:
    """An output that a github-script sets straight from the payload."""
    if not isinstance(script, str) or "setOutput" not in script:
        return None
    for match in _SET_OUTPUT.finditer(script):
        source = _PAYLOAD.search(match[2])
        if match[1].lower() == name and source is not None:
            route = source[2].replace("?", "")
            return Origin(f"github.event.{source[1]}.{route}", "outsiders", ("github", "event", source[1]))
    return None


def _lower(owner: Node, name: str) -> Node | None:
    return next((node for key, node in owner.entries() if key.lower() == name), None)
