"""What registrations of OAuth clients have in common: grant types, addresses for codes, secrets, lifetimes.

Grant types go by the names of RFC 6749, RFC 7523, RFC 8628 and RFC 8693 without their addresses, so that checks need
not know each product's spelling. Source: datatracker.ietf.org/doc/html/rfc7591#section-2, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.endpoints import endpoint, endpoint_of
from nhilint.knowledge.credentials.examples import is_reserved_host
from nhilint.model.fact import Fact, Known, Unknown, value_of
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.app import Entrance
    from nhilint.model.vocabulary.capability import Endpoint
    from nhilint.model.vocabulary.credential import Credential

_LONG_NAMES = {
    "urn:ietf:params:oauth:grant-type:device_code": "device_code",
    "urn:ietf:params:oauth:grant-type:jwt-bearer": "jwt_bearer",
    "urn:ietf:params:oauth:grant-type:token-exchange": "token_exchange",
    "urn:ietf:params:oauth:grant-type:saml2-bearer": "saml2_bearer",
    "http://auth0.com/oauth/grant-type/password-realm": "password",
    "https://auth0.com/oauth/grant-type/password-realm": "password",
    "code": "authorization_code",
}
_ANY_PORT = Deferred(r"(?<=[\w\]]):\*(?=/|$)")
_BY_THE_APP_ITSELF = frozenset({"http", "https", ""})
"""Schemes whose host says who receives the code; other ones belong to an app on a device."""


def grant_name(text: str) -> str:
    """The short name of a grant type; any other text as it stands."""
    return _LONG_NAMES.get(text, text)


def grant_types(node: Node, responses: Node | None = None) -> Fact[tuple[str, ...]]:
    """The grant types of a list, by their short names.

    Where `responses` states what the client may ask for, and no access token is among it (`token`), the implicit flow
    gives it none: what is left says who somebody is
    (openid.net/specs/oauth-v2-multiple-response-types-1_0.html, page not re-read).
    """
    texts = node.texts()
    if not isinstance(texts, Known):
        return texts
    names = tuple(map(grant_name, texts.value))
    asked = responses.texts() if responses is not None else None
    if isinstance(asked, Known) and asked.value and not any("token" in one.split() for one in asked.value):
        names = tuple(name for name in names if name != "implicit")
    return Known(names, texts.at)


def redirects(node: Node, name: str) -> Iterator[Endpoint | Unknown]:
    """The addresses of a list, or of one text, that codes and tokens are sent to, with what they leave open."""
    for item in node.items():
        found = _of_any_port(item, name) or endpoint(item, name)
        if isinstance(found, Unknown):
            yield found
        elif found is not None:
            yield _placed_later(with_wildcard(found, str(item.value).strip()))


def _placed_later(found: Endpoint) -> Endpoint:
    """A host that only documents have stands for one that a deployment fills in, and so does `http` before it.

    What the address leaves open behind its host is stated all the same, and so is that pages receive the code.
    """
    if value_of(found.scheme) != "http" or not is_reserved_host(value_of(found.host) or ""):
        return found
    return replace(found, scheme=Unknown("an address of documents, which a deployment fills in", found.at))


def _of_any_port(item: Node, name: str) -> Endpoint | None:
    """The endpoint of an address that leaves its port open, `http://localhost:*`, which no parser takes."""
    text = str(item.value).strip() if item.is_text else ""
    if "{" in text or "://" not in text or not _ANY_PORT.search(text):
        return None
    return replace(endpoint_of(_ANY_PORT.sub("", text), item.at, name), url=Known(text, item.at))


def with_wildcard(found: Endpoint, text: str) -> Endpoint:
    """An endpoint that says which part of its address a wildcard leaves open.

    An address without a scheme begins with its host, as lists of hosts write it, unless it begins with a slash.
    """
    at = found.at
    scheme, host = value_of(found.scheme), value_of(found.host) or ""
    if not scheme and not text.startswith("/"):
        host = text.partition("/")[0].lower()
        found = replace(found, host=Known(host, at))
    if "*" not in text:
        return replace(found, wildcard=Known("none", at))
    if text.startswith("/") or (scheme not in _BY_THE_APP_ITSELF and scheme is not None):
        return replace(found, wildcard=Known("path", at))
    if host.strip("*.") == "":
        return replace(found, wildcard=Known("any", at))
    return replace(found, wildcard=Known("host" if "*" in host else "path", at))


def secrets(nodes: Iterable[tuple[str, Node]]) -> tuple[Credential, ...]:
    """The credentials at positions that hold nothing else: written in clear, or taken from elsewhere."""
    from nhilint.formats.mcp.dialect import Expansion
    from nhilint.formats.mcp.holding import Slot, read_slot

    found: list[Credential] = []
    for name, node in nodes:
        if isinstance(node.value, str) and node.value.strip("*"):
            found.extend(read_slot(node.value, Slot(name, node.at, "field", sensitive=True), Expansion())[0])
    return tuple(found)


def hours_of(seconds: Node) -> Fact[float]:
    """A lifetime in seconds, as hours; texts of digits count as numbers."""
    if isinstance(seconds.value, str) and seconds.value.isdigit() and len(seconds.value) < 12:
        return Known(int(seconds.value) / 3600, seconds.at)
    number = seconds.number()
    return Known(number.value / 3600, number.at) if isinstance(number, Known) else number


def switch(node: Node, *, default: bool | None = None) -> Fact[bool]:
    """A boolean, also one that is written as a text."""
    if node.is_text and str(node.value).lower() in {"true", "false"}:
        return Known(str(node.value).lower() == "true", node.at)
    return node.boolean(default)


def open_registration(switch_node: Node, name: str) -> tuple[Entrance | Unknown, ...]:
    """The entrance that a switch opens: clients that register themselves, without anybody who agrees (RFC 7591)."""
    state = switch(switch_node)
    if isinstance(state, Unknown):
        return (state,)
    return (registration_entrance(switch_node, name),) if state is not None and state.value else ()


def registration_entrance(node: Node, name: str) -> Entrance:
    """The entrance for clients that anybody registers, stated at a place."""
    from nhilint.model.vocabulary.app import Entrance

    return Entrance(
        at=node.at,
        name=Known(name, node.at),
        kind=Known("registration", node.at),
        open_to=Known("anyone", node.at),
    )


def says(node: Node, word: str) -> Fact[bool]:
    """Whether a key says this very word; unknown where a template fills it in, None where it is not there."""
    text = node.text()
    return Known(text.value == word, text.at) if isinstance(text, Known) else text
