"""What an agent's configuration reaches: programs, folders, plug-ins, other agents, servers, addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.delta.addresses import endpoint
from nhilint.delta.packages import pinned
from nhilint.delta.power import Power, listed, short, switched
from nhilint.model.fact import known_records, value_of
from nhilint.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.delta.power import Held
    from nhilint.model.vocabulary import Agent

_BEFORE_CALLS = frozenset({"PreToolUse", "PermissionRequest", "BeforeTool", "preToolUse", "beforeShellExecution"})
"""Events of hooks that may refuse a call, by the names of Claude Code, Gemini CLI, Copilot and Cursor."""


def programs(agent: Agent) -> Iterator[Held]:
    """Programs that its configuration runs. The last one that looks at calls before they are made is a guard."""
    for command in known_records(agent.commands):
        what, event = short(value_of(command.command) or "a program"), value_of(command.event) or "its own account"
        gained, lost = f"runs {what} by itself (on {event})", f"no longer runs {what} by itself (on {event})"
        key, weight = ("command", what, event), Severity.MEDIUM
        yield Power(
            key=key, gained=gained, lost=lost, weight=weight, place=command.at, about=what if event == "load" else event
        )
        if event in _BEFORE_CALLS:
            yield Power(
                key=("looked-at", event),
                gained="",
                lost=f"has no program look at its calls before they are made any more ({event})",
                weight=Severity.HIGH,
                place=command.at,
                guard=True,
            )
        yield from pinned(command.package, "fetches and runs")
        if command.shell is not None:
            gained, lost = "fetches code and runs it at once", "no longer fetches code to run it at once"
            yield from switched(((command.shell.downloads, gained, lost, Severity.HIGH),))


def reach(agent: Agent) -> Iterator[Held]:
    """Folders, plug-ins, other agents, servers and addresses."""
    for folder in known_records(agent.directories):
        what = short(value_of(folder.source) or "a folder")
        wide = value_of(folder.reach) in ("root", "home", "credentials", "docker_socket")
        weight = Severity.HIGH if wide else Severity.MEDIUM
        gained, lost = f"may use the folder {what}", f"may no longer use the folder {what}"
        yield Power(key=("folder", what), gained=gained, lost=lost, weight=weight, place=folder.at)
    for plugin in known_records(agent.plugins):
        what = short(value_of(plugin.name) or "a plug-in")
        if value_of(plugin.auto_update) is True:
            new, old = f"takes in new versions of {what} unasked", f"no longer takes in new versions of {what} unasked"
            key = ("newest", what)
            yield Power(key=key, gained=new, lost=old, weight=Severity.MEDIUM, place=plugin.at)
        gained, lost = f"loads the plug-in {what}", f"no longer loads the plug-in {what}"
        yield Power(key=("plugin", what), gained=gained, lost=lost, weight=Severity.MEDIUM, place=plugin.at, about=what)
    for delegation in known_records(agent.delegations):
        target = value_of(delegation.target)
        if target is not None:
            who = "any other agent" if target == "*" else f"the agent {short(target)}"
            gained, lost = f"may start {who}", f"may no longer start {who}"
            key, about = ("agent", target), "" if target == "*" else short(target)
            place = delegation.at
            yield Power(key=key, gained=gained, lost=lost, weight=Severity.MEDIUM, place=place, about=about)
    for server in listed(agent.servers):
        said = "every tool server of the project" if server == "*" else f"the tool server {short(server)}"
        gained, lost = f"uses {said}", f"no longer uses {said}"
        place = agent.servers.at if agent.servers is not None else agent.at
        weight, about = (Severity.LOW, "") if server == "*" else (Severity.MEDIUM, short(server))
        yield Power(key=("server", server), gained=gained, lost=lost, weight=weight, place=place, about=about)
    starts, asks = "starts every tool server of the project unasked", "asks before it starts a tool server"
    yield from switched(((agent.servers_approved, starts, asks, Severity.HIGH),))
    for server in listed(agent.servers_rejected):
        gained, lost = f"leaves the tool server {short(server)} off", f"leaves the tool server {short(server)} on"
        place = agent.servers_rejected.at if agent.servers_rejected is not None else agent.at
        key = ("rejected", server)
        yield Power(key=key, gained=gained, lost=lost, weight=Severity.MEDIUM, place=place, guard=True)
    for address in known_records(agent.endpoints):
        carried = (value_of(address.carries) or "traffic").replace("_", " ")
        yield from endpoint(address, f"sends {carried} to")
