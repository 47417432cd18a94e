"""Names of Claude Code's own tools become tool records with what they can do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.knowledge.tools import look_up_builtin
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.vocabulary.capability import Capability
from nhilint.model.vocabulary.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.model.fact import Many
    from nhilint.model.place import Place


def built_in_tool(name: str, at: Place) -> Tool:
    """The tool of this name at the place that gives it to an agent."""
    return Tool(
        at=at,
        name=Known(name, at),
        client=Known("claude-code", at),
        kind=Known("builtin", at),
        transport=Known("builtin", at),
        official=Known(value=True, at=at),
        capabilities=capabilities_of(name, at),
    )


def built_in_tools(named: Iterable[tuple[str, Place]]) -> tuple[Tool, ...]:
    """One tool for each name, the first place counting."""
    first: dict[str, Place] = {}
    for name, at in named:
        first.setdefault(name, at)
    return tuple(built_in_tool(name, at) for name, at in first.items())


def capabilities_of(name: str, at: Place) -> Many[Capability]:
    """What a tool of Claude Code can do; unknown for a name that is none of them."""
    known = look_up_builtin("claude-code", name)
    if known is None:
        return Unknown("no tool of Claude Code that is known", at)
    return tuple(
        Capability(
            at=at,
            category=Known(one.category, at),
            access=Known(one.access, at),
            source=Known(one.source, at),
            reads_untrusted=_flag(known.reads_untrusted, at),
            sends_out=_flag(known.egress, at),
            private_data=_flag(known.private_data, at),
            through=Known(name, at),
        )
        for one in known.capabilities
    )


def _flag(answer: bool | None, at: Place) -> Fact[bool]:  # noqa: FBT001 - the answer itself
    return Unknown("dependent on what it is used for", at) if answer is None else Known(answer, at)
