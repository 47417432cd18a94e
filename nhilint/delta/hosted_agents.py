"""Who may set an agent going, and what stands around one that a platform hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.delta.addresses import endpoint
from nhilint.delta.power import Measure, Power, listed, ranked, short, stated, switched
from nhilint.delta.services import callers, guarded, works_as
from nhilint.model.fact import known_records, value_of
from nhilint.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.delta.power import Held
    from nhilint.model.fact import Fact
    from nhilint.model.place import Place
    from nhilint.model.vocabulary import Agent

STARTED_BY = {
    "nobody": (0, "by a clock alone"),
    "writers": (1, "by people who may write"),
    "labelled": (2, "by anybody once a label is set"),
    "contributors": (3, "by anybody with a merged change"),
    "anyone": (4, "by anybody"),
}
_COMMANDS = {
    "none": (0, "may run no shell commands"),
    "listed": (1, "may run the shell commands of a list"),
    "sandboxed": (2, "may run any shell command, but confined"),
    "any": (3, "may run any shell command"),
}
_SUSPECT = {
    "hidden_text": "text that people do not see",
    "credential": "a credential",
    "disables_guard": "an order to get round a protection",
    "remote_instructions": "an order to follow text from elsewhere",
}


def starters(agent: Agent) -> Iterator[Held]:
    """Who can start a step of a pipeline, and which commands it then runs unasked."""
    opened = stated(agent.open_to)
    if opened is not None and opened[0] in STARTED_BY:
        yield started_by(*STARTED_BY[opened[0]], opened[1])
    yield from ranked(agent.command_reach, _COMMANDS, "commands", Severity.HIGH, usual=2)
    yield from _named(agent.allowed_actors, "people who may not write", "actor")
    yield from _named(agent.allowed_bots, "bots", "bot")
    found, weight = stated(agent.checks_actor), Severity.HIGH
    if found is not None and found[0]:
        gained, lost = "refuses people who may not write", "no longer refuses people who may not write"
        key, place = ("checks-actor",), found[1]
        yield Power(key=key, gained=gained, lost=lost, weight=weight, place=place, guard=True, usual=True)
    if turns := stated(agent.max_turns):
        words = f"stops by itself after {turns[0]} steps"
        yield Measure(key=("turns",), rank=turns[0], words=words, weight=Severity.LOW, place=turns[1], usual=turns[0])


def started_by(rank: float, who: str, at: Place) -> Measure:
    """Who can start it with the rights it holds, after every condition; of a new actor its triggers tell."""
    words, weight = f"can be started with its rights {who}", Severity.HIGH
    return Measure(key=("open-to",), rank=rank, words=words, weight=weight, place=at, usual=rank, was=who)


def _named(fact: Fact[tuple[str, ...]], who: str, sort: str) -> Iterator[Held]:
    if fact is None:
        return
    for name in listed(fact):
        said = f"all {who}" if name == "*" else f"{short(name)} ({who})"
        yield Power(
            key=(sort, name),
            gained=f"lets {said} start it",
            lost=f"no longer lets {said} start it",
            weight=Severity.HIGH if name == "*" else Severity.MEDIUM,
            place=fact.at,
            about=short(name),
        )


def hosted(agent: Agent) -> Iterator[Held]:
    """What a platform declares around an agent, and what is amiss in its instructions."""
    yield from callers(agent.inbound)
    yield from works_as(agent.runs_as)
    yield from guarded(agent.guards)
    for address in known_records(agent.addresses):
        yield from endpoint(address, "is called at")
    handed, kept = "is handed the token that its caller proved itself with", "is no longer handed its caller's token"
    shown, unshown = "publishes each session at an address", "no longer publishes its sessions"
    calls, silent = "sends its progress where its callers say", "no longer sends its progress where its callers say"
    yield from switched(
        (
            (agent.takes_caller_token, handed, kept, Severity.MEDIUM),
            (agent.sessions_published, shown, unshown, Severity.HIGH),
            (agent.calls_back, calls, silent, Severity.MEDIUM),
        )
    )
    for instruction in known_records(agent.instructions):
        kind = value_of(instruction.kind) or ""
        if kind == "embedded_command":
            continue  # said with the programs that it runs by itself
        what, detail = _SUSPECT.get(kind, "something unusual"), short(value_of(instruction.detail) or "")
        said = f"has {what} in its instructions{f' ({detail})' if detail else ''}"
        key, place = ("instruction", kind, detail), instruction.at
        yield Power(key=key, gained=said, lost=f"no longer {said}", weight=Severity.HIGH, place=place)
    found = stated(agent.compiled)
    if found is not None and found[0] == "stale":
        gained = "is run by a workflow that was not made from this source"
        lost = "is run by the workflow that was made from this source"
        yield Power(key=("stale",), gained=gained, lost=lost, weight=Severity.MEDIUM, place=found[1], usual=True)
