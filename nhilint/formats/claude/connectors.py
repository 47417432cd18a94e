"""A rule that allows every tool of a claude.ai connector stands for a server that no file declares: it becomes a tool.

Source: https://code.claude.com/docs/en/permissions#mcp (`mcp__server` and `mcp__server__*` match every tool), read
2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.claude.rules import parse_rule
from nhilint.formats.endpoints import endpoint_of
from nhilint.knowledge.tools.connectors import address_of_connector
from nhilint.model.fact import Known, known_records, value_of
from nhilint.model.resource import Resource
from nhilint.model.vocabulary.capability import Capability
from nhilint.model.vocabulary.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.model.place import Place
    from nhilint.model.vocabulary.agent import Agent

_MOST_CONNECTORS = 50


def allowed_connectors(agent: Agent, format_id: str) -> Iterator[Resource]:
    """One tool for each well-known connector whose tools all run without a question."""
    seen: dict[str, Place] = {}
    for rule in known_records(agent.permissions):
        if value_of(rule.effect) == "allow" and value_of(rule.effective) is True:
            parsed = parse_rule(value_of(rule.rule) or "")
            if parsed.server is not None and parsed.server_tool in (None, "", "*") and len(seen) < _MOST_CONNECTORS:
                seen.setdefault(parsed.server, rule.at)
    for name, at in seen.items():
        address = address_of_connector(name)
        if address is not None:
            yield Resource("tool", name, format_id, _tool(name, address, at))


def _tool(name: str, address: str, at: Place) -> Tool:
    from nhilint.knowledge.tools import look_up_server

    known = look_up_server(url=address)
    return Tool(
        at=at,
        name=Known(name, at),
        client=Known("claude-code", at),
        kind=Known("mcp_server", at),
        transport=Known("http", at),
        endpoint=endpoint_of(address, at, name),
        approval=Known("auto", at),
        auto_approved=Known(("*",), at),
        official=Known(known.official, at) if known is not None else None,
        capabilities=tuple(
            Capability(
                at=at,
                category=Known(one.category, at),
                access=Known(one.access, at),
                source=Known("known", at),
                private_data=Known(value=True, at=at),
                gate=Known("none", at),
                through=Known(name, at),
            )
            for one in (known.capabilities if known is not None else ())
        ),
    )
