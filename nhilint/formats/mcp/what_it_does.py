"""What the catalogue knows about a server becomes capabilities, each with the gate that stands before it here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.knowledge.tools import look_up_server
from nhilint.knowledge.tools.publishers import is_vendors_own
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.vocabulary.capability import Capability, Gate

if TYPE_CHECKING:
    from nhilint.formats.mcp.entry import Entry
    from nhilint.knowledge.tools import Capability as KnownCapability
    from nhilint.knowledge.tools import Launch, Package, ToolKnowledge
    from nhilint.model.fact import Many
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.tool import Approval

_GATES: dict[str, Gate] = {"auto": "none", "prompt": "prompt", "deny": "denied"}
_RETURNING = frozenset({"read", "execute"})
_REACHING_OUT = frozenset({"web", "browser"})


def look_up(
    name: str, launch: Launch | None, url: str, environment: dict[str, str], headers: dict[str, str]
) -> ToolKnowledge | None:
    """What is known about a server by its package, image or address, else by its name."""
    return look_up_server(
        package=launch.package if launch is not None else None,
        url=url or None,
        name=name,
        arguments=launch.arguments if launch is not None else (),
        environment=environment,
        headers=headers,
    )


def official_of(known: ToolKnowledge | None, at: Place) -> Fact[bool]:
    """Whether the vendor of the service publishes a server; None for one that is only known by its name."""
    return Known(known.official, at) if known is not None and known.confidence != "weak" else None


def publisher_of(known: ToolKnowledge | None, package: Package, name: str) -> tuple[bool | None, bool | None]:
    """Whether the vendor publishes the package of a server, and whether it is given up; None for what is not known."""
    if known is not None and known.confidence != "weak":
        return known.official, known.archived
    return True if is_vendors_own(package, name) else None, None


def capabilities_of(known: ToolKnowledge | None, entry: Entry, approval: Approval | None) -> Many[Capability]:
    """The capabilities of a known server; unknown as a whole when the catalogue does not have it."""
    if known is None:
        return Unknown("a server that the catalogue does not have", entry.at)
    gate: Fact[Gate] = Known(_GATES[approval], entry.at) if approval is not None else None
    return tuple(_capability(one, known, entry, gate) for one in known.capabilities)


def _capability(held: KnownCapability, known: ToolKnowledge, entry: Entry, gate: Fact[Gate]) -> Capability:
    """One capability. What the catalogue says of the whole server is said of the capabilities that can do it."""
    at = entry.at
    returns = held.access in _RETURNING
    reaches_out = held.access != "read" or held.category in _REACHING_OUT
    return Capability(
        at=at,
        category=Known(held.category, at),
        access=Known(held.access, at),
        source=Known(held.source, at),
        reads_untrusted=_flag(known.reads_untrusted, at) if returns else Known(value=False, at=at),
        sends_out=_flag(known.egress, at) if reaches_out else Known(value=False, at=at),
        private_data=_flag(known.private_data, at) if returns else Known(value=False, at=at),
        gate=gate,
        through=Known(entry.name, at),
    )


def _flag(answer: bool | None, at: Place) -> Fact[bool]:  # noqa: FBT001 - the answer of the catalogue
    return Unknown("something that depends on how the server is set up", at) if answer is None else Known(answer, at)
