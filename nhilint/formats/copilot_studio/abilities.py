"""What a Copilot Studio agent can do by switches of its own, and what it looks up: each becomes a built-in tool."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.copilot_studio.settings import PRODUCT
from nhilint.model.fact import Known
from nhilint.model.vocabulary.capability import Capability
from nhilint.model.vocabulary.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.category import Access, Category
    from nhilint.model.vocabulary.capability import Gate

_SWITCHES: dict[str, tuple[Category, Access, bool, bool]] = {
    "webBrowsing": ("web", "read", True, False),
    "codeInterpreter": ("code_execution", "execute", False, False),
    "searchTeams": ("messaging", "read", False, True),
    "searchOneDriveAndSharePoint": ("files", "read", False, True),
    "searchEmails": ("mail", "read", True, True),
    "searchMeetings": ("calendar", "read", True, True),
    "searchPeople": ("identity", "read", False, True),
}
"""Switch → what it touches, what it does there, whether strangers write what it reads, whether that is private."""
_SOURCES: dict[str, tuple[Category, Access, bool, bool]] = {
    "SharePointSearchSource": ("files", "read", False, True),
    "GraphConnectorSearchSource": ("files", "read", False, True),
    "DataverseStructuredSearchSource": ("database", "read", False, True),
    "TeamsMessageSearchSource": ("messaging", "read", False, True),
    "EmailSearchSource": ("mail", "read", True, True),
    "MeetingSearchSource": ("calendar", "read", True, True),
}
"""The same for kinds of knowledge that is searched in the name of whoever asks. Sites named one by one add nothing."""


def abilities(root: Node) -> Iterator[Tool]:
    """The switches of `gptCapabilities` that are on."""
    for name, power in _SWITCHES.items():
        node = root["gptCapabilities"][name]
        if node.value is True:
            yield _tool(name, node, power)


def knowledge(source: Node) -> Iterator[Tool]:
    """A source of knowledge that holds what is not public."""
    power = _SOURCES.get(str(source["kind"].value))
    if power is not None:
        yield _tool(str(source["kind"].value), source["kind"], power)


def _tool(name: str, node: Node, power: tuple[Category, Access, bool, bool]) -> Tool:
    category, access, strangers, private = power
    at = node.at
    gate: Gate = "sandbox" if category == "code_execution" else "none"
    can = Capability(
        at=at,
        category=Known(category, at),
        access=Known(access, at),
        source=Known("known", at),
        reads_untrusted=Known(strangers, at),
        sends_out=Known(value=False, at=at),
        private_data=Known(private, at),
        gate=Known(gate, at),
        through=Known(name, at),
    )
    return Tool(
        at=at,
        name=Known(name, at),
        client=Known(PRODUCT, at),
        kind=Known("builtin", at),
        transport=Known("builtin", at),
        acts_as=Known("caller", at) if private else None,
        capabilities=(can,),
    )
