"""Finds the shape of one value: by its own fixed texts, by parsing it, or by the name and host it stands beside.

Which shapes may be tried follows from their anchor. A `self` shape needs nothing else once verified; a `context` shape
(and an unverified one) is tried only when the name or host speaks of its provider; `structure` shapes are parsed.
The outcome is a match, or the reason why a value of that shape is not real.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from nhilint.knowledge.credentials.checksums import verify
from nhilint.knowledge.credentials.examples import is_documented, is_documented_jwt, is_loopback
from nhilint.knowledge.credentials.expiry import address_around, stated_end
from nhilint.knowledge.credentials.names import GENERIC_WORDS, is_credential_name, speaks_of, words_of
from nhilint.knowledge.credentials.passwords import why_weak
from nhilint.knowledge.credentials.patterns import Found, Pattern
from nhilint.knowledge.credentials.placeholders import why_placeholder
from nhilint.knowledge.credentials.records import Record, Structure, Text, catalogue
from nhilint.knowledge.credentials.references import whole_reference
from nhilint.knowledge.credentials.structures import (
    decoded,
    has_whole_signature,
    json_object,
    json_record,
    jwt_record,
    pem_at,
    pem_record,
    read_jwt,
)
from nhilint.knowledge.credentials.vocabulary import Match

if TYPE_CHECKING:
    from collections.abc import Iterator

PUBLIC = "it is meant to be public"
_REFERRED = "a reference stands for it"
_UNBRANDED = frozenset({"Generic", "MCP", "Agents", "A2A", "OpenAPI tools"})
_CONTEXT_FLOOR = 3.0
_PASSWORD_KINDS = frozenset({"password", "connection_string"})
_URL_SHAPES = frozenset(
    {
        "amqp-url",
        "aws-codecommit-url",
        "basic-auth-url",
        "git-credentials-file",
        "mongodb-url",
        "mssql-url",
        "mysql-url",
        "postgres-url",
        "redis-url",
    }
)
"""Shapes `scheme://user:password@host`, read by `urls` and not by a pattern."""


_OF_NPGSQL = "npgsql-connection"
"""A shape that settings for developers hold as well, with the database on their own machine."""


class Recognised(Struct, frozen=True):
    """A value of a known shape: the match, or why it is not real."""

    match: Match | None
    reason: str


def confirmed(record: Record, text: str, found: Found, *, name: str | None = None) -> Recognised:
    """Checks what a pattern found: checksum, companions, documented examples, placeholder grammar."""
    whole, value = text[found.start : found.end], text[found.value_start : found.end]
    checksum = verify(record.checksum, whole)
    if checksum == "failed":
        return Recognised(None, "its checksum does not hold")
    expires = None
    if record.companions:
        address = address_around(text, found.start, found.end)
        if not all(companion in address for companion in record.companions):
            return Recognised(None, "it is a signature without the rest of its request")
        expires = stated_end(address)
    if is_documented(whole) or (value != whole and is_documented(value)):
        return Recognised(None, "it is a documented example")
    if record.shape.id == _OF_NPGSQL and is_loopback(_first_value(whole)):
        return Recognised(None, "it opens a database of this machine")
    floor = _CONTEXT_FLOOR if record.anchor == "context" and "token" not in _sets(record) else 2.5
    reason = why_placeholder(value, found.body, name=name, floor=floor)
    if not reason and value != whole and record.shape.kind in _PASSWORD_KINDS and not _keyed(record):
        reason = _REFERRED if _is_filled_in(value) else why_weak(value)
    if reason:
        return Recognised(None, reason)
    return Recognised(Match(record.shape, found.value_start, found.end, checksum, expires), _reason(record))


def _is_filled_in(value: str) -> bool:
    """Whether the whole of a labelled value, `Password=${var.login}`, is a reference that states no default."""
    reference = whole_reference(value)
    return reference is not None and reference.default is None


def _first_value(pairs: str) -> str:
    """The value of the first pair of `Host=db.example.com:5432;Database=shop`, without a port or a second host."""
    return re.split(r"[;,:]", pairs.partition("=")[2], maxsplit=1)[0].strip()


def recognise(value: str, name: str | None, host: str | None, *, sensitive: bool) -> Recognised | None:
    """The shape a whole value has at this place, or None when no shape that may be tried here fits."""
    structured = _structured(value, name)
    if structured is not None:
        return structured
    for pattern in _candidates(value, name, host, sensitive=sensitive):
        found = pattern.whole(value) if pattern.may_be(value) else None
        if found is not None:
            if pattern.record.shape.publishable:
                return Recognised(None, PUBLIC)
            return confirmed(pattern.record, value, found, name=name)
    return None


def unbranded(name: str) -> Record | None:
    """The shape without a provider whose names end this name (generic-password, jwt-signing-secret …), or None."""
    for pattern in _named(words_of(name)):
        if pattern.record.shape.provider in _UNBRANDED and _is_shapeless(pattern):
            return pattern.record
    return None


def _is_shapeless(pattern: Pattern) -> bool:
    return not pattern.anchors and "token" in _sets(pattern.record)


def jwt_match(token: str, start: int, name: str | None) -> Recognised | None:
    """The shape of a JSON Web Token that begins at `start` of the caller's text, or None when it is none."""
    parsed = read_jwt(token)
    if parsed is None:
        return None
    if is_documented_jwt(token, parsed.claims):
        return Recognised(None, "it is a documented example")
    if not has_whole_signature(token, parsed):
        return Recognised(None, "its signature is not as long as its algorithm makes one")
    record = jwt_record(parsed, name)
    if record.shape.publishable or parsed.claims.get("role") == "anon":
        return Recognised(None, PUBLIC)
    match = Match(record.shape, start, start + len(token), "none", parsed.expires)
    return Recognised(match, _reason(record))


