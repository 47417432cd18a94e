"""Whose text reaches the agent of an agentic workflow, and what it holds besides the key to its model.

On a public repository the GitHub tools show only what people with some standing wrote, unless `min-integrity: none` or
`lockdown: false` says otherwise. The text of the item that started the run is pasted in by expressions.
Sources: https://github.github.com/gh-aw/reference/github-tools/ (min-integrity), /lockdown-mode/, /permissions/ and
/environment-variables/ (variables of the whole workflow are seen by the agent), read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.gh_aw.outputs import STARTING
from nhilint.formats.github.permissions import STRONG_SCOPES, permissions_of
from nhilint.formats.github.secrets import credential_of, opens_something, secrets_in, texts
from nhilint.model.fact import Fact, Known, value_of
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhilint.formats.gh_aw.outputs import SafeOutputs
    from nhilint.formats.gh_aw.starting import Starting
    from nhilint.formats.github.permissions import Permissions
    from nhilint.formats.node import Node
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.credential import Credential

_PASTED = Deferred(
    r"\$\{\{\s{0,8}((?:needs\.activation\.outputs\.|steps\.sanitized\.outputs\.)(?:text|title|body)"
    r"|github\.event\.(?:issue|pull_request|comment|discussion|review)\.(?:title|body))\b"
)
_WEB = ("web-fetch", "web-search", "playwright", "repo-memory")
_CALLS = Deferred(r"\bgh\s+(?:api|issue|pr|search|run|release)\b|\bcurl\b|\bwget\b|https?://")
_HARMLESS_SCOPES = frozenset({"copilot-requests"})
_ENVIRONMENTS = (("env",), ("engine", "env"))
_TOKENS = (("safe-outputs", "github-token"), ("tools", "github", "github-token"), ("github-token",))


def untrusted_texts(fields: Node, body: Node, starting: Starting) -> list[tuple[str, Place]]:
    """Each source of outsiders' text in words, with its place."""
    return [*_pasted(body, starting), *_started(starting), *_fetched(fields["tools"]["github"])]


def _pasted(body: Node, starting: Starting) -> Iterator[tuple[str, Place]]:
    found = _PASTED.search(body.value) if body.is_text and starting.events else None
    if found is not None:
        yield found[1], body.at.within_text(*found.span())


def _started(starting: Starting) -> Iterator[tuple[str, Place]]:
    is_open = isinstance(starting.open_to, Known) and starting.open_to.value == "anyone"
    if starting.events and is_open:
        names = " or ".join(dict.fromkeys(start.event for start in starting.events))
        yield f"the text that {names} is about", starting.events[0].at


def _fetched(github: Node) -> Iterator[tuple[str, Place]]:
    integrity, lockdown = github["min-integrity"], github["lockdown"]
    if integrity.value == "none":
        yield "issues and pull requests by anybody (min-integrity: none)", integrity.at
    elif lockdown.value is False:
        yield "issues and pull requests by anybody (lockdown: false)", lockdown.at


def reads_outside(fields: Node, commands: str | None, texts: Sequence[tuple[str, Place]]) -> bool:
    """Whether anything but the repository's own tree may reach the agent: text of others, pages, answers of servers.

    The tools of GitHub are there unless `tools.github: false`. Steps before the agent count where they call an address.
    """
    tools = fields["tools"]
    has_way = tools["github"].value is not False or any(tools[key].exists for key in _WEB) or fields["imports"].exists
    has_server = fields["mcp-servers"].exists
    if texts or commands != "none" or has_way or has_server:
        return True
    return any(_CALLS.search(step["run"].value) for step in fields["steps"].items() if step["run"].is_text)


def token_of(fields: Node) -> Permissions | None:
    """What the agent's own token may do."""
    return permissions_of(fields)


def holdings(fields: Node, token: Permissions | None, outputs: SafeOutputs) -> tuple[Fact[str], Fact[tuple[str, ...]]]:
    """How much the agent holds, and what makes it up, the gravest first."""
    scopes = [(scope, at) for scope, at in (token.writes if token else ()) if scope not in _HARMLESS_SCOPES]
    strong = [(f"a token that may write {scope}", at) for scope, at in scopes if scope in STRONG_SCOPES]
    strong += [(f"the secret {name}", at) for name, at in _secrets(fields) if opens_something(name)]
    strong += [(f"the safe output {known.value}", known.at) for known in outputs.strong]
    weak = [(f"a token that may write {scope}", at) for scope, at in scopes if scope not in STRONG_SCOPES]
    named = {known.value for known in outputs.strong}
    weak += [(f"the safe output {name}", tool.at) for tool in outputs.tools if (name := _name(tool)) not in named]
    if strong or weak:
        at = (strong or weak)[0][1]
        return Known("strong" if strong else "weak", at), Known(_words([*strong, *weak]), at)
    at = fields["permissions"].at
    return Known("none", at), Known((), at)


def starts_with_their_rights(fields: Node, token: Permissions | None, outputs: SafeOutputs) -> Fact[tuple[str, ...]]:
    """The workflows that it may start, where nothing else makes what it holds strong."""
    others = outputs._replace(strong=tuple(known for known in outputs.strong if known.value not in STARTING))
    if not outputs.starts or value_of(holdings(fields, token, others)[0]) == "strong":
        return None
    return Known(outputs.starts, fields["safe-outputs"].at)


def _name(tool: object) -> str:
    return str(getattr(getattr(tool, "name", None), "value", ""))


def _words(held: Sequence[tuple[str, Place]]) -> tuple[str, ...]:
    words = tuple(dict.fromkeys(word for word, _ in held))
    return words if len(words) <= 4 else (*words[:4], f"and {len(words) - 4} more")


def _secrets(fields: Node) -> list[tuple[str, Place]]:
    """Secrets in variables of the whole workflow, which the agent sees."""
    return list(_named(fields["env"]))


def credentials_of(fields: Node) -> tuple[Credential, ...]:
    """The secrets that the workflow hands to the agent, its model and the jobs that act for it."""
    routes = (*_ENVIRONMENTS, *_TOKENS)
    found = {name: place for route in routes for name, place in _named(fields.at_path(*route))}
    return tuple(credential_of(name, place) for name, place in found.items())


def _named(node: Node) -> Iterator[tuple[str, Place]]:
    for mention in secrets_in(texts(node.value, node.pointer)):
        yield mention.name, node.at._replace(pointer=mention.pointer)
