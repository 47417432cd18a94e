"""Finds where a workflow pastes somebody's text into code before the code is read: shells, scripts, prompts.

An expression is replaced by its value before the shell sees the line, so a title may end the line and begin another.
The same value in `env` is safe: the shell reads a variable and never the text as code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec import Struct

from nhilint.formats.github.events import OPEN_EVENTS, brings_outsiders
from nhilint.formats.github.handed_on import lines_to_environment
from nhilint.formats.github.javascript_text import is_whole_literal
from nhilint.formats.github.quoted_heredoc import is_json_in_quoted_heredoc
from nhilint.formats.github.untrusted import needed_payload
from nhilint.model.fact import Known
from nhilint.model.vocabulary.workflow import Injection, Passed
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.github.actions import Reference
    from nhilint.formats.github.handed_on import Origin
    from nhilint.formats.github.origins import Scope
    from nhilint.formats.github.untrusted import Chooser
    from nhilint.formats.node import Node

Into = Literal["shell", "script", "prompt", "environment_file"]

_CODE_INPUTS: dict[str, tuple[tuple[str, Into], ...]] = {
    "actions/github-script": (("script", "script"),),
    "azure/cli": (("inlinescript", "shell"),),
    "azure/powershell": (("inlinescript", "shell"),),
    "appleboy/ssh-action": (("script", "shell"),),
    "nick-fields/retry": (("command", "shell"), ("on_retry_command", "shell")),
    "nick-invision/retry": (("command", "shell"),),
    "addnab/docker-run-action": (("run", "shell"),),
    "jannekem/run-python-script-action": (("script", "script"),),
    "cardinalby/js-eval-action": (("expression", "script"),),
    "amadevus/pwsh-script": (("script", "shell"),),
    "mikefarah/yq": (("cmd", "shell"),),
}
"""Inputs that an action runs as code, by the action's repository. Source: the action.yml of each, read 2026-11-22."""

_JAVASCRIPT = frozenset({"actions/github-script", "cardinalby/js-eval-action"})
_VARIABLE = Deferred(r"\$\{?([A-Za-z_]\w*)\}?")
_MANY_LINES = frozenset({"body", "message"})


class Surroundings(Struct, frozen=True):
    """What fills contexts here: events that run with the repository's own rights, and free-text inputs of callers."""

    events: frozenset[str] = frozenset()
    inputs: frozenset[str] = frozenset()


class Code(NamedTuple):
    """A text that runs as code, and what reads it."""

    node: Node
    into: Into
    is_javascript: bool = False


def code_of(step: Node, reference: Reference | None) -> Iterator[Code]:
    """The texts of a step that run as code."""
    if reference is None:
        script = step.value_under("run")
        if isinstance(script, str) and ("${{" in script or "GITHUB_ENV" in script):
            yield Code(step["run"], "shell")
        return
    for name, into in _CODE_INPUTS.get(reference.repository, ()):
        node = next((node for key, node in step["with"].entries() if key.lower() == name), None)
        if node is not None and node.is_text:
            yield Code(node, into, reference.repository in _JAVASCRIPT)


def injections_of(code: Iterable[Code], scope: Scope, around: Surroundings) -> tuple[Injection, ...]:
    """Every place where chosen text is pasted into the code."""
    found: list[Injection] = []
    for one in code:
        text, into = one.node, one.into
        if "${{" in text.value:
            found.extend(_pasted(one, scope, around))
        if into == "shell" and "GITHUB_ENV" in text.value:
            found.extend(_written_to_environment(text, scope, around))
    return tuple(sorted(found, key=lambda injection: _ORDER[injection.chosen_by.value]))  # type: ignore[union-attr]


_ORDER = {"outsiders": 0, "callers": 1, "committers": 2}


def _pasted(code: Code, scope: Scope, around: Surroundings) -> Iterator[Injection]:
    text, into = code.node, code.into
    for origin, start, end in scope.origins(text.value):
        if _is_data(code, start, end) or not can_hold(origin, around):
            continue
        at = text.at.within_text(start, end)
        yield Injection(
            at=at,
            expression=Known(f"toJson({origin.expression})" if _is_whole(origin) else origin.expression, at),
            into=Known(into, at),
            chosen_by=Known(_chooser(origin, around), at),
        )


def _is_data(code: Code, start: int, end: int) -> bool:
    """Whether the text that an expression gives is a literal where it stands, which nothing in it can leave."""
    if code.is_javascript:
        return is_whole_literal(code.node.value, start, end)
    return code.into == "shell" and is_json_in_quoted_heredoc(code.node.value, start, end)


def _is_whole(origin: Origin) -> bool:
    return origin.path in (("github",), ("github", "event"))


def _chooser(origin: Origin, around: Surroundings) -> Chooser:
    """Who chooses the text here: the whole payload of a push holds committers' messages and nobody else's text."""
    is_open = any(event in OPEN_EVENTS and OPEN_EVENTS[event].privileged for event in around.events)
    return "committers" if _is_whole(origin) and not is_open and "push" in around.events else origin.chooser


def _written_to_environment(text: Node, scope: Scope, around: Surroundings) -> Iterator[Injection]:
    """`echo "BODY=$BODY" >> $GITHUB_ENV`: a text of several lines sets further variables."""
    for start, line in lines_to_environment(text.value):
        told = line.partition(">>")[0]
        for match in _VARIABLE.finditer(told):
            origin = scope.of_variable(match[1])
            if origin is None or origin.path[-1] not in _MANY_LINES or not can_hold(origin, around):
                continue
            at = text.at.within_text(start + match.start(), start + match.end())
            yield Injection(
                at=at,
                expression=Known(origin.expression, at),
                into=Known("environment_file", at),
                chosen_by=Known(origin.chooser, at),
            )


def can_hold(origin: Origin, around: Surroundings) -> bool:
    """Whether an event fills the context: an issue's title is empty on a push."""
    if origin.chooser == "callers":
        return origin.path[1] in around.inputs
    if origin.chooser == "committers":
        return not around.events.isdisjoint({"push", "workflow_call"})
    payload = needed_payload(origin.path)
    return not payload or any(brings_outsiders(event, payload) for event in around.events)


def passed_inputs(inputs: Node, scope: Scope, around: Surroundings) -> tuple[Passed, ...]:
    """The inputs of a called workflow or action that carry chosen text."""
    found: list[Passed] = []
    for name, node in inputs.entries():
        origins = scope.origins(node.value) if node.is_text else ()
        origin = next((origin for origin, _, _ in origins if can_hold(origin, around)), None)
        if origin is not None:
            found.append(
                Passed(
                    at=node.at,
                    name=Known(name.lower(), node.at),
                    expression=Known(origin.expression, node.at),
                    chosen_by=Known(origin.chooser, node.at),
                )
            )
    return tuple(found)
