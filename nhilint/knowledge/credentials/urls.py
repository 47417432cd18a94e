"""Finds the credentials an address carries: before the host, in a query parameter, or as the address itself."""

from __future__ import annotations

from nhilint.knowledge.credentials.addresses import Address, Login, Parameter, shape_id_of, take_apart
from nhilint.knowledge.credentials.names import is_credential_name
from nhilint.knowledge.credentials.recognition import recognise
from nhilint.knowledge.credentials.records import catalogue
from nhilint.knowledge.credentials.scanning import scan
from nhilint.knowledge.credentials.slots import judge_password, judge_slot, shifted
from nhilint.knowledge.credentials.vocabulary import Judgement, Match, Reading, UrlCredential, literal

_QUERY_WORDS = frozenset({"key", "token", "apikey", "auth", "pwd", "pass", "access_token", "api_token", "sig"})


def find_in_url(url: str) -> tuple[UrlCredential, ...]:
    """Places of the address that carry a credential, a reference to one or a placeholder for one, in order.

    A query parameter counts by its name, the path by the shape of the whole address (an incoming webhook) or of a piece
    of it. An address without "://" has none.
    """
    address = take_apart(url)
    if address is None:
        return ()
    whole = recognise(url, "url", None, sensitive=True)
    if whole is not None and whole.match is not None:
        match = whole.match
        return (UrlCredential(match.start, match.end, "path", None, literal(match, whole.reason)),)
    host = url[address.host.start : address.host.end]
    found = [*_before_host(url, address, host)]
    found += [one for parameter in address.parameters if (one := _in_query(url, parameter, host)) is not None]
    taken = [(one.value_start, one.value_end) for one in found]
    for match in scan(url):
        if not any(match.start < end and start < match.end for start, end in taken):
            found.append(
                UrlCredential(
                    match.start, match.end, "path", None, literal(match, f"it has the shape {match.shape.id}")
                )
            )
    return tuple(sorted(found, key=lambda one: one.value_start))


def _before_host(url: str, address: Address, host: str) -> list[UrlCredential]:
    if address.login is not None:
        user, judgement = _judge_login(url, address.login, host)
        password = address.login.password
        if password.end > password.start:
            return [UrlCredential(password.start, password.end, "userinfo", user or None, judgement)]
    span = address.user or (address.login.user if address.login else None)
    if span is None or span.end == span.start:
        return []
    judgement = judge_slot(url[span.start : span.end])
    if judgement.reading in {Reading.PLAIN, Reading.PLACEHOLDER}:
        return []  # a user name
    return [UrlCredential(span.start, span.end, "userinfo", None, shifted(judgement, span.start))]


def _judge_login(url: str, login: Login, host: str) -> tuple[str, Judgement]:
    user = url[login.user.start : login.user.end]
    judgement = judge_password(user, url[login.password.start : login.password.end], host)
    if judgement.reading is not Reading.LITERAL:
        return user, judgement
    branded = judgement.match is not None and judgement.match.shape.provider != "Generic"
    if branded:
        return user, shifted(judgement, login.password.start)
    shape = catalogue().by_id[shape_id_of(login.scheme, host)].shape
    return user, literal(Match(shape, *login.password, "none"), f"a password in clear, in the shape {shape.id}")


def _in_query(url: str, parameter: Parameter, host: str) -> UrlCredential | None:
    if not (is_credential_name(parameter.name) or parameter.name.lower() in _QUERY_WORDS):
        return None
    start, end = parameter.value
    if start == end or (parameter.name == "pwd" and (host == "zoom.us" or host.endswith(".zoom.us"))):
        return None  # a meeting's passcode, which every invitation carries
    if parameter.name.lower() == "x-algolia-api-key" and "/queries?" in url:
        return None  # the key to search with, which every page that has a search box carries
    if parameter.name == "sig":
        match = next((one for one in scan(url) if one.start >= start and one.end <= end), None)
        return (
            UrlCredential(start, end, "query", "sig", literal(match, f"it has the shape {match.shape.id}"))
            if match is not None
            else None
        )
    judgement = judge_slot(_unquoted(url[start:end]), name=parameter.name, host=host, sensitive=True)
    if judgement.match is not None and "%" in url[start:end]:
        judgement = literal(Match(judgement.match.shape, 0, end - start, judgement.match.checksum), judgement.reason)
    return UrlCredential(start, end, "query", parameter.name, shifted(judgement, start))


def _unquoted(text: str) -> str:
    if "%" not in text:
        return text
    from urllib.parse import unquote

    return unquote(text)
