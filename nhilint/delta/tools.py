"""What a tool or tool server holds, and how firmly it is fixed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.delta.addresses import endpoint
from nhilint.delta.capabilities import capabilities
from nhilint.delta.credentials import credentials
from nhilint.delta.packages import pinned
from nhilint.delta.power import Power, listed, ranked, short, switched
from nhilint.delta.services import callers, guarded, works_as
from nhilint.model.fact import known_records, value_of
from nhilint.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.delta.power import Held
    from nhilint.model.vocabulary import Tool

_AUTH = {
    "workload_identity": (0, "is called with a workload's own identity"),
    "oauth": (0, "is called with OAuth"),
    "helper": (1, "is called with what a helper program gives"),
    "ambient": (1, "is called with whatever the machine is signed in as"),
    "static": (2, "is called with a fixed key"),
    "none": (3, "is called without proof of who calls"),
}
_HIGH = Severity.HIGH
_NETWORK = {
    "none": (0, "can reach no network"),
    "private": (1, "can reach a private network"),
    "public": (2, "can reach the internet"),
}
_SHOWN = {
    "nothing": (0, "is shown nothing about who calls"),
    "own_identity": (1, "is shown the gateway's identity"),
    "oauth_token": (1, "is shown a token that was fetched for it"),
    "caller_identity": (1, "is shown a signature in the caller's name"),
    "stored_key": (1, "is shown a stored key"),
    "caller_token": (2, "is shown the caller's own token"),
}
_READ_ONLY = frozenset({"--read-only", "--readonly", "--read_only", "--read-only=true", "--readonly=true"})
_APPROVAL = {
    "deny": (0, "is refused"),
    "prompt": (1, "runs after a question"),
    "auto": (2, "runs without a question"),
}
_EXPOSED = {
    "none": (0, "offers none of its tools"),
    "list": (1, "offers a list of its tools"),
    "all": (2, "offers all of its tools"),
}


def held_by_tool(tool: Tool) -> Iterator[Held]:
    """Everything about a tool that is authority."""
    if value_of(tool.enabled) is False:
        return
    yield from pinned(tool.package, "runs")
    for package in known_records(tool.extra_packages):
        yield from pinned(package, "also runs")
    yield from endpoint(tool.endpoint, "talks to")
    yield from _proof(tool)
    yield from ranked(tool.approval, _APPROVAL, "approval", Severity.HIGH, usual=1)
    yield from ranked(tool.exposed, _EXPOSED, "exposed", Severity.MEDIUM, usual=2)
    yield from _named(tool)
    for mount in known_records(tool.mounts):
        folder = short(value_of(mount.source) or "a folder")
        reach = value_of(mount.reach)
        weight = Severity.HIGH if reach in ("root", "home", "credentials", "docker_socket") else Severity.LOW
        gained, lost = f"is given the folder {folder}", f"is no longer given the folder {folder}"
        yield Power(key=("mount", folder), gained=gained, lost=lost, weight=weight, place=mount.at)
    yield from _host(tool)
    yield from _hosted(tool)
    yield from capabilities(tool.capabilities, own_name=value_of(tool.name))
    yield from credentials(tool.credentials)


def _proof(tool: Tool) -> Iterator[Held]:
    """How calls over a network are authenticated; a program on the same machine needs no proof."""
    auth = tool.auth
    if auth is None or tool.endpoint is None:
        return
    if value_of(tool.endpoint.reach) != "loopback":
        yield from ranked(auth.kind, _AUTH, "auth", Severity.MEDIUM)
    yield from endpoint(auth.metadata, "reads how to sign in from")
    for scope in listed(auth.scopes):
        gained, lost = f"asks for the scope {short(scope)}", f"no longer asks for the scope {short(scope)}"
        place = auth.scopes.at if auth.scopes is not None else auth.at
        about = short(scope)
        yield Power(key=("scope", scope), gained=gained, lost=lost, weight=Severity.MEDIUM, place=place, about=about)


def _named(tool: Tool) -> Iterator[Held]:
    for fact, gained, lost, weight in (
        (tool.auto_approved, "runs {} without a question", "asks before {}", _HIGH),
        (tool.confirmation_waived, "changes things by {} without the platform's question", "asks before {}", _HIGH),
        (tool.exposed_tools, "offers the tool {}", "no longer offers the tool {}", Severity.LOW),
    ):
        for name in listed(fact):
            said = "every one of its tools" if name == "*" else short(name)
            yield Power(
                key=(gained, name),
                gained=gained.format(said),
                lost=lost.format(said),
                weight=weight,
                place=fact.at if fact is not None else tool.at,
                about=said,
            )


def _host(tool: Tool) -> Iterator[Held]:
    """What it is on the machine that runs it."""
    elevated, shared = "runs as an administrator of the machine", "shares the network of the host"
    yield from switched(
        (
            (tool.elevated, elevated, "no longer runs as an administrator", _HIGH),
            (tool.host_network, shared, "no longer shares the network of the host", _HIGH),
        )
    )
    if tool.shell is not None:
        fetched, hidden = "fetches code and runs it at once", "runs code that is hidden by an encoding"
        yield from switched(
            (
                (tool.shell.downloads, fetched, "no longer fetches code to run it at once", _HIGH),
                (tool.shell.encoded, hidden, "no longer runs code that is hidden by an encoding", _HIGH),
            )
        )
    arguments = tool.arguments
    if arguments is not None and not _READ_ONLY.isdisjoint(listed(arguments)):
        gained, lost = "is started read-only", "is no longer started read-only"
        yield Power(key=("read-only",), gained=gained, lost=lost, weight=_HIGH, place=arguments.at, guard=True)


def _hosted(tool: Tool) -> Iterator[Held]:
    yield from callers(tool.inbound)
    yield from works_as(tool.runs_as)
    yield from guarded(tool.guards)
    yield from ranked(tool.network, _NETWORK, "network", Severity.MEDIUM, usual=2)
    yield from ranked(tool.forwards, _SHOWN, "forwards", Severity.HIGH, usual=1)
