"""The address of a remote server becomes an endpoint, with the credentials in it taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.endpoints import endpoint_of
from nhilint.formats.mcp.holding import HIDDEN, Slot, is_in_clear, read_slot, without_secrets
from nhilint.knowledge.credentials.references import references_in
from nhilint.model.fact import Unknown

if TYPE_CHECKING:
    from nhilint.formats.mcp.dialect import Expansion
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.capability import Endpoint
    from nhilint.model.vocabulary.credential import Credential

_MOST_PARTS = 40
_FILLED_IN = "an address that a variable decides"


def shown_address(text: str) -> str:
    """An address that may be shown: without login, query and every part of the path that could be a credential."""
    scheme, separator, rest = text.partition("://")
    host, *path = rest.partition("?")[0].partition("#")[0].split("/")
    shown = [HIDDEN if is_in_clear(part) else part for part in path[:_MOST_PARTS]]
    return "/".join([f"{scheme}{separator}{host.rpartition('@')[2]}", *shown])


def read_address(text: str, at: Place, name: str, expansion: Expansion) -> tuple[Endpoint, tuple[Credential, ...]]:
    """The endpoint of an address as far as it is written out, and the credentials that it carries."""
    credentials, hidden = read_slot(text, Slot(name, at, "url"), expansion)
    shown = without_secrets(text, hidden)
    endpoint = endpoint_of(shown_address(shown) if "://" in shown else shown, at, name)
    scheme, separator, rest = shown.partition("://")
    host = rest.partition("/")[0].partition("?")[0] if separator else ""
    if any(references_in(host)) or not separator or any(references_in(scheme)):
        unknown = Unknown(_FILLED_IN, at)
        endpoint = replace(endpoint, host=unknown, reach=unknown)
        if not separator or any(references_in(scheme)):
            endpoint = replace(endpoint, url=unknown, scheme=unknown)
    return endpoint, credentials
