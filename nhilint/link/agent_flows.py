"""Ways through one agent from text that outsiders write to private data or power, and out, with no gate that counts.

Only calls that run without a question are considered. What is at stake is the data or power behind a server: files of
the project may be public, a browser started for the purpose is signed in nowhere, and a server for databases that is
told of none holds none. Shells are left out: whoever may run any command unasked has all three parts at once, which the
rule that allows it is reported for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.model.fact import known_records, value_of
from nhilint.model.vocabulary.agent import Flow

if TYPE_CHECKING:
    from collections.abc import Collection

    from nhilint.link.agent_product import Product
    from nhilint.model.vocabulary.agent import Agent
    from nhilint.model.vocabulary.capability import Capability
    from nhilint.model.vocabulary.tool import Tool

_POWER = frozenset({"admin", "execute", "delete"})
_STARTERS = frozenset("-y --yes -q --quiet run exec dlx x tool -i --rm -it --init start stdio --".split())  # noqa: SIM905
"""Arguments that only start a program and tell it nothing."""


def flows_of(
    agent: Agent, product: Product, capabilities: tuple[Capability, ...], servers: Collection[str]
) -> tuple[Flow, ...]:
    """The smallest triple, if there is one: the first source, stake and way out in order of category.

    `servers` are the names of those whose data or power counts as a stake.
    """
    if value_of(agent.autonomy) == "ungated":
        return ()
    free = [c for c in capabilities if value_of(c.gate) == "none" and value_of(c.through) not in product.shells]
    sources = [c for c in free if value_of(c.reads_untrusted) is True]
    browsers = {value_of(c.through) for c in capabilities if value_of(c.category) == "browser"}
    stakes = [
        c for c in free if value_of(c.through) in servers and _is_stake(c) and value_of(c.through) not in browsers
    ]
    ways_out = [c for c in free if value_of(c.sends_out) is True and changes_or_fetches(c)]
    if not (sources and stakes and ways_out):
        return ()
    source, stake, way_out = sources[0], stakes[0], ways_out[0]
    return (Flow(at=way_out.at, source=source, stake=stake, way_out=way_out),)


def is_told_of_no_database(tool: Tool) -> bool:
    """Whether a server for databases is started by its name alone: without an address, a file, a flag or a credential
    it is connected to nothing."""
    arguments = value_of(tool.arguments)
    package = value_of(tool.package.name) if tool.package is not None else None
    categories = {value_of(capability.category) for capability in known_records(tool.capabilities)}
    if "database" not in categories or arguments is None or not package or tool.endpoint is not None:
        return False
    own = all(argument in _STARTERS or package in argument for argument in arguments)
    return own and not tool.credentials and not tool.mounts


def decided_in(flow: Flow) -> str:
    """The file that lets the data out: of several that make up one session, only that one is told of the flow."""
    gate = flow.way_out.gate if flow.way_out is not None else None
    return (gate if gate is not None else flow).at.path


def _is_stake(capability: Capability) -> bool:
    return value_of(capability.private_data) is True or value_of(capability.access) in _POWER


def changes_or_fetches(capability: Capability) -> bool:
    """Whether it carries something out: it writes or sends, or asks an address that the agent chooses."""
    return value_of(capability.category) == "web" or value_of(capability.access) in ("write", "send", "admin")
