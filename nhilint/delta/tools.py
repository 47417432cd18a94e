"""What a tool or tool server holds, and how firmly it is fixed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.delta.capabilities import capabilities, credentials, endpoint
from nhilint.delta.power import Measure, Power, listed, ranked, short, stated
from nhilint.model.fact import known_records, value_of
from nhilint.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.delta.power import Held
    from nhilint.model.vocabulary import Tool
    from nhilint.model.vocabulary.tool import Package

_PINS = {"digest": 0, "exact": 0, "local": 0, "range": 1, "tag": 1, "none": 2}
_AUTH = {
    "workload_identity": (0, "is called with a workload's own identity"),
    "oauth": (0, "is called with OAuth"),
    "helper": (1, "is called with what a helper program gives"),
    "ambient": (1, "is called with whatever the machine is signed in as"),
    "static": (2, "is called with a fixed key"),
    "none": (3, "is called without proof of who calls"),
}
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
    yield from endpoint(tool.endpoint, "talks to")
    yield from ranked(tool.auth.kind if tool.auth else None, _AUTH, "auth", Severity.MEDIUM)
    yield from ranked(tool.approval, _APPROVAL, "approval", Severity.HIGH)
    yield from ranked(tool.exposed, _EXPOSED, "exposed", Severity.MEDIUM)
    yield from _named(tool)
    for mount in known_records(tool.mounts):
        folder = short(value_of(mount.source) or "a folder")
        reach = value_of(mount.reach)
        weight = Severity.HIGH if reach in ("root", "home", "credentials", "docker_socket") else Severity.LOW
        gained, lost = f"is given the folder {folder}", f"is no longer given the folder {folder}"
        yield Power(key=("mount", folder), gained=gained, lost=lost, weight=weight, place=mount.at)
    yield from _host(tool)
    yield from capabilities(tool.capabilities)
    yield from credentials(tool.credentials)


def pinned(package: Package | None, verb: str, weight: Severity = Severity.MEDIUM) -> Iterator[Held]:
    """Which package it is, and whether anybody else can change it later."""
    if package is None:
        return
    name = value_of(package.name)
    if name is None:
        return
    said = short(name)
    yield Power(
        key=("package", name),
        gained=f"{verb} {said}",
        lost=f"no longer {verb} {said}",
        weight=weight,
        place=package.at,
    )
    if found := stated(package.pin):
        pin, at = found
        version = value_of(package.version)
        fixed = f"takes {said} at {short(version)}" if version else f"takes {said} as it is here"
        words = {0: fixed, 1: f"takes {said} by a name that moves ({short(version or 'a range')})"}
        rank = _PINS.get(pin, 2)
        said_so = words.get(rank, f"takes whatever {said} is newest")
        yield Measure(key=("pin", name), rank=rank, words=said_so, weight=weight, place=at)


def _named(tool: Tool) -> Iterator[Held]:
    for fact, gained, lost, weight in (
        (tool.auto_approved, "runs {} without a question", "asks before {}", Severity.HIGH),
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
    for fact, gained, lost in (
        (tool.elevated, "runs as an administrator of the machine", "no longer runs as an administrator"),
        (tool.host_network, "shares the network of the host", "no longer shares the network of the host"),
    ):
        found = stated(fact)
        if found is not None and found[0]:
            yield Power(key=(gained,), gained=gained, lost=lost, weight=Severity.HIGH, place=found[1])
