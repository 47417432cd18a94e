"""Which servers of its project an agent may call, with what gate, and which of its rules name one that is not there.

Rules of the product's grammar decide call by call: the strictest, or the last where the product says so. Whether a
server starts at all is another question, answered by approvals in the settings; a run without a person starts every
server of the list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from nhilint.link.agent_rules import plain_name, tool_of_server
from nhilint.model.fact import Known, Unknown, known_records, value_of
from nhilint.model.vocabulary.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.link.agent_product import Product
    from nhilint.model.fact import Fact
    from nhilint.model.place import Place
    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.agent import Agent, Permission
    from nhilint.model.vocabulary.tool import Approval

_TIERS = {"read": 0, "write": 1, "send": 2, "delete": 3, "execute": 4, "admin": 5}
_STRICTEST = ("deny", "ask", "allow")
_MEANS: dict[str, Approval] = {"deny": "deny", "ask": "prompt", "allow": "auto"}


class ServerView(NamedTuple):
    """What one agent makes of one server: the tool as that agent meets it, and where the decision stands.

    `by_rule`: rules about this server decide, not the mode of the whole session.
    """

    tool: Tool
    decided_at: Place
    by_rule: bool = False


class _About(NamedTuple):
    """A rule that is in force and the tool of the server that it is about; empty for every tool."""

    rule: Permission
    tool: str


def view_servers(
    agent: Agent, product: Product, servers: dict[str, int], resources: tuple[Resource, ...]
) -> tuple[ServerView, ...]:
    """The servers that an agent may call, the most powerful first."""
    rejected = set(value_of(agent.servers_rejected) or ())
    rules = [rule for rule in known_records(agent.permissions) if value_of(rule.effective) is True]
    views: list[ServerView] = []
    for name, position in servers.items():
        tool = resources[position].facts
        if name not in rejected and isinstance(tool, Tool):
            views.append(_view(tool, _about(rules, name, product), agent, product))
    return tuple(sorted(views, key=lambda view: (-power_of(view.tool), value_of(view.tool.name) or "")))


def _about(rules: list[Permission], server: str, product: Product) -> list[_About]:
    named = ((rule, tool_of_server(rule, server, product.rule_names)) for rule in rules)
    return [_About(rule, tool) for rule, tool in named if tool is not None]


def _view(tool: Tool, about: list[_About], agent: Agent, product: Product) -> ServerView:
    """The approval of a server's calls by the rules about it; single tools that run unasked by name."""
    whole = [one.rule for one in about if not one.tool]
    deciding = deciding_of(whole, product)
    singles = [one for one in about if one.tool and value_of(one.rule.effect) == "allow"]
    in_turn = product.last_rule_wins or product.first_rule_wins
    if deciding is not None and not (singles and in_turn and value_of(deciding.effect) != "allow"):
        approval = _MEANS[value_of(deciding.effect) or "ask"]
        return ServerView(_decided(tool, approval, deciding.at), deciding.at, by_rule=True)
    if value_of(agent.autonomy) == "ungated" and agent.autonomy is not None:
        return ServerView(_decided(tool, "auto", agent.autonomy.at), agent.autonomy.at)
    if singles:
        names, at = tuple(dict.fromkeys(one.tool for one in singles)), singles[0].rule.at
        return ServerView(replace(tool, auto_approved=Known(names, at)), at, by_rule=True)
    return ServerView(tool, tool.at)


def deciding_of(rules: list[Permission], product: Product) -> Permission | None:
    """Of the rules about one thing, the one that decides; None without any."""
    if not rules or not (product.last_rule_wins or product.first_rule_wins):
        return min(rules, key=_strictness, default=None)
    return rules[-1] if product.last_rule_wins else rules[0]


def _strictness(rule: Permission) -> int:
    return _STRICTEST.index(value_of(rule.effect) or "allow")


def _decided(tool: Tool, approval: Approval, at: Place) -> Tool:
    auto = Known(("*",), at) if approval == "auto" else tool.auto_approved
    return replace(tool, approval=Known(approval, at), auto_approved=auto)


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
    if name in ("", "*", "_") or product.session_servers.match(name):
        return None
    return Known(any(tool_of_server(rule, one, product.rule_names) is not None for one in known), rule.at)


def missing_servers(agent: Agent, servers: Iterable[str]) -> Fact[tuple[str, ...]]:
    """Servers that are switched on by name and that neither the project nor the agent has; None where none is named."""
    if not isinstance(agent.servers, Known):
        return None
    declared = set(servers)
    names = tuple(name for name in agent.servers.value if name != "*" and name not in declared)
    return Known(names, agent.servers.at)
