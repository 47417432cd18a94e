"""A tool node of n8n becomes a tool that can do what its chosen operation needs, not all that its service offers.

The operation is a parameter; at its default it is missing from the export. Where the model fills in the address of an
HTTP request (`$fromAI`, `{placeholder}`), the request goes wherever the model says. A code tool runs the author's code.
What a vector store holds, public or not, no export says.
Source: npm n8n-nodes-base 2.41.2 and @n8n/n8n-nodes-langchain 2.41.1, dist/types/nodes.json, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.frameworks.framework import Framework, Power, asked, plain, tool_by_name, tool_with
from nhilint.formats.frameworks.servers import server
from nhilint.formats.mcp.dialect import Dialect, Gates, Keys
from nhilint.model.fact import Known, Unknown
from nhilint.model.resource import Resource
from nhilint.model.vocabulary.credential import Credential
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.tool import Tool

N8N = Framework(product="n8n", title="n8n", known_as="n8n", docs="https://docs.n8n.io/advanced-ai/")
_SERVERS = Dialect(
    client="n8n",
    title="n8n",
    docs=N8N.docs,
    keys=Keys(address=("endpointUrl", "sseEndpoint")),
    gates=Gates(chosen=(("includeTools",),), off=()),
)
DEFAULTS: dict[str, tuple[str, dict[str, str]]] = {
    "gmail": ("message", {"message": "send", "draft": "create", "label": "getAll", "thread": "getAll"}),
    "googleSheets": ("sheet", {"sheet": "read", "spreadsheet": "create"}),
    "googleCalendar": ("event", {"event": "create", "calendar": "availability"}),
    "googleDrive": ("file", {"file": "upload", "fileFolder": "search", "folder": "create", "drive": "create"}),
    "googleDocs": ("document", {"document": "create"}),
    "postgres": ("", {"": "insert", "database": "insert"}),
    "mySql": ("", {"": "insert", "database": "insert"}),
    "supabase": ("row", {"row": "create"}),
    "airtable": ("record", {"record": "get", "base": "getMany"}),
    "notion": (
        "page",
        {"page": "create", "block": "append", "database": "get", "databasePage": "create", "user": "get"},
    ),
    "slack": ("message", {"message": "post", "channel": "create", "file": "upload", "user": "info"}),
    "telegram": ("message", {"message": "sendMessage", "chat": "get", "file": "get"}),
    "microsoftOutlook": ("message", {"message": "send", "event": "getAll", "calendar": "getAll", "draft": "create"}),
    "github": ("issue", {"issue": "create", "file": "create", "repository": "getIssues", "pullRequest": "create"}),
    "hubspot": ("contact", {"contact": "upsert", "deal": "create", "ticket": "create", "company": "create"}),
}
"""The resource at its default, and for each resource the operation at its default."""
_WORDS: tuple[tuple[str, frozenset[str]], ...] = (
    ("executequery execute run dispatch trigger invoke", frozenset({"read", "write", "delete", "execute"})),
    ("send post reply publish invite share tweet sms forward", frozenset({"send"})),
    ("delete remove trash clear drop terminate archive", frozenset({"delete"})),
    ("get search list read lookup query select info history availability count download replies", frozenset({"read"})),
    ("status member fetch load aggregate find retrieve", frozenset({"read"})),
    ("create update upsert append insert upload add move copy rename edit write set mark close", frozenset({"write"})),
    ("lock merge", frozenset({"write"})),
)
"""Beginnings of an operation's name, and the access that it needs; the first that fits decides."""
_REQUESTS = frozenset({"httpRequestTool", "toolHttpRequest", "httpRequest"})
_CHOSEN_BY_MODEL = Deferred(r"\$fromAI|\{[A-Za-z_][\w ]*\}")
_FIXED_HOST = Deferred(r"=?\s*https?://[^/\s{}$]+(?:/|$|\?)")


def expression(text: str) -> str | None:
    """Why a parameter is not a value yet."""
    return "an expression" if text.startswith("=") else None


