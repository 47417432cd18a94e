"""Names of a client's own tools become tool records with what they can do; every family names its client."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.knowledge.tools import look_up_builtin
from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.capability import Capability
from nhilint.model.vocabulary.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.model.fact import Fact, Many
    from nhilint.model.place import Place


def client_tools(client: str, title: str, named: Iterable[tuple[str, Place]]) -> tuple[Tool, ...]:
    """One tool for each name, the first place counting. `title` is the product's name in words."""
    first: dict[str, Place] = {}
    for name, at in named:
        first.setdefault(name, at)
    return tuple(_tool(client, title, name, at) for name, at in first.items())


def _tool(client: str, title: str, name: str, at: Place) -> Tool:
    return Tool(
        at=at,
        name=Known(name, at),
        client=Known(client, at),
        kind=Known("builtin", at),
        transport=Known("builtin", at),
        official=Known(value=True, at=at),
        capabilities=_capabilities(client, title, name, at),
    )


def _capabilities(client: str, title: str, name: str, at: Place) -> Many[Capability]:
    known = look_up_builtin(client, name)
    if known is None:
        return Unknown(f"no tool of {title} that is known", at)
    return tuple(
        Capability(
            at=at,
            category=Known(one.category, at),
            access=Known(one.access, at),
            source=Known(one.source, at),
            reads_untrusted=told_by_use(known.reads_untrusted, at),
            sends_out=told_by_use(known.egress, at),
            private_data=told_by_use(known.private_data, at),
            through=Known(name, at),
        )
        for one in known.capabilities
    )


def told_by_use(answer: bool | None, at: Place) -> Fact[bool]:  # noqa: FBT001 - the answer itself
    """The answer to a question about a tool, where the tool alone tells it."""
    return Unknown("dependent on what it is used for", at) if answer is None else Known(answer, at)
