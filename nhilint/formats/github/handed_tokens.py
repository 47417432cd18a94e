"""Which tokens of a GitHub App a step is handed: an earlier step of its job made them, and the step names its output.

A token that is narrowed by named permissions or listed repositories is not counted: it was made for its purpose, and is
only named beside what counts. Nor is one whose app is called after the service that the action belongs to.

Source: the outputs in action.yml of actions/create-github-app-token and tibdex/github-app-token, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.github.actions import read_uses, serves_vendor_of
from nhilint.formats.github.logins import app_token_of
from nhilint.formats.github.secrets import secrets_in, texts
from nhilint.model.fact import Fact, Known, value_of
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.formats.github.actions import Reference
    from nhilint.formats.node import Node
    from nhilint.model.place import Pointer

_DOES_ANYTHING = frozenset({"actions/checkout", "actions/github-script", "octokit/request-action"})
_TOKEN = Deferred(r"\$\{\{[^}\n]{0,200}\bsteps\.([\w-]{1,100})\.outputs\.token\b")


def app_tokens(step: Node, job: Node, runs: Reference) -> tuple[tuple[str, Pointer], ...]:
    """The tokens in words, each with the place where the step is handed it."""
    named = _named(step) if runs.ecosystem != "local" else {}
    return tuple((_in_words(name), at) for name, at in named.items() if _extent(name, job, runs) == "whole")


def narrowed_tokens(step: Node, job: Node, runs: Reference) -> tuple[str, ...]:
    """Those that their maker has narrowed, in words that follow what the step runs beside."""
    named = _named(step) if runs.ecosystem != "local" else {}
    found = (_in_words(name) for name in named if _extent(name, job, runs) not in ("whole", None))
    return tuple(f"{words}, which it is handed" for words in found)


def _in_words(name: str) -> str:
    return f"the token of a GitHub App ({name})"


def _named(step: Node) -> dict[str, Pointer]:
    """The steps whose token a step is handed, each with the place."""
    handed = [*texts(step["with"].value, step["with"].pointer), *texts(step["env"].value, step["env"].pointer)]
    return {match[1]: at for text, at in handed if "outputs.token" in text and (match := _TOKEN.search(text))}


def only_taker(step: Node, job: Node) -> Fact[str]:
    """The one action that a job hands the token of a step to; None where a script, another job or several have it, or
    where whoever has it does with it what a script or a later command says."""
    name = step["id"].value
    mark = f"steps.{name}.outputs"
    takers: set[str] = set()
    for text, at in texts(job.value, job.pointer) if isinstance(name, str) else ():
        if mark in text:
            inside = at[len(job.pointer) : len(job.pointer) + 1] == ("steps",)
            uses = job["steps"][at[len(job.pointer) + 1]].value_under("uses") if inside else None
            takers.add(read_uses(uses).repository if isinstance(uses, str) else "")
    alone = takers.pop() if len(takers) == 1 else ""
    return Known(alone, step["uses"].at) if alone and alone not in _DOES_ANYTHING else None


def _extent(name: str, job: Node, runs: Reference) -> str | None:
    """How far the token of a step reaches; None where that step makes none, or one for the action's own service."""
    made = next((step for step in job["steps"].items() if step["id"].value == name), None)
    uses = made.value_under("uses") if made is not None else None
    if made is None or not isinstance(uses, str):
        return None
    token = app_token_of(read_uses(uses).repository, made["with"], made["uses"].at)
    keys = secrets_in(texts(made["with"].value, made["with"].pointer))
    is_services = any(serves_vendor_of(runs, key.name) for key in keys)
    return value_of(token.extent) if token is not None and not is_services else None
