"""Every text of a document that is or points to a credential, wherever a builder's export keeps it.

Exports nest settings deeply and differently from release to release, so their credentials are found by the names of
keys and the shapes of values, not by a list of routes. Prompts and code are texts too: a token in them is found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.mcp.dialect import Expansion
from nhilint.formats.mcp.holding import Slot, read_slot
from nhilint.knowledge.credentials import is_credential_name, scan
from nhilint.knowledge.credentials.names import words_of
from nhilint.model.fact import value_of
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.credential import Credential, CredentialLocation

PLAIN = Expansion()
"""A product that replaces no notation of which we know."""
MOST_TEXTS = 20_000
_LITERAL = frozenset({"literal", "default_literal"})
_RECORDED = "pinData"
"""Where n8n's editor keeps what a node last received, with every header and field of it
(docs.n8n.io/data/data-pinning, page not re-read)."""
_KEYS = frozenset({("api", "key"), ("apikey",), ("x", "apikey")})
_ONLY_NAMES = frozenset({"aws-access-key-id"})
"""Shapes that only name a key: without the secret beside them, which counts by itself, they open nothing."""
_SESSION = Deferred(r"(?i)(?:auth|token|jwt|login|sid|sessid|session_?id|(?:^|;)\s{0,3}session)=")
_HEADER_NAMES = frozenset({"authorization", "proxy-authorization", "cookie", "x-api-key", "api-key"})


def field(
    node: Node, expansion: Expansion = PLAIN, *, name: str = "", sensitive: bool = True
) -> tuple[Credential, ...]:
    """The credentials of one field that is made for one."""
    return text_credentials(node, name or node.key, "field", expansion, sensitive=sensitive)


def named(node: Node, where: CredentialLocation, expansion: Expansion = PLAIN) -> tuple[Credential, ...]:
    """The credentials of a mapping from variables or headers to values."""
    return tuple(c for name, item in node.entries() for c in text_credentials(item, name, where, expansion))


def literals_below(node: Node, leave_out: Collection[str] = ()) -> tuple[Credential, ...]:
    """Everything written in clear below a node; keys in `leave_out` are not entered.

    Prompts and code hold much that looks random: in a text whose name promises no credential only the shape of a known
    provider counts.
    """
    found: list[Credential] = []
    for name, leaf in _texts(node, frozenset(leave_out)):
        is_line = "\n" not in leaf.value
        if (is_line and (_is_sensitive(name) or "://" in leaf.value)) or next(iter(scan(leaf.value)), None) is not None:
            in_clear = (c for c in text_credentials(leaf, name, "field", PLAIN) if value_of(c.source) in _LITERAL)
            found.extend(c for c in in_clear if _counts(c, leaf, is_line=is_line))
    return tuple(found)


def _counts(credential: Credential, leaf: Node, *, is_line: bool) -> bool:
    """Whether a value in clear is one that somebody wrote down: of a recorded request only keys outlive it."""
    if value_of(credential.shaped) is True:
        return value_of(credential.type) not in _ONLY_NAMES
    name = value_of(credential.name) or ""
    if not is_line or not _is_sensitive(name):
        return False
    if name.lower() == "cookie" and not _SESSION.search(leaf.value):
        return False
    return _RECORDED not in leaf.pointer or words_of(name)[-2:] in _KEYS


def text_credentials(
    node: Node, name: str, where: CredentialLocation, expansion: Expansion = PLAIN, *, sensitive: bool = False
) -> tuple[Credential, ...]:
    """The credentials of one text under a name."""
    if not isinstance(node.value, str) or not node.value.strip():
        return ()
    return read_slot(node.value, Slot(name, node.at, where, sensitive or _is_sensitive(name)), expansion)[0]


def _is_sensitive(name: str) -> bool:
    return is_credential_name(name) or name.lower() in _HEADER_NAMES


def _named_beside(node: Node) -> str | None:
    """The `name` of a mapping that has it beside a `value`, where both are texts."""
    name = node.value.get("name")
    return name.removeprefix("=") if isinstance(name, str) and node["value"].is_text else None


def _texts(node: Node, left_out: frozenset[str]) -> Iterator[tuple[str, Node]]:
    """Texts with the name they go by: their key, or the `name` beside a `value`."""
    waiting, seen = [node], 0
    while waiting and seen < MOST_TEXTS:
        current = waiting.pop()
        seen += 1
        if current.is_text:
            yield _name_of(current), current
        elif current.is_mapping:
            named = _named_beside(current)
            if named is not None:
                yield named, current["value"]
            entries = ((key, inner) for key, inner in current.entries() if named is None or key != "value")
            waiting.extend(inner for key, inner in entries if key not in left_out)
        elif current.is_list:
            waiting.extend(current.items())


def _name_of(node: Node) -> str:
    """The nearest key that is a text; items of a list go by the list's."""
    return next((part for part in reversed(node.pointer) if isinstance(part, str)), "")
