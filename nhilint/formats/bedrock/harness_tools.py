"""Tools of a harness of AgentCore: those of every session, and those that its list names.

Source: docs.aws.amazon.com/bedrock-agentcore/latest/devguide/harness-tools.html and the schema of harness.json in npm
@aws/agentcore 0.30.0, read 2026-11-22: `shell` and `file_operations` are there in every session unless `allowedTools`
leaves them out; without that list every tool may be called. A session has a machine of its own, which holds both.
A browser without an ARN is the platform's own, an interpreter as well. Inline functions are handed to the application.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from itertools import islice
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.bedrock.interpreters import browser, interpreter
from nhilint.formats.bedrock.secrets import headers
from nhilint.formats.bedrock.spelling import Hosted, blocks, is_stated, part, told
from nhilint.formats.endpoints import endpoint_of
from nhilint.formats.mcp.dialect import Dialect
from nhilint.formats.mcp.entry import Entry
from nhilint.formats.mcp.what_it_does import capabilities_of, official_of
from nhilint.knowledge.tools import look_up_server
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.vocabulary.capability import Capability
from nhilint.model.vocabulary.tool import Auth, Tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.category import Access, Category
    from nhilint.model.place import Place

_MOST = 200
_LONGEST = 64
"""Of a pattern in the list, by the schema."""
_CLIENT = "bedrock-agentcore"
_WORDS = Dialect(client=_CLIENT, title="Bedrock AgentCore", docs="")
_OF_SESSIONS: dict[str, tuple[Category, Access]] = {
    "shell": ("code_execution", "execute"),
    "file_operations": ("files", "write"),
}
_BUILT_IN = "builtin"


def tools_of(hosted: Hosted, allowed: Fact[tuple[str, ...]]) -> Iterator[Tool | Unknown]:
    """What the agent may call; `allowed` is its list of patterns."""
    if isinstance(allowed, Unknown):
        yield allowed
        return
    patterns = tuple(one for one in allowed.value if len(one) <= _LONGEST) if allowed is not None else ("*",)
    at = allowed.at if allowed is not None else hosted.at
    yield from (_of_session(name, at) for name in _OF_SESSIONS if _is_allowed(name, patterns, _BUILT_IN))
    for node in listed(hosted):
        tool = _tool(node)
        if tool is not None and _is_allowed(_name(node), patterns, _name(node)):
            yield tool


def listed(hosted: Hosted) -> Iterator[Node]:
    """The tools that a harness lists, in every spelling."""
    for name in ("Tools", "Tool"):
        yield from islice(blocks(hosted[name]), _MOST)


def _is_allowed(name: str, patterns: tuple[str, ...], server: str) -> bool:
    """Whether a pattern lets a tool through; a server passes where any tool of it does."""
    for pattern in patterns:
        group, slash, wanted = pattern.removeprefix("@").partition("/")
        if not pattern.startswith("@"):
            if fnmatchcase(name, pattern):
                return True
        elif fnmatchcase(server, group) and (server != _BUILT_IN or not slash or fnmatchcase(name, wanted)):
            return True
    return False


def _of_session(name: str, at: Place) -> Tool:
    category, access = _OF_SESSIONS[name]
    does = Capability(
        at=at,
        category=Known(category, at),
        access=Known(access, at),
        source=Known("known", at),
        gate=Known("sandbox", at),
        through=Known(name, at),
    )
    return Tool(
        at=at,
        name=Known(name, at),
        client=Known(_CLIENT, at),
        kind=Known("builtin", at),
        transport=Known("builtin", at),
        capabilities=(does,),
    )


def _tool(node: Node) -> Tool | None:
    """One tool by what configures it, or by its type alone; None for what the application runs itself."""
    config, stated = part(node, "Config"), part(node, "Type").value
    if part(config, "RemoteMcp").exists:
        return named_server(node)[1]
    if part(config, "AgentCoreGateway").exists:
        return _gateway(node, part(config, "AgentCoreGateway"))
    own = Hosted("", _name(node), node, node.at)
    if stated == "agentcore_browser" or part(config, "AgentCoreBrowser").exists:
        return _managed(browser(own), part(config, "AgentCoreBrowser", "BrowserArn"))
    if stated == "agentcore_code_interpreter" or part(config, "AgentCoreCodeInterpreter").exists:
        return _managed(interpreter(own), part(config, "AgentCoreCodeInterpreter", "CodeInterpreterArn"))
    return None


def _name(node: Node) -> str:
    stated = part(node, "Name")
    return str(stated.value) if stated.is_text else "tool"


def _managed(tool: Tool, arn: Node) -> Tool:
    """The platform's own tool, or one of which only an ARN is known here."""
    if not is_stated(arn):
        return tool
    elsewhere = Unknown("configured where its ARN leads", arn.at)
    return replace(tool, network=elsewhere, capabilities=elsewhere)


def named_server(node: Node) -> tuple[str, Tool]:
    """The name of a server elsewhere that the platform calls itself, and what is known of it by its address."""
    remote, name = part(node, "Config", "RemoteMcp"), _name(node)
    address = told(part(remote, "Url"))
    url = address.value if isinstance(address, Known) else ""
    known = look_up_server(url=url or None, name=name)
    held = next(headers(part(remote, "Headers")), None)
    return name, Tool(
        at=node.at,
        name=Known(name, node.at),
        client=Known(_CLIENT, node.at),
        kind=Known("mcp_server", node.at),
        transport=Known("http", node.at),
        endpoint=endpoint_of(url, address.at, "url") if url and address is not None else None,
        auth=Auth(at=held.at, kind=Known("static", held.at)) if held is not None else None,
        official=official_of(known, node.at),
        capabilities=capabilities_of(known, Entry(name, node, _WORDS), None),
    )


def _gateway(node: Node, config: Node) -> Tool:
    """A gateway of the platform; which tools it has is configured where its ARN leads."""
    return Tool(
        at=node.at,
        name=Known(_name(node), node.at),
        client=Known(_CLIENT, node.at),
        kind=Known("mcp_server", node.at),
        transport=Known("http", node.at),
        auth=_auth(part(config, "OutboundAuth")),
        capabilities=Unknown("configured where its ARN leads", config.at),
    )


def _auth(outbound: Node) -> Auth | None:
    """How a gateway is called: with a token fetched for it, by the role's signature, or without proof."""
    token, signed, nothing = part(outbound, "OAuth"), part(outbound, "AwsIam"), part(outbound, "None")
    if token.exists:
        return Auth(at=token.at, kind=Known("oauth", token.at), scopes=part(token, "Scopes").texts())
    if signed.exists:
        return Auth(at=signed.at, kind=Known("workload_identity", signed.at))
    return Auth(at=nothing.at, kind=Known("none", nothing.at)) if nothing.exists else None
