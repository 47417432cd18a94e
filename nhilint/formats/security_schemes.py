"""Security schemes as service descriptions write them become ways to prove who one is. Shared by A2A and OpenAPI.

Sources: spec.openapis.org/oas/v3.2.0.html#security-scheme-object and v2.0, a2a-protocol.org/latest/specification (1.0
wraps each scheme in a key of its kind and adds deviceCode), asyncapi.com/docs/reference/specification/v3.0.0, partly
read 2026-11-22.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Literal

from nhilint.formats.endpoints import endpoint
from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.capability import AuthScheme, Endpoint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node

SchemeKind = Literal["api_key", "password", "token", "oauth", "mutual_tls", "other"]
Flow = Literal["implicit", "password", "client_credentials", "authorization_code", "device_code"]

KeyPlace = Literal["header", "query", "cookie"]

_MOST = 100
_PLACES: dict[str, KeyPlace] = {"header": "header", "query": "query", "cookie": "cookie"}
_KINDS: dict[str, SchemeKind] = {
    "apikey": "api_key",
    "httpapikey": "api_key",
    "basic": "password",
    "userpassword": "password",
    "plain": "password",
    "oauth2": "oauth",
    "openidconnect": "oauth",
    "mutualtls": "mutual_tls",
    "x509": "mutual_tls",
}
_WRAPPED = {
    "apiKeySecurityScheme": "apikey",
    "httpAuthSecurityScheme": "http",
    "oauth2SecurityScheme": "oauth2",
    "openIdConnectSecurityScheme": "openidconnect",
    "mtlsSecurityScheme": "mutualtls",
}
_FLOWS: dict[str, Flow] = {
    "implicit": "implicit",
    "password": "password",
    "clientCredentials": "client_credentials",
    "application": "client_credentials",
    "authorizationCode": "authorization_code",
    "accessCode": "authorization_code",
    "deviceCode": "device_code",
    "deviceAuthorization": "device_code",
}
_ADDRESSES = ("authorizationUrl", "tokenUrl", "refreshUrl", "deviceAuthorizationUrl", "openIdConnectUrl")


def schemes_of(holder: Node, required: frozenset[str]) -> tuple[AuthScheme, ...]:
    """The schemes of a mapping by name, OAuth ones once for each flow. `required` are those that some call needs."""
    return tuple(
        scheme
        for name, node in islice(holder.entries(), _MOST)
        if node.is_mapping
        for scheme in _scheme(name, node, required=name in required)
    )


def _scheme(name: str, node: Node, *, required: bool) -> Iterator[AuthScheme]:
    wrapper = next((key for key in _WRAPPED if node[key].is_mapping), None)
    inner = node[wrapper] if wrapper is not None else node
    stated = _WRAPPED[wrapper] if wrapper is not None else str(inner["type"].value).lower()
    kind = _http_kind(inner) if stated == "http" else _KINDS.get(stated, "other")
    flows: list[tuple[Flow | None, Node]] = [*_flows(inner)] if stated == "oauth2" else []
    for flow, at in flows or [(None, inner)]:
        yield AuthScheme(
            at=at.at,
            name=Known(name, node.at),
            kind=Known(kind, node.at),
            key_in=_key_in(inner) if kind == "api_key" else None,
            flow=Known(flow, at.at) if flow is not None else None,
            addresses=tuple(_addresses(at)),
            required=Known(required, node.at),
        )


def _http_kind(node: Node) -> SchemeKind:
    return "password" if str(node["scheme"].value).lower() in ("basic", "digest") else "token"


def _flows(node: Node) -> Iterator[tuple[Flow, Node]]:
    """The flows of a mapping; in OpenAPI 2 a scheme has one."""
    for name, flow in node["flows"].entries():
        if name in _FLOWS and flow.is_mapping:
            yield _FLOWS[name], flow
    alone = node["flow"].value
    if isinstance(alone, str) and alone in _FLOWS:
        yield _FLOWS[alone], node


def _key_in(node: Node) -> Known[KeyPlace] | None:
    place = node.first("in", "location")
    known = _PLACES.get(place.value if isinstance(place.value, str) else "")
    return Known(known, place.at) if known is not None else None


def _addresses(node: Node) -> Iterator[Endpoint | Unknown]:
    for name in _ADDRESSES:
        found = endpoint(node[name], name)
        if found is not None:
            yield found