@cache
def patterns() -> tuple[Pattern, ...]:
    """A pattern for every shape that has one, in catalogue order."""
    return tuple(
        Pattern(record)
        for record in catalogue().records
        if not isinstance(record.parts[0], Structure)
        and record.anchor != "position"
        and record.shape.id not in _URL_SHAPES
    )


def _structured(value: str, name: str | None) -> Recognised | None:
    if value.startswith("eyJ") and value.count(".") == 2:
        return jwt_match(value, 0, name)
    if value.startswith("-----BEGIN "):
        block = pem_at(value, 0)
        if block is None:
            return Recognised(None, "it is a key block without a key") if "PRIVATE KEY" in value[:60] else None
        record = pem_record(block[1], name)
        return Recognised(Match(record.shape, 0, block[0], "none"), _reason(record))
    if value.startswith("{") and len(value) > 60:
        return _file(value, len(value))
    if len(value) > 100 and value.startswith(("LS0tLS1CRUdJTi", "ew", "eyJ0eXBlIj")):
        return _wrapped(value, name)
    return None


def _file(content: str, length: int) -> Recognised | None:
    fields = json_object(content)
    record = json_record(fields) if fields is not None else None
    if record is None or fields is None:
        return None
    key = fields.get("private_key")
    if isinstance(key, str) and pem_at(key, 0) is None:
        return Recognised(None, "it is a key file without a key")
    return Recognised(Match(record.shape, 0, length, "none"), _reason(record))


def _wrapped(value: str, name: str | None) -> Recognised | None:
    content = decoded(value)
    if content.startswith("{"):
        return _file(content, len(value))
    block = pem_at(content, 0) if content else None
    if block is None:
        return None
    record = pem_record(block[1], name)
    return Recognised(Match(record.shape, 0, len(value), "none"), _reason(record))


def _candidates(value: str, name: str | None, host: str | None, *, sensitive: bool) -> Iterator[Pattern]:
    words = words_of(name) if name else ()
    varied = _is_varied(value)
    named = [one for one in _named(words) if one.record.shape.provider not in _UNBRANDED] if varied else []
    yield from named
    by_start, by_inner_text = _by_text()
    for pattern in (*by_start.get(value[:3], ()), *by_inner_text):
        if pattern.record.shape.verified or sensitive:
            yield pattern
    if varied and (sensitive or (name and is_credential_name(name))):
        by_word = _by_provider_word()
        for hint in by_word.keys() & {*words, *(words_of(host) if host else ())}:
            yield from (pattern for pattern in by_word[hint] if pattern not in named)


def _is_varied(value: str) -> bool:
    """Whether a value has a digit or both cases, as every made-up credential does; most other values end here."""
    mixed = not value.islower() and not value.isupper()
    return len(value) >= 8 and (mixed or any(character.isdigit() for character in value))


def _named(words: tuple[str, ...]) -> Iterator[Pattern]:
    """Context and unverified patterns one of whose names ends these words, the longest name first."""
    by_name = _by_name() if words else {}
    for start in range(len(words)):
        yield from by_name.get(words[start:], ())


@cache
def _by_text() -> tuple[dict[str, list[Pattern]], list[Pattern]]:
    """Self-anchored patterns by the three characters they start with, and those with their fixed text inside."""
    by_start: dict[str, list[Pattern]] = {}
    by_inner_text: list[Pattern] = []
    for pattern in patterns():
        if pattern.record.anchor == "self" and pattern.lead:
            by_inner_text.append(pattern)
        elif pattern.record.anchor == "self":
            for start in {anchor[:3] for anchor in pattern.anchors}:
                by_start.setdefault(start, []).append(pattern)
    return by_start, by_inner_text


@cache
def _by_name() -> dict[tuple[str, ...], list[Pattern]]:
    """Patterns that need a name, by the words of each of theirs that tells enough."""
    found: dict[tuple[str, ...], list[Pattern]] = {}
    for pattern in patterns():
        shape = pattern.record.shape
        if pattern.record.anchor != "context" and shape.verified:
            continue
        telling = bool(pattern.anchors) or shape.provider in _UNBRANDED
        for name in shape.names:
            words = words_of(name)
            if "*" not in name and words and (telling or not GENERIC_WORDS.issuperset(words)):
                found.setdefault(words, []).append(pattern)
    return found


@cache
def _by_provider_word() -> dict[str, list[Pattern]]:
    """Patterns that need a name or host, by the words that speak of their provider."""
    found: dict[str, list[Pattern]] = {}
    for pattern in patterns():
        shape = pattern.record.shape
        if (pattern.record.anchor == "context" or not shape.verified) and shape.provider not in _UNBRANDED:
            for word in speaks_of(shape.provider, shape.names):
                found.setdefault(word, []).append(pattern)
    return found


def _keyed(record: Record) -> bool:
    """Whether the labelled value is a key a machine made, and not a password."""
    return "base64" in _sets(record)


def _sets(record: Record) -> set[str]:
    return {part.set for part in record.parts if not isinstance(part, Text | Structure)}


def _reason(record: Record) -> str:
    return f"it has the shape {record.shape.id}"
