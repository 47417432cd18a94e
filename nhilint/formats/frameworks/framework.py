"""What all frameworks of this family share: how tools by name, gates and credentials of a file become records.

A framework is data: its name as product, its title in a sentence, and the name under which the tool data knows its
tools. Nothing here knows the grammar of a file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from nhilint.formats.built_in_tools import told_by_use
from nhilint.knowledge.tools import look_up_framework_tool
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.vocabulary.capability import Capability, Gate
from nhilint.model.vocabulary.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.formats.node import Node
    from nhilint.knowledge.tools import Capability as Held
    from nhilint.knowledge.tools import ToolKnowledge
    from nhilint.model.category import Access, Category
    from nhilint.model.fact import Many
    from nhilint.model.place import Place

_RETURNING = frozenset({"read", "execute"})
_REACHING_OUT = frozenset({"web", "browser"})
_GATED: dict[bool, Gate] = {True: "prompt", False: "none"}


class Framework(Struct, frozen=True, kw_only=True):
    """One product. `known_as` is its name in the tool data."""

    product: str
    title: str
    known_as: str
    docs: str


class Power(Struct, frozen=True, kw_only=True):
    """What a tool can do where the grammar of the file itself says it, and no list of tools is needed."""

    category: Category
    access: Access
    reads_untrusted: bool | None = False
    sends_out: bool | None = False
    private_data: bool | None = False


def asked(at: Place, *, first: bool) -> Known[Gate]:
    """The gate of a call: a person is asked `first`, or nothing stands before it."""
    return Known(_GATED[first], at)


def tool_by_name(
    framework: Framework,
    name: str,
    at: Place,
    gate: Fact[Gate],
    *,
    kind_of_tool: str | None = None,
    access: frozenset[str] | None = None,
    fixed_host: bool = False,
) -> Tool:
    """A tool that a file names. `kind_of_tool` is what the tool data is asked for where that is another text than the
    name; `access` keeps only what the chosen operation needs; with a `fixed_host` nothing leaves by reading."""
    known = look_up_framework_tool(framework.known_as, kind_of_tool or name)
    return _tool(framework, name, at, _capabilities(framework, known, name, at, gate, access, fixed_host=fixed_host))


def tool_with(framework: Framework, name: str, at: Place, gate: Fact[Gate], powers: Iterable[Power]) -> Tool:
    """A tool whose grammar says what it can do."""
    found = tuple(
        Capability(
            at=at,
            category=Known(power.category, at),
            access=Known(power.access, at),
            source=Known("known", at),
            reads_untrusted=told_by_use(power.reads_untrusted, at),
            sends_out=told_by_use(power.sends_out, at),
            private_data=told_by_use(power.private_data, at),
            gate=gate,
            through=Known(name, at),
        )
        for power in powers
    )
    return _tool(framework, name, at, found)


def _tool(framework: Framework, name: str, at: Place, capabilities: Many[Capability]) -> Tool:
    return Tool(
        at=at,
        name=Known(name, at),
        client=Known(framework.product, at),
        kind=Known("builtin", at),
        transport=Known("builtin", at),
        capabilities=capabilities,
    )


def _capabilities(
    framework: Framework,
    known: ToolKnowledge | None,
    name: str,
    at: Place,
    gate: Fact[Gate],
    access: frozenset[str] | None,
    *,
    fixed_host: bool,
) -> Many[Capability]:
    if known is None:
        return Unknown(f"no tool of {framework.title} that is known", at)
    sends = any(one.access == "send" for one in known.capabilities)
    return tuple(
        Capability(
            at=at,
            category=Known(one.category, at),
            access=Known(one.access, at),
            source=Known(one.source, at),
            reads_untrusted=told_by_use(known.reads_untrusted if one.access in _RETURNING else False, at),
            sends_out=told_by_use(known.egress if _may_send(one, sends=sends, fixed_host=fixed_host) else False, at),
            private_data=told_by_use(known.private_data if one.access in _RETURNING else False, at),
            gate=gate,
            through=Known(name, at),
        )
        for one in known.capabilities
        if access is None or one.access in access
    )


def _may_send(held: Held, *, sends: bool, fixed_host: bool) -> bool:
    """Whether what is said of the whole tool's reach is said of this access: of sending, where it has that."""
    if held.category in _REACHING_OUT and not fixed_host:
        return True
    return held.access not in ("read", "write", "delete") if sends else held.access not in ("read", "delete")


def plain(node: Node, default: str = "") -> str:
    """The text of a node as it stands, or a default when it is missing, empty or no text."""
    return node.value if isinstance(node.value, str) and node.value else default
