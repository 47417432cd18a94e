"""An agent of an action or called workflow whose arguments inputs decide, once for every way that callers fill them in.

`--allowedTools '${{ inputs.tools }}'` says nothing by itself; with what a caller writes it is a list. Callers that come
to the same arguments share an agent, so that nobody's tools are told together with another's events.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.github.evaluation import filled_in
from nhilint.link.github_logins import known_inputs
from nhilint.model.fact import Known, known_records, value_of

if TYPE_CHECKING:
    from nhilint.link.github_calls import Call
    from nhilint.model.fact import Many
    from nhilint.model.place import Place
    from nhilint.model.vocabulary import Agent, Workflow
    from nhilint.model.vocabulary.workflow import GivenInput

_TYPED = ("true", "false")
"""Inputs of a called workflow have types: these may be texts there, or booleans."""


def ways_to_call(agent: Agent, workflow: Workflow, calls: list[Call]) -> list[tuple[Agent, list[Call]]]:
    """The agent as its callers fill it in, each with those callers; alone with all of them where inputs decide nothing.

    A workflow that something else starts too has other inputs then, so nothing is filled in there.
    """
    arguments = value_of(agent.arguments)
    if arguments is None or isinstance(agent.command_reach, Known):
        return [(agent, calls)]
    own = {value_of(trigger.event) for trigger in known_records(workflow.triggers)} - {"workflow_call"}
    if own or any(call.kind == "workflow_run" for call in calls):
        return [(agent, calls)]
    ways: dict[tuple[object, ...], tuple[Agent, list[Call]]] = {}
    for call in calls:
        told = _told(agent, filled_in(arguments, _inputs(workflow.defaults, call)), call)
        rules = tuple(value_of(permission.rule) for permission in known_records(told.permissions))
        ways.setdefault((told.command_reach, told.autonomy, rules), (told, []))[1].append(call)
    return list(ways.values())


def _inputs(defaults: Many[GivenInput], call: Call) -> dict[str, str]:
    """The inputs that are known in a call, by their names."""
    return {
        name: text for name, text in known_inputs(defaults, call).items() if call.kind == "action" or text not in _TYPED
    }


def _told(agent: Agent, arguments: str, call: Call) -> Agent:
    """The agent with what its arguments allow, and with the outsiders' text that a rule in them lets it fetch."""
    from nhilint.formats.github.agent_claude import with_arguments
    from nhilint.formats.github.agent_reading import fetched_by_rule

    assert agent.arguments is not None
    otherwise = agent.arguments.at
    told = with_arguments(agent, arguments, lambda part: _place(part, call, otherwise))
    fetched, read = fetched_by_rule(known_records(told.permissions)), told.untrusted_input
    if fetched is None or not isinstance(read, Known) or fetched_by_rule(known_records(agent.permissions)) is not None:
        return told
    words = (*read.value, fetched[0])
    return replace(told, untrusted_input=Known(words, read.at if read.value else fetched[1]))


def _place(part: str, call: Call, otherwise: Place) -> Place:
    """Where a caller writes a part of the arguments; the arguments themselves where it does not."""
    return next((one.at for one in known_records(call.gives) if part in (value_of(one.value) or "")), otherwise)
