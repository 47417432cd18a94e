"""What stands between a server and its use: whether it is switched on, which tools it offers, which run unasked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nhilint.formats.mcp.entry import walk
from nhilint.model.fact import Fact, Known, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.mcp.entry import Entry
    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.tool import Approval

Exposed = Literal["all", "list", "none"]

_SWITCHES = {"disabled": True, "enabled": False}


def enabled_of(entry: Entry) -> Fact[bool]:
    """Whether the server starts, which it does not below another product's key.

    A switch that the product is not documented to read leaves it unknown.
    """
    if entry.misplaced:
        return Known(value=False, at=entry.at)
    gates = entry.dialect.gates
    for keys, on in ((gates.on, True), (gates.off, False)):
        for key in keys:
            fact = entry.node[key].boolean()
            if fact is not None:
                return Known(fact.value is on, fact.at) if isinstance(fact, Known) else fact
    for key, off in _SWITCHES.items():
        if entry.node[key].value is off:
            return Unknown("a switch that its product is not documented to read", entry.node[key].at)
    return Known(value=True, at=entry.at) if gates.on or gates.off else None


def exposed_of(entry: Entry) -> tuple[Fact[Exposed], Fact[tuple[str, ...]]]:
    """Whether all tools are offered or a list, and the list. No list means all of them."""
    for node in entry.parts(entry.dialect.gates.chosen):
        listed = node.texts()
        if isinstance(listed, Unknown):
            return listed, listed
        if listed is not None and listed.value:
            everything = "*" in listed.value
            return (Known("all" if everything else "list", node.at), None if everything else listed)
    return Known("all", entry.at), None


def auto_approved_of(entry: Entry) -> Fact[tuple[str, ...]]:
    """Names of tools that run without a question, `*` for all; None when this file cannot say such a thing."""
    gates = entry.dialect.gates
    found: list[Known[tuple[str, ...]]] = []
    for fact in (*_listed(entry), *_by_flag(entry), *_by_mode(entry)):
        if isinstance(fact, Unknown):
            return fact
        found.append(fact)
    names = tuple(dict.fromkeys(name for fact in found for name in fact.value))
    if names:
        return Known(names, next(fact.at for fact in found if fact.value))
    if found:
        return Known((), found[0].at)
    return Known((), entry.at) if gates.asks or gates.auto_tools or gates.modes else None


def approval_of(entry: Entry, auto_approved: Fact[tuple[str, ...]]) -> Fact[Approval]:
    """What happens when a tool is called: the mode of the server, or what its product does where none is stated."""
    if isinstance(auto_approved, Unknown):
        return auto_approved
    if isinstance(auto_approved, Known) and "*" in auto_approved.value:
        return Known("auto", auto_approved.at)
    for key, meanings in entry.dialect.gates.modes.items():
        mode = entry.node[key]
        if mode.is_text and str(mode.value) in meanings:
            return Known(meanings[str(mode.value)], mode.at)
    return Known("prompt", entry.at) if entry.dialect.gates.asks else None


def _listed(entry: Entry) -> Iterator[Known[tuple[str, ...]] | Unknown]:
    for node in entry.parts(entry.dialect.gates.auto_tools):
        if isinstance(node.value, bool):
            yield Known(("*",) if node.value else (), node.at)
            continue
        fact = node.texts()
        if fact is not None:
            yield fact


def _by_flag(entry: Entry) -> Iterator[Known[tuple[str, ...]] | Unknown]:
    for node in entry.parts(entry.dialect.gates.auto_all):
        fact = node.boolean()
        if isinstance(fact, Unknown):
            yield fact
        elif fact is not None:
            yield Known(("*",) if fact.value else (), fact.at)


def _by_mode(entry: Entry) -> Iterator[Known[tuple[str, ...]]]:
    gates = entry.dialect.gates
    for key, meanings in gates.modes.items():
        mode = entry.node[key]
        if mode.is_text and meanings.get(str(mode.value)) == "auto":
            yield Known(("*",), mode.at)
    if gates.tool_modes is not None:
        route, value = gates.tool_modes
        for node in walk(entry.node, route):
            if node.value == value:
                yield Known((_tool_name(node),), node.at)


def _tool_name(node: Node) -> str:
    return str(node.pointer[-2])
