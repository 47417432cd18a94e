"""One sentence that ties what an actor gained to what else is true of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.delta.power import listed, short
from nhilint.model.fact import known_records, value_of
from nhilint.model.finding import Severity
from nhilint.model.vocabulary import Agent, App, Identity, Workflow

if TYPE_CHECKING:
    from nhilint.model.delta import Shift
    from nhilint.model.resource import Resource

_MOST = 2
_SAME = (
    ("anybody can start", "anybody"),
    ("anybody can call", "called by anybody"),
    ("anybody can install", "installed by anybody"),
    ("nobody is asked", "asking anybody"),
    ("it works with its owner", "its owner's rights"),
    ("it reads text by outsiders", "reads text by outsiders"),
)
"""Beginnings of consequences, with what a shift says where it says the same."""
_CALLERS = {"anyone": "anybody", "anyone_signed_in": "whoever is signed in", "domain": "everybody of the organisation"}
_HELD = frozenset({"strong", "weak"})


def consequence(actor: Resource, found: tuple[Shift, ...]) -> str:
    """What makes the gravest gain worse: who can set the actor going, whose words it follows, who can become it."""
    worst = next((shift for shift in found if shift.direction == "widened"), None)
    if worst is None or worst.weight < Severity.HIGH:
        return ""
    return ", and ".join(clause for clause in _clauses(actor) if not _said_already(clause, worst.words))


def _said_already(clause: str, words: str) -> bool:
    return any(clause.startswith(start) and mark in words for start, mark in _SAME)


def _clauses(actor: Resource) -> list[str]:
    facts = actor.facts
    if isinstance(facts, Agent):
        return _of_agent(facts)
    if isinstance(facts, Workflow):
        return _of_workflow(facts)
    if isinstance(facts, App):
        return _of_app(facts)
    if isinstance(facts, Identity):
        ways = [short(entry) for entry in listed(facts.admits_ci)]
        if ways:
            verb = "becomes" if len(ways) == 1 else "become"
            return [f"it is what {' and '.join(ways[:_MOST])} {verb} in the pipeline"]
    return []


def _of_workflow(workflow: Workflow) -> list[str]:
    """Who can start a run that has rights: a plain pull request of a stranger has none."""
    widest = {value_of(step.open_to) for step in known_records(workflow.steps) if value_of(step.rights) in _HELD}
    if "anyone" in widest:
        return ["anybody can start it"]
    if "contributors" in widest:
        return ["anybody with a merged change can start it"]
    return ["anybody can start it once a label is set"] if "labelled" in widest else []


def _of_app(app: App) -> list[str]:
    said: list[str] = []
    who = _CALLERS.get(value_of(app.open_to) or "")
    if who is not None:
        said.append(f"{who} can call it")
    if value_of(app.runs_as) == "owner":
        said.append("it works with its owner's rights")
    if value_of(app.distribution) == "public":
        said.append("anybody can install it")
    return said


def _of_agent(agent: Agent) -> list[str]:
    said: list[str] = []
    inputs = listed(agent.untrusted_input)
    if inputs:
        said.append(f"it reads text by outsiders ({', '.join(short(entry) for entry in inputs[:_MOST])})")
    elif any(value_of(capability.reads_untrusted) for capability in known_records(agent.capabilities)):
        said.append("it reads text by outsiders through its tools")
    if value_of(agent.open_to) == "anyone":
        said.append("anybody can start it")
    if value_of(agent.autonomy) == "ungated":
        said.append("nobody is asked")
    return said
