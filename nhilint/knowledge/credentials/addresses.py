"""Takes an address apart where credentials may stand: `scheme://user:password@host/path?name=value`.

Offsets only; nothing is decoded or judged. References inside an address are treated as opaque, so `${PW}` or
`${{ secrets.PW }}` may stand anywhere. Splitting follows RFC 3986 section 3, but a password may hold more than that
allows, as it does in practice.
"""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct

from nhilint.knowledge.credentials.references import references_in
from nhilint.source.deferred import Deferred

LONGEST = 8192

_USERINFO = Deferred(
    r"://([^\s/?#@:\"'`<>]{0,128}):([^\s/@\"'`<>]{1,256})@([A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])"
)
_SCHEME_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+.-:")
"""Those of RFC 3986 section 3.1, and the colon that joins two schemes ("jdbc:postgresql")."""

_SHAPES_BY_SCHEME = {
    "postgres": "postgres-url",
    "postgresql": "postgres-url",
    "mysql": "mysql-url",
    "mariadb": "mysql-url",
    "mongodb": "mongodb-url",
    "redis": "redis-url",
    "rediss": "redis-url",
    "amqp": "amqp-url",
    "amqps": "amqp-url",
    "mssql": "mssql-url",
    "sqlserver": "mssql-url",
}


class Span(NamedTuple):
    """A piece of a text, by offsets."""

    start: int
    end: int


class Login(NamedTuple):
    """User, password and host of an address. The user may be empty (Redis)."""

    scheme: str
    user: Span
    password: Span
    host: Span


class Parameter(Struct, frozen=True):
    """A query parameter."""

    name: str
    value: Span


class Address(Struct, frozen=True):
    """An address taken apart. `user` stands alone when there is no password."""

    host: Span
    user: Span | None
    login: Login | None
    parameters: tuple[Parameter, ...]


def login_at(text: str, place: int) -> Login | None:
    """The login whose "://" stands at `place` of a longer text, or None."""
    found = _USERINFO.match(text, place)
    if found is None:
        return None
    start = place
    while start > max(0, place - 24) and text[start - 1] in _SCHEME_CHARACTERS:
        start -= 1
    return Login(text[start:place], Span(*found.span(1)), Span(*found.span(2)), Span(*found.span(3)))


def take_apart(url: str) -> Address | None:
    """The parts of a text that is one address, or None when it has no scheme and "://" or is longer than 8 KB."""
    separator = url.find("://")
    if separator < 1 or len(url) > LONGEST or not _SCHEME_CHARACTERS.issuperset(url[:separator]):
        return None
    opaque = _masked(url)
    start = separator + 3
    end = min((place for mark in "/?#" if (place := opaque.find(mark, start)) >= 0), default=len(url))
    at = opaque.rfind("@", start, end)
    host = Span(at + 1 if at >= 0 else start, end)
    port = opaque.rfind(":", host.start, host.end)
    if port >= 0 and not opaque.endswith("]", host.start, host.end):
        host = Span(host.start, port)
    colon = opaque.find(":", start, at) if at >= 0 else -1
    login, user = None, Span(start, at) if at >= 0 else None
    if colon >= 0:
        login, user = Login(url[:separator], Span(start, colon), Span(colon + 1, at), host), None
    return Address(host, user, login, _parameters(url, opaque, end))


def shape_id_of(scheme: str, host: str) -> str:
    """The id of the shape a login of this scheme has."""
    if host.startswith("git-codecommit."):
        return "aws-codecommit-url"
    return _SHAPES_BY_SCHEME.get(scheme.lower().rpartition(":")[2].partition("+")[0], "basic-auth-url")


def _masked(url: str) -> str:
    """The address with every reference replaced by as many letters."""
    for pointer in references_in(url):
        url = url[: pointer.start] + "R" * (pointer.end - pointer.start) + url[pointer.end :]
    return url


def _parameters(url: str, opaque: str, start: int) -> tuple[Parameter, ...]:
    query = opaque.find("?", start)
    if query < 0:
        return ()
    end = opaque.find("#", query)
    end = len(url) if end < 0 else end
    found: list[Parameter] = []
    place = query + 1
    while place < end and len(found) < 64:
        stop = min((at for mark in "&;" if (at := opaque.find(mark, place, end)) >= 0), default=end)
        equals = opaque.find("=", place, stop)
        if equals > place:
            found.append(Parameter(url[place:equals], Span(equals + 1, stop)))
        place = stop + 1
    return tuple(found)
