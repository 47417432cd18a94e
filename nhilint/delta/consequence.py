"""One sentence that ties what an actor gained to what else is true of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.delta.power import listed, short
from nhilint.model.fact import known_records, value_of
from nhilint.model.finding import Severity
from nhilint.model.vocabulary import Agent, Identity, Workflow

if TYPE_CHECKING:
    from nhilint.model.delta import Shift
    from nhilint.model.resource import Resource

_MOST = 2


def consequence(actor: Resource, found: tuple[Shift, ...]) -> str:
    """What makes the gravest gain worse: who can set the actor going, whose words it follows, who can become it."""
    worst = next((shift for shift in found if shift.direction == "widened"), None)
    if worst is None or worst.weight < Severity.HIGH:
        return ""
    facts = actor.facts
    if isinstance(facts, Agent):
        return _of_agent(facts)
    if isinstance(facts, Workflow) and value_of(facts.open_to) in ("anyone", "contributors"):
        who = "anybody" if value_of(facts.open_to) == "anyone" else "anybody with a merged change"
        return f"{who} can start it"
    if isinstance(facts, Identity):
        ways = [short(entry) for entry in listed(facts.admits_ci)]
        if ways:
            return (
                f"it is what {' and '.join(ways[:_MOST])} {'becomes' if len(ways) == 1 else 'become'} in the pipeline"
            )
    return ""


def _of_agent(agent: Agent) -> str:
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
    return ", and ".join(said)
