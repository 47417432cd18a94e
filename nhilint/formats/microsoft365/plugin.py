"""A Copilot plug-in becomes a tool for each of its runtimes: how it is called, proves itself, and what asks nobody.

Sources: learn.microsoft.com/microsoft-365-copilot/extensibility/api-plugin-manifest-2.4 (runtimes, auth, functions) and
…/plugin-confirmation-prompts, read 2026-11-22: the platform asks before a function that changes something unless its
maker says `isNonConsequential`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nhilint.formats.azure.stated import text_of
from nhilint.formats.endpoints import endpoint
from nhilint.formats.node import Node
from nhilint.formats.templates import braces
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.capability import Endpoint
from nhilint.model.vocabulary.tool import Auth, Tool
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

AuthKind = Literal["none", "static", "oauth", "workload_identity", "helper", "ambient"]

_AUTH: dict[str, AuthKind] = {
    "none": "none",
    "oauthpluginvault": "oauth",
    "apikeypluginvault": "static",
    "dynamicclientregistration": "oauth",
}
_CHANGES = frozenset(
    {
        *("create", "update", "delete", "remove", "add", "post", "put", "patch"),
        *("send", "set", "cancel", "approve", "assign", "write", "submit", "book"),
        *("pay", "order", "close", "grant", "edit", "insert", "replace"),
    }
)
"""Verbs of functions that change something."""
_ONLY_LOOKS = frozenset(
    {"get", "list", "search", "find", "read", "show", "prepare", "preview", "validate", "check", "count"}
)
"""First words of functions that change nothing, whatever follows."""
_WORDS = Deferred(r"[A-Z]?[a-z]+|[A-Z]+")
_MOST = 500


def extract(document: Document, claim: Claim) -> Extraction:
    """The tools of a plug-in; a file without functions and runtimes is none."""
    root = Node.root(document, braces)
    if not root["runtimes"].is_list or not (root["functions"].is_list or root["schema_version"].is_text):
        return Extraction(recognised=False)
    named = next((root[key] for key in ("name_for_human", "namespace") if root[key].is_text), root["runtimes"])
    name = str(named.value) if named.is_text else "plug-in"
    tools = (_tool(root, runtime, name) for runtime in list(root["runtimes"].items())[:_MOST] if runtime.is_mapping)
    return Extraction(tuple(Resource("tool", name, claim.format, tool) for tool in tools))


def changes_something(function: str) -> bool:
    """Whether the name of a function says that it changes something."""
    words = [word.lower() for word in _WORDS.findall(function[:200])]
    return not _ONLY_LOOKS.intersection(words[:1]) and any(word in _CHANGES for word in words)


def _tool(root: Node, runtime: Node, name: str) -> Tool:
    functions = tuple(_functions(root, runtime))
    remote = str(runtime["type"].value) == "RemoteMCPServer"
    address = endpoint(runtime["spec"]["url"]) if remote else None
    return Tool(
        at=runtime.at,
        name=Known(name, runtime.at),
        client=Known("microsoft365-copilot", runtime.at),
        kind=Known("mcp_server" if remote else "plugin", runtime["type"].at),
        transport=Known("http", runtime["type"].at),
        endpoint=address if isinstance(address, Endpoint) else None,
        auth=Auth(at=runtime["auth"].at, kind=_auth(runtime["auth"]["type"])),
        exposed=Known("all" if _takes_all(runtime) else "list", runtime["run_for_functions"].at),
        exposed_tools=Known(tuple(names(functions)), root["functions"].at),
        changing_tools=_changing(root, functions),
        confirmation_waived=_waived(functions),
    )


def names(functions: tuple[Node, ...]) -> Iterator[str]:
    """The names of functions, templated ones left out."""
    for function in functions:
        stated = text_of(function["name"])
        if isinstance(stated, Known):
            yield stated.value


def _functions(root: Node, runtime: Node) -> Iterator[Node]:
    """The functions that a runtime answers for."""
    wanted = {str(item.value) for item in list(runtime["run_for_functions"].items())[:_MOST]}
    for function in list(root["functions"].items())[:_MOST]:
        if function.is_mapping and (_takes_all(runtime) or str(function["name"].value) in wanted):
            yield function


def _takes_all(runtime: Node) -> bool:
    listed = runtime["run_for_functions"]
    return not listed.exists or any(item.value == "*" for item in list(listed.items())[:_MOST])


def _auth(node: Node) -> Fact[AuthKind]:
    stated = text_of(node)
    if not isinstance(stated, Known):
        return stated
    kind = _AUTH.get(stated.value.lower())
    return Known(kind, node.at) if kind else Unknown("a sort of authentication that is not known", node.at)


def _changing(root: Node, functions: tuple[Node, ...]) -> Fact[tuple[str, ...]]:
    found = [function for function in functions if changes_something(str(function["name"].value))]
    if not found:
        return Known((), root["functions"].at)
    return Known(tuple(names(tuple(found))), found[0]["name"].at)


def _waived(functions: tuple[Node, ...]) -> Fact[tuple[str, ...]]:
    """Functions whose maker says that they need no question although their name changes something."""
    found: list[Node] = []
    for function in functions:
        node = function.at_path("capabilities", "confirmation", "isNonConsequential")
        stated = node.boolean()
        if isinstance(stated, Unknown):
            return stated
        if isinstance(stated, Known) and stated.value and changes_something(str(function["name"].value)):
            found.append(function)
    if not found:
        return None
    at = found[0].at_path("capabilities", "confirmation", "isNonConsequential").at
    return Known(tuple(names(tuple(found))), at)
