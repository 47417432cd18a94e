"""An address as written becomes an endpoint: its scheme, its host, and from where that host can be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast
from urllib.parse import urlsplit

from nhilint.knowledge.hosts import reach
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.vocabulary.capability import Endpoint

if TYPE_CHECKING:
    from nhilint.formats.node import Node
    from nhilint.model.place import Place

Reach = Literal["loopback", "local_name", "private", "public"]


def endpoint(node: Node, name: str | None = None) -> Endpoint | Unknown | None:
    """The endpoint that a node states; None when it states none."""
    text = node.text()
    if text is None or isinstance(text, Unknown):
        return text
    return endpoint_of(text.value, node.at, name or node.key)


def endpoint_of(url: str, at: Place, name: str) -> Endpoint:
    """The endpoint of an address. What cannot be told from it is unknown; credentials and query are left out."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").lower()
        place = f"[{host}]" if ":" in host else host
        place += f":{parts.port}" if parts.port is not None else ""
    except ValueError:
        reason = "not a valid address"
        unknown = Unknown(reason, at)
        return Endpoint(at=at, name=Known(name, at), url=unknown, scheme=unknown, host=unknown, reach=unknown)
    shown = f"{parts.scheme}://{place}{parts.path}" if parts.scheme else url.split("?", 1)[0]
    return Endpoint(
        at=at,
        name=Known(name, at),
        url=Known(shown, at),
        scheme=Known(parts.scheme.lower(), at),
        host=Known(host, at),
        reach=_reach(host, at),
    )


def _reach(host: str, at: Place) -> Fact[Reach]:
    found = reach(host).value if host else "unknown"
    return (
        Unknown("a host that is only known when it runs", at) if found == "unknown" else Known(cast("Reach", found), at)
    )
