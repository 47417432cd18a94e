"""A declarative agent becomes an agent: what it may search and do for the user, and to whom it hands on.

Source: learn.microsoft.com/microsoft-365-copilot/extensibility/declarative-agent-manifest-1.6 and …-1.8 (EmailActions,
MeetingActions), read 2026-11-22. It always acts as the signed-in user. A capability without a list of sites, folders or
items covers everything that the user may read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.azure.stated import text_of
from nhilint.formats.node import Node
from nhilint.formats.templates import braces
from nhilint.model.fact import Known, Unknown
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Agent, Delegation
from nhilint.model.vocabulary.capability import Capability

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.category import Access, Category
    from nhilint.source.document import Document

_CAPABILITIES: dict[str, tuple[Category, Access, bool, bool]] = {
    "WebSearch": ("web", "read", True, False),
    "OneDriveAndSharePoint": ("files", "read", False, True),
    "GraphConnectors": ("files", "read", False, True),
    "Dataverse": ("database", "read", False, True),
    "TeamsMessages": ("messaging", "read", False, True),
    "Email": ("mail", "read", True, True),
    "EmailActions": ("mail", "write", False, True),
    "People": ("identity", "read", False, True),
    "Meetings": ("calendar", "read", True, True),
    "MeetingActions": ("calendar", "write", False, True),
    "CodeInterpreter": ("code_execution", "execute", False, False),
}
"""Name → what it touches, what it may do there, whether outsiders write what it reads, whether that is private."""
_MOST = 200


def extract(document: Document, claim: Claim) -> Extraction:
    """One agent; a file without a name and instructions is none."""
    root = Node.root(document, braces)
    if not root["name"].is_text or not root["instructions"].exists:
        return Extraction(recognised=False)
    at, name = root["name"].at, str(root["name"].value)
    agent = Agent(
        at=at,
        product=Known("microsoft365-copilot", at),
        purpose=text_of(root["description"]),
        initiation=Known("human", at),
        acts_as=Known("user_proxy", at),
        capabilities=tuple(_capabilities(root["capabilities"])),
        delegations=tuple(_delegations(root["worker_agents"])),
    )
    return Extraction((Resource("agent", name, claim.format, agent),))


def _capabilities(listed: Node) -> Iterator[Capability | Unknown]:
    for entry in list(listed.items())[:_MOST]:
        stated = text_of(entry["name"])
        if isinstance(stated, Unknown):
            yield stated
            continue
        known = _CAPABILITIES.get(stated.value) if stated is not None else None
        if known is None:
            continue
        category, access, untrusted, private = known
        at = entry["name"].at
        yield Capability(
            at=at,
            category=Known(category, at),
            access=Known(access, at),
            source=Known("declared", at),
            reads_untrusted=Known(untrusted, at),
            sends_out=Known(access in ("write", "send"), at),
            private_data=Known(private, at),
            through=stated,
        )


def _delegations(listed: Node) -> Iterator[Delegation | Unknown]:
    for entry in list(listed.items())[:_MOST]:
        node = entry["file"] if entry["file"].exists else entry["id"]
        yield Delegation(at=node.at if node.exists else entry.at, target=text_of(node))