def tool_of(node: Node, format_id: str, *, asks: bool) -> Resource:
    """The tool that a node is. `asks`: a person is asked before each call."""
    name = str(node["name"].value)
    kind = str(node["type"].value).rsplit(".", 1)[-1]
    if kind in ("mcpClientTool", "mcpClient") and _has_address(node["parameters"]):
        return server(name, node["parameters"], _SERVERS, format_id)
    tool = replace(_tool(node, name, kind, asks=asks), credentials=tuple(_stored(node["credentials"])))
    return Resource("tool", name, format_id, tool)


def _has_address(parameters: Node) -> bool:
    address = parameters.first("endpointUrl", "sseEndpoint")
    return isinstance(address.text(), Known)


def _tool(node: Node, name: str, kind: str, *, asks: bool) -> Tool:
    at = node["name"].at
    gate = asked(node["type"].at, first=asks)
    if kind in _REQUESTS:
        return tool_with(N8N, name, at, gate, _request(node["parameters"]))
    if kind == "toolCode":
        own = Power(category="other", access="execute", reads_untrusted=None, sends_out=None, private_data=None)
        return tool_with(N8N, name, at, gate, [own])
    if kind.lower().removeprefix("tool").startswith("vectorstore"):
        return tool_with(N8N, name, at, gate, [Power(category="database", access="read", private_data=None)])
    whole = str(node["type"].value)
    is_service = whole.startswith("n8n-nodes-base.")
    access = _access(kind.removesuffix("Tool"), node["parameters"], has_operations=is_service)
    if isinstance(access, Unknown):
        return replace(tool_by_name(N8N, name, at, gate, kind_of_tool=whole), capabilities=access)
    return tool_by_name(N8N, name, at, gate, kind_of_tool=whole, access=access, fixed_host=is_service)


def _request(parameters: Node) -> Iterator[Power]:
    """What a request can do: to a host of the author's choice, or wherever the model says."""
    url = plain(parameters["url"])
    method = plain(parameters["method"], "GET").upper()
    is_open = bool(_CHOSEN_BY_MODEL.search(url)) and not _FIXED_HOST.match(url)
    if is_open:
        yield Power(category="web", access="read", reads_untrusted=True, sends_out=True)
    else:
        yield Power(category="other", access="read", reads_untrusted=None, private_data=None)
    if method in ("POST", "PUT", "PATCH"):
        yield Power(category="web" if is_open else "other", access="write", sends_out=is_open)
    elif method == "DELETE":
        yield Power(category="web" if is_open else "other", access="delete", sends_out=is_open)


def _access(service: str, parameters: Node, *, has_operations: bool) -> frozenset[str] | Unknown | None:
    """The access that the chosen operation needs; None for nodes that have no operations."""
    operation = parameters["operation"].text()
    if isinstance(operation, Unknown):
        return operation
    if operation is None:
        default = DEFAULTS.get(service)
        if default is None:
            return Unknown("an operation at its default", parameters.at) if has_operations else None
        chosen = parameters["resource"].text()
        if isinstance(chosen, Unknown):
            return chosen
        found = default[1].get(chosen.value if chosen else default[0])
        if found is None:
            return Unknown("an operation at its default", parameters.at)
        return _needed(found, parameters.at)
    return _needed(operation.value, operation.at)


def _needed(operation: str, at: Place) -> frozenset[str] | Unknown:
    plain_name = operation.lower()
    found = next((access for words, access in _WORDS if plain_name.startswith(tuple(words.split()))), None)
    return found if found is not None else Unknown(f"an operation that is not known ({operation[:40]})", at)


def _stored(credentials: Node) -> Iterator[Credential]:
    """Credentials that n8n keeps and the export only names."""
    for kind, node in credentials.entries():
        label = node["name"].text() if node.is_mapping else None
        yield Credential(
            at=node.at,
            name=Known(kind, node.at.at_key()),
            reference=label if isinstance(label, Known) else None,
            source=Known("secret_store", node.at),
            location=Known("field", node.at),
            resolves=Known(value=True, at=node.at),
        )
