"""What an agent holds, and what holds it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.delta.agent_reach import programs, reach
from nhilint.delta.capabilities import capabilities, every_tool
from nhilint.delta.credentials import credentials
from nhilint.delta.hosted_agents import hosted, starters
from nhilint.delta.power import Power, listed, ranked, short, stated
from nhilint.delta.tokens import may_write, token_permissions, triggers
from nhilint.model.fact import known_records, value_of
from nhilint.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.delta.power import Held
    from nhilint.model.place import Place
    from nhilint.model.vocabulary import Agent
    from nhilint.model.vocabulary.agent import Permission

_AUTONOMY = {
    "suggest": (0, "only suggests"),
    "asks": (1, "asks before it acts"),
    "asks_for_writes": (2, "asks before it writes"),
    "classifier_gated": (3, "acts whenever a classifier lets it"),
    "ungated": (4, "acts without asking anybody"),
}
_NETWORK = {
    "none": (0, "runs commands without network"),
    "list": (1, "runs commands with some hosts in reach"),
    "all": (2, "runs commands with every host in reach"),
}
_FILES = {
    "read_only": (0, "runs commands that can write nothing"),
    "workspace": (1, "runs commands that can write in the project"),
    "all": (2, "runs commands that can write everywhere"),
}
_SHELL = {
    "any_command": Severity.CRITICAL,
    "any_code": Severity.HIGH,
    "acts_as_user": Severity.HIGH,
    "fetches_code": Severity.HIGH,
    "network_out": Severity.HIGH,
    "deletes": Severity.HIGH,
    "runs_project_code": Severity.MEDIUM,
}


def held_by_agent(agent: Agent) -> Iterator[Held]:
    """Everything about an agent that is authority."""
    yield from ranked(agent.autonomy, _AUTONOMY, "autonomy", Severity.HIGH, usual=1)
    yield from _inputs(agent)
    for permission in known_records(agent.permissions):
        yield from _rule(permission)
    yield from _confinement(agent)
    yield from programs(agent)
    yield from reach(agent)
    if value_of(agent.tools_exposed) == "all" and value_of(agent.kind) in ("subagent", "service"):
        yield every_tool(agent.tools_exposed.at if agent.tools_exposed is not None else agent.at)
    served = (tool for tool in known_records(agent.tools) if value_of(tool.kind) == "mcp_server")
    names = frozenset(name for tool in served if (name := value_of(tool.name)))
    yield from capabilities(agent.capabilities, names, product_has_them=value_of(agent.kind) == "settings")
    yield from credentials(agent.credentials)
    yield from starters(agent)
    yield from hosted(agent)
    yield from _flows(agent)


def _inputs(agent: Agent) -> Iterator[Held]:
    yield from triggers(agent.triggers)
    yield from token_permissions(agent.token_permissions)
    # A token of its own (an app's) takes the place of the job's, not of the proof of the job's identity.
    proves = stated(agent.id_token)
    if proves is not None and proves[0]:
        yield may_write("id-token", proves[1])
    for source in listed(agent.untrusted_input):
        yield Power(
            key=("input", _read_by(source)),
            gained=f"reads text by outsiders ({short(source)})",
            lost=f"no longer reads text by outsiders ({short(source)})",
            weight=Severity.MEDIUM,
            place=agent.untrusted_input.at if agent.untrusted_input is not None else agent.at,
        )


def _read_by(source: str) -> str:
    """What is read, whichever way: issues that it is told to read and those that it may fetch are the same text."""
    return "issues" if source.startswith("issues ") else source.partition(" (")[0]


def _rule(permission: Permission) -> Iterator[Held]:
    """An allow rule is a power; a deny or ask rule holds back. One without effect is neither."""
    rule = value_of(permission.rule)
    if rule is None or value_of(permission.effect) is None or value_of(permission.effective) is False:
        return
    said = short(rule)
    effect = value_of(permission.effect)
    if effect == "allow":
        weight = _SHELL.get(value_of(permission.shell_reach) or "", Severity.LOW)
        if value_of(permission.path_reach) in ("root", "home", "credentials", "guard_rails"):
            weight = max(weight, Severity.HIGH)
        gained, lost = f"may use {said} without a question", f"may no longer use {said} without a question"
        yield Power(key=("allow", rule), gained=gained, lost=lost, weight=weight, place=permission.at, about=said)
        return
    gained = f"is denied {said}" if effect == "deny" else f"must ask before {said}"
    lost = f"is no longer denied {said}" if effect == "deny" else f"need no longer ask before {said}"
    weight = Severity.HIGH if effect == "deny" else Severity.MEDIUM
    yield Power(
        key=(str(effect), rule),
        gained=gained,
        lost=lost,
        weight=weight,
        place=permission.at,
        guard=True,
        about=said,
    )


def _confinement(agent: Agent) -> Iterator[Held]:
    sandbox = agent.sandbox
    if sandbox is not None:
        if found := stated(sandbox.enabled):
            on, at = found
            yield from _sandbox_on(at) if on else ()
        yield from ranked(sandbox.network, _NETWORK, "network", Severity.HIGH)
        yield from ranked(sandbox.filesystem, _FILES, "filesystem", Severity.HIGH)
        for opening in known_records(sandbox.openings):
            what = short(value_of(opening.setting) or "a setting")
            gained, lost = f"leaves its sandbox by {what}", f"no longer leaves its sandbox by {what}"
            yield Power(key=("opening", what), gained=gained, lost=lost, weight=Severity.HIGH, place=opening.at)
    for safeguard in known_records(agent.safeguards_off):
        what = short(value_of(safeguard.setting) or "a setting")
        gained, lost = f"runs without a protection of its product ({what})", f"runs with the protection behind {what}"
        yield Power(key=("safeguard", what), gained=gained, lost=lost, weight=Severity.HIGH, place=safeguard.at)


def _sandbox_on(at: Place) -> Iterator[Held]:
    yield Power(
        key=("sandbox",),
        gained="runs its commands in a sandbox",
        lost="no longer runs its commands in a sandbox",
        weight=Severity.HIGH,
        place=at,
        guard=True,
    )


def _flows(agent: Agent) -> Iterator[Held]:
    """Ways from text by outsiders to a harm: what the join alone can tell."""
    for flow in known_records(agent.flows):
        ends = [part.through for part in (flow.source, flow.stake, flow.way_out) if part is not None]
        named = [short(value_of(end) or "a tool") for end in ends]
        way = " → ".join(named)
        yield Power(
            key=("flow", *named),
            gained=f"lets text by outsiders get to private data or power and out again ({way})",
            lost=f"no longer lets text by outsiders take the way {way}",
            weight=Severity.CRITICAL,
            place=flow.at,
        )
