"""What an agent can do in the end: built-in tools by its rules and mode, servers, and what its delegates add.

One entry for each category and access level: the least gated way to it, its own before a delegate's, then by name.
Every entry says through what it is had. Places are those of the rule, mode or server that decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.built_in_tools import told_by_use
from nhilint.knowledge.tools import builtins
from nhilint.link.agent_rules import is_about_tool
from nhilint.link.agent_servers import deciding_of
from nhilint.model.fact import Known, Unknown, known_records, value_of
from nhilint.model.vocabulary.capability import Capability, Gate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.knowledge.tools import ToolKnowledge
    from nhilint.link.agent_product import Product
    from nhilint.link.agent_servers import ServerView
    from nhilint.model.category import Access, Category
    from nhilint.model.fact import Fact
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.agent import Agent, Permission
    from nhilint.model.vocabulary.tool import Tool

_WEAKEST_FIRST: tuple[Gate, ...] = ("none", "classifier", "prompt", "reviewer", "read_only", "sandbox", "denied")
_GATE_OF_APPROVAL: dict[str, Gate] = {"auto": "none", "prompt": "prompt", "deny": "denied"}
_GATE_OF_RULE: dict[str, Gate] = {"deny": "denied", "ask": "prompt", "allow": "none"}
"""The strictest first."""
_GATE_OF_MODE: dict[str, Gate] = {
    "ungated": "none",
    "classifier_gated": "classifier",
    "asks_for_writes": "prompt",
    "asks": "prompt",
    "suggest": "prompt",
}


def capabilities_of_session(agent: Agent, product: Product, views: Iterable[ServerView]) -> tuple[Capability, ...]:
    """What a session under these settings can do."""
    return merge((*_built_in(agent, product), *(c for view in views for c in _of_server(view))))


def capabilities_of_tools(tools: Iterable[Tool]) -> tuple[Capability, ...]:
    """What a list of tools can do, whatever stands before it."""
    return merge(capability for tool in tools for capability in known_records(tool.capabilities))


def capabilities_of_all(client: str, at: Place) -> tuple[Capability, ...]:
    """What an agent with every built-in tool of a product can do."""
    return merge(c for known in builtins(client) for c in _describe(known, at, None))


def merge(capabilities: Iterable[Capability]) -> tuple[Capability, ...]:
    """One capability for each category and access: the least gated, then the first by name."""
    best: dict[tuple[str, str], Capability] = {}
    for one in capabilities:
        key = (value_of(one.category) or "", value_of(one.access) or "")
        if key not in best or _rank(one) < _rank(best[key]):
            best[key] = one
    return tuple(best[key] for key in sorted(best))


def _rank(capability: Capability) -> tuple[int, str]:
    gate = value_of(capability.gate)
    return _WEAKEST_FIRST.index(gate) if gate else 2, value_of(capability.through) or ""


def _built_in(agent: Agent, product: Product) -> Iterator[Capability]:
    permissions = known_records(agent.permissions)
    if product.agents_name_tools and value_of(agent.tools_exposed) in ("list", "none"):
        yield from _of_named_tools(agent, product, permissions)
        return
    for known in builtins(value_of(agent.product) or ""):
        name = known.id.rsplit("/", 1)[-1]
        gate = _gate_of_tool(name, agent, product, permissions)
        if value_of(gate) != "denied":
            yield from _describe(known, gate.at if gate is not None else agent.at, gate)


def _of_named_tools(agent: Agent, product: Product, rules: tuple[Permission, ...]) -> Iterator[Capability]:
    """What the product's own tools do that an agent lists by name."""
    for tool in known_records(agent.tools):
        name = value_of(tool.name)
        gate = _gate_of_tool(name, agent, product, rules) if name is not None else None
        if gate is not None and value_of(gate) != "denied":
            yield from (replace(one, gate=gate) for one in known_records(tool.capabilities))


def _describe(known: ToolKnowledge, at: Place, gate: Fact[Gate]) -> Iterator[Capability]:
    name = known.id.rsplit("/", 1)[-1]
    for one in known.capabilities:
        category: Category = one.category
        access: Access = one.access
        yield Capability(
            at=at,
            category=Known(category, at),
            access=Known(access, at),
            source=Known(one.source, at),
            reads_untrusted=told_by_use(known.reads_untrusted, at),
            sends_out=told_by_use(known.egress, at),
            private_data=told_by_use(known.private_data, at),
            gate=gate,
            through=Known(name, at),
        )


def _gate_of_tool(name: str, agent: Agent, product: Product, rules: tuple[Permission, ...]) -> Fact[Gate]:
    """What stands before a built-in tool: rules about every use of it, else the mode."""
    rule = _deciding(name, product, rules)
    if rule is not None:
        effect = value_of(rule.effect) or "ask"
        is_held = effect == "allow" and name in product.shells and _is_confined(agent)
        held = is_held and not product.rule_leaves_sandbox
        return _held(name, product, rule.at) if held else Known(_GATE_OF_RULE[effect], rule.at)
    if name not in product.asks_before:
        return Known("none", agent.at)
    mode = value_of(agent.autonomy)
    if mode is None or agent.autonomy is None:
        return Unknown(product.unstated_mode, agent.at)
    if mode == "asks_for_writes" and name in product.edits_by_mode:
        return Known("none", agent.autonomy.at)
    if mode != "ungated" and product.confined_unasked and name in product.confined:
        return _unasked_in_sandbox(agent, agent.autonomy.at)
    return Known(_GATE_OF_MODE[mode], agent.autonomy.at)


def _deciding(name: str, product: Product, rules: tuple[Permission, ...]) -> Permission | None:
    """The rule about every use of a tool that decides: the strictest, or the last where the product says so."""
    as_tool = product.ruled_as.get(name)
    about = [
        rule
        for rule in rules
        if value_of(rule.effective) is True
        and value_of(rule.effect) is not None
        and is_about_tool(rule, name, as_tool, product.rule_names)
        and _is_whole(rule, name, product)
    ]
    return deciding_of(about, product)


def _unasked_in_sandbox(agent: Agent, at: Place) -> Fact[Gate]:
    """The gate of a command that runs in the sandbox without a question; without an entry it is on and closed."""
    if agent.sandbox is None or _is_confined(agent):
        return Known("sandbox", agent.sandbox.at if agent.sandbox is not None else at)
    return Unknown("a matter of what the sandbox lets through", agent.sandbox.at)


def _held(name: str, product: Product, at: Place) -> Fact[Gate]:
    if name in product.confined:
        return Known("sandbox", at)
    return Unknown("not documented: whether the sandbox holds this tool", at)


def _is_whole(rule: Permission, name: str, product: Product) -> bool:
    """Whether a rule is about every use of a tool, or an allow rule that comes to the same."""
    if rule.argument is None or value_of(rule.argument) in ("*", "**", ":*", "domain:*"):
        return True
    equals_all = value_of(rule.shell_reach) in ("any_command", "any_code") and value_of(rule.by_option) is not True
    return name in product.shells and value_of(rule.effect) == "allow" and equals_all


def _is_confined(agent: Agent) -> bool:
    sandbox = agent.sandbox
    return sandbox is not None and value_of(sandbox.enabled) is True and not known_records(sandbox.openings)


def _of_server(view: ServerView) -> Iterator[Capability]:
    approval = value_of(view.tool.approval)
    gate: Gate = _GATE_OF_APPROVAL[approval] if approval else "prompt"
    if gate == "denied":
        return
    for capability in known_records(view.tool.capabilities):
        yield replace(capability, gate=Known(gate, view.decided_at))
