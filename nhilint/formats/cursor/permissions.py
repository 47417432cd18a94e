"""`.cursor/cli.json` and `.cursor/permissions.json` become the permissions of a session.

The CLI has lists of tokens to allow and to deny; a denial outweighs every permission. The editor has lists of terminal
commands and of MCP tools that run without a question once the person has chosen a run mode that uses them; the file of
a repository is added to the person's own. Plain-language instructions for the reviewing model are no rules and are left
out.
Sources: https://cursor.com/docs/cli/reference/permissions and https://cursor.com/docs/reference/permissions, read
2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from nhilint.formats.claude.templates import engine_template
from nhilint.formats.cursor.session import session
from nhilint.formats.cursor.tokens import Token, command_of, parse_token, reach_of, server_of
from nhilint.formats.node import Node
from nhilint.formats.shell_rules import shell_permission
from nhilint.model.fact import Known, Unknown
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Permission

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.place import Place
    from nhilint.source.document import Document

Effect = Literal["allow", "deny"]

MOST_RULES = 2_000
_BLANK = "a token with a blank, whose meaning is not documented"


def extract(document: Document, claim: Claim) -> Extraction:
    """One agent for the file; a file with no list of either kind is another tool's."""
    root = Node.root(document, engine_template)
    lists = (root["terminalAllowlist"], root["mcpAllowlist"])
    if not (root["permissions"].is_mapping or any(node.is_list for node in lists) or root["autoRun"].is_mapping):
        return Extraction(recognised=False)
    rules = (*_tokens(root["permissions"]), *_commands(lists[0]), *_servers(lists[1]))
    agent = replace(session(root), permissions=rules)
    return Extraction((Resource("agent", document.path, claim.format, agent),))


def _tokens(node: Node) -> Iterator[Permission | Unknown]:
    denied = {item.value.strip() for item in _items(node["deny"]) if item.is_text}
    effects: tuple[Effect, ...] = ("allow", "deny")
    for effect in effects:
        for item in _items(node[effect]):
            token = parse_token(item.value) if item.is_text else None
            if isinstance(item.text(), Unknown):
                yield item.unknown("a template")
            elif token is not None:
                stronger = {item.value.strip(), f"{token.tool}(*)", f"{token.tool}(**)"}
                is_denied = effect == "allow" and not denied.isdisjoint(stronger)
                yield _permission(token, item.value.strip(), effect, item.at, effective=not is_denied)


def _permission(token: Token, text: str, effect: Effect, at: Place, *, effective: bool) -> Permission:
    if token.tool == "Shell":
        command, exact = command_of(token.argument)
        rule = shell_permission(
            text, effect, at, [command], client="cursor", tool="Shell", effective=effective, exact=exact
        )
        rule = replace(rule, argument=Known(token.argument, at))
        is_blank = " " in token.argument.partition(":")[0]
        return replace(rule, effective=Unknown(_BLANK, at)) if is_blank and effective else rule
    server = server_of(token.argument)[0] if token.tool == "Mcp" else None
    return Permission(
        at=at,
        rule=Known(text, at),
        effect=Known(effect, at),
        tool=Known(token.tool, at),
        argument=Known(server_of(token.argument)[1] if token.tool == "Mcp" else token.argument, at),
        server=Known(server, at) if server is not None else None,
        effective=Known(effective, at),
        path_reach=Known(reach_of(token.argument), at) if token.tool in ("Read", "Write") else None,
        host=Known(token.argument.lower(), at) if token.tool == "WebFetch" else None,
    )


def _commands(node: Node) -> Iterator[Permission]:
    """Terminal commands: an entry covers everything that begins with it."""
    for item in _items(node):
        if item.is_text and item.value.strip():
            command, exact = command_of(item.value.strip())
            rule = shell_permission(item.value, "allow", item.at, [command], client="cursor", tool="Shell", exact=exact)
            yield rule


def _servers(node: Node) -> Iterator[Permission]:
    """MCP tools, written `server:tool`."""
    for item in _items(node):
        if item.is_text and item.value.strip():
            server, tool = server_of(item.value)
            yield Permission(
                at=item.at,
                rule=Known(f"mcpAllowlist: {item.value}", item.at),
                effect=Known("allow", item.at),
                tool=Known("Mcp", item.at),
                argument=Known(tool, item.at),
                server=Known(server, item.at),
                effective=Known(value=True, at=item.at),
            )


def _items(node: Node) -> Iterator[Node]:
    for count, item in enumerate(node.items() if node.is_list else ()):
        if count >= MOST_RULES:
            return
        yield item
