"""Which servers of its project an agent may call, with what gate, and which of its rules name one that is not there.

Rules of the product's grammar decide call by call: deny before ask before allow. Whether a server starts at all is
another question, answered by approvals in the settings; a run without a person starts every server of the list.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from nhilint.model.fact import Known, Unknown, known_records, value_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.link.agent_places import Places
    from nhilint.link.agent_products import Product
    from nhilint.model.fact import Fact
    from nhilint.model.place import Place
    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.agent import Agent, Permission
    from nhilint.model.vocabulary.tool import Approval, Tool

_TIERS = {"read": 0, "write": 1, "send": 2, "delete": 3, "execute": 4, "admin": 5}
_ODD = re.compile(r"[^A-Za-z0-9_-]")


class ServerView(NamedTuple):
    """What one agent makes of one server: the tool as that agent meets it, and where the decision stands.

    `by_rule`: rules about this server decide, not the mode of the whole session.
    """

    tool: Tool
    decided_at: Place
    by_rule: bool = False


def plain_name(name: str) -> str:
    """A server's name as rules spell it."""
    return _ODD.sub("_", name)


def view_servers(agent: Agent, servers: dict[str, int], resources: tuple[Resource, ...]) -> tuple[ServerView, ...]:
    """The servers that an agent may call, the most powerful first."""
    rejected = set(value_of(agent.servers_rejected) or ())
    rules = [rule for rule in known_records(agent.permissions) if value_of(rule.server)]
    whole = [rule for rule in known_records(agent.permissions) if _is_about_every_server(rule)]
    views: list[ServerView] = []
    for name, position in servers.items():
        if name in rejected:
            continue
        tool = resources[position].facts
        spelled = plain_name(name)
        own = [rule for rule in (*rules, *whole) if rule in whole or plain_name(value_of(rule.server) or "") == spelled]
        views.append(_view(tool, own, agent))  # type: ignore[arg-type]
    return tuple(sorted(views, key=lambda view: (-power_of(view.tool), value_of(view.tool.name) or "")))


def _view(tool: Tool, rules: list[Permission], agent: Agent) -> ServerView:
    """The approval of a server's calls by the rules about it; single tools that run unasked by name."""
    effective = [rule for rule in rules if value_of(rule.effective) is True]
    for effect, approval in (("deny", "deny"), ("ask", "prompt"), ("allow", "auto")):
        for rule in effective:
            if value_of(rule.effect) == effect and _tool_of(rule) is None:
                return ServerView(_decided(tool, approval, rule.at), rule.at, by_rule=True)  # type: ignore[arg-type]
    single = [rule for rule in effective if value_of(rule.effect) == "allow"]
    if value_of(agent.autonomy) == "ungated" and agent.autonomy is not None:
        return ServerView(_decided(tool, "auto", agent.autonomy.at), agent.autonomy.at)
    if single:
        names = tuple(dict.fromkeys(_tool_of(rule) or "" for rule in single))
        return ServerView(replace(tool, auto_approved=Known(names, single[0].at)), single[0].at, by_rule=True)
    return ServerView(tool, tool.at)


def _decided(tool: Tool, approval: Approval, at: Place) -> Tool:
    auto = Known(("*",), at) if approval == "auto" else tool.auto_approved
    return replace(tool, approval=Known(approval, at), auto_approved=auto)


def _tool_of(rule: Permission) -> str | None:
    """The tool of a server that a rule names; None when it is about all of them."""
    parts = (value_of(rule.tool) or "").split("__", 2)
    return parts[2] if len(parts) == 3 and parts[2] not in ("", "*") else None


def _is_about_every_server(rule: Permission) -> bool:
    return (value_of(rule.tool) or "") in ("*", "mcp__*") and value_of(rule.effect) in ("deny", "ask")


def power_of(tool: Tool) -> int:
    """How much harm a server can do: its highest access, then whether it sends data out or holds private data."""
    found = known_records(tool.capabilities)
    if not found:
        return 0
    highest = max(_TIERS.get(value_of(capability.access) or "", 0) for capability in found)
    sends = any(value_of(capability.sends_out) is True for capability in found)
    private = any(value_of(capability.private_data) is True for capability in found)
    return 1 + highest * 4 + 2 * sends + private


def declare_servers(agent: Agent, names: Iterable[str], product: Product) -> Agent:
    """Each rule about a server knows whether the project's own list has it."""
    known = {plain_name(name) for name in names}
    permissions = agent.permissions
    if isinstance(permissions, Unknown):
        return agent
    marked = tuple(
        replace(rule, server_declared=_declared(rule, known, product))
        if not isinstance(rule, Unknown) and rule.server is not None
        else rule
        for rule in permissions
    )
    return replace(agent, permissions=marked)


def _declared(rule: Permission, known: set[str], product: Product) -> Fact[bool]:
    name = plain_name(value_of(rule.server) or "")
    if product.session_servers.match(name):
        return None
    return Known(name in known, rule.at)


def missing_servers(agent: Agent, places: Places, key: tuple[str, str]) -> Fact[tuple[str, ...]]:
    """Servers that are switched on by name and that the list of the project does not have; None without a list."""
    if key not in places.with_list or not isinstance(agent.servers, Known):
        return None
    names = tuple(name for name in agent.servers.value if name != "*" and name not in places.servers[key])
    return Known(names, agent.servers.at)
