"""Judges a value that stands by itself at a place: no scheme word, no address, no composite text around it.

First what it points to, then the shape it has, then, where the place calls for a credential, whether a value without a
shape looks made up by a machine or chosen as a password. The thresholds err towards silence.
"""

from __future__ import annotations

from msgspec.structs import replace

from nhilint.knowledge.credentials.examples import (
    is_default_password,
    is_documented,
    is_local_default,
    is_local_host,
    is_reserved_host,
)
from nhilint.knowledge.credentials.names import is_credential_name, is_password_name
from nhilint.knowledge.credentials.passwords import character_classes, why_weak
from nhilint.knowledge.credentials.placeholders import why_placeholder
from nhilint.knowledge.credentials.plain import is_name, why_plain
from nhilint.knowledge.credentials.recognition import PUBLIC, recognise, unbranded
from nhilint.knowledge.credentials.references import named_ciphertext, whole_reference
from nhilint.knowledge.credentials.structures import decoded
from nhilint.knowledge.credentials.vocabulary import Judgement, Match, literal, placeholder, plain, points_to
from nhilint.knowledge.credentials.words import entropy, reads_as_words

SHORTEST_TOKEN = 12
_LEAST_ENTROPY = 3.0
_HOST_WORDS = frozenset({"host", "hostname", "server", "domain", "address", "endpoint", "ip", "db_host", "your-host"})


def judge_slot(value: str, *, name: str | None = None, host: str | None = None, sensitive: bool = False) -> Judgement:
    """How a lone value reads. Match offsets count from its start."""
    reference = whole_reference(value) or (named_ciphertext(value, name) if name else None)
    if reference is not None:
        return points_to(reference)
    recognised = recognise(value, name, host, sensitive=sensitive)
    if recognised is not None:
        if recognised.match is not None:
            return literal(recognised.match, recognised.reason)
        return plain(PUBLIC) if recognised.reason == PUBLIC else placeholder(recognised.reason)
    if sensitive or (name is not None and is_credential_name(name)):
        if host and is_local_host(host) and is_default_password(value):
            return placeholder("local default")
        return _judge_shapeless(value, name)
    return plain("nothing marks it as a credential")


def judge_password(user: str, password: str, host: str) -> Judgement:
    """How the password beside a user name reads, knowing the host it opens."""
    reference = whole_reference(password)
    if reference is not None:
        return points_to(reference)
    if is_local_host(host) and is_local_default(user, password):
        return placeholder("local default")
    if host and (is_reserved_host(host) or host.lower() in _HOST_WORDS or why_placeholder(host) is not None):
        return placeholder("its host stands in documents only")
    recognised = recognise(password, None, host, sensitive=True)
    if recognised is not None and recognised.match is not None:
        return literal(recognised.match, recognised.reason)
    return _judge_shapeless(password, "password")


def shifted(judgement: Judgement, by: int) -> Judgement:
    """The judgement with the offsets of its match counted from `by` characters earlier."""
    if judgement.match is None or not by:
        return judgement
    match = replace(judgement.match, start=judgement.match.start + by, end=judgement.match.end + by)
    return replace(judgement, match=match)


def _judge_shapeless(value: str, name: str | None) -> Judgement:
    reason = why_plain(value)
    if reason or value.count(" ") >= 2:
        return plain(reason or "it is a sentence")
    is_password = name is not None and is_password_name(name)
    reason = _why_made_up(value, name, is_password=is_password)
    if reason:
        return placeholder(reason)
    if is_name(value) and not (is_password and any(character.isdigit() for character in value)):
        return plain("it is a name")
    weakness = why_weak(value) if is_password else _why_no_token(value)
    if weakness:
        return plain(weakness)
    record = unbranded(name) if name else None
    match = Match(record.shape, 0, len(value), "none") if record is not None else None
    return literal(match, "a password in clear" if is_password else "a random value where a credential belongs")


def _why_made_up(value: str, name: str | None, *, is_password: bool) -> str | None:
    reason = why_placeholder(value, name=name)
    if reason:
        return reason
    if is_documented(value):
        return "it is a documented example"
    if is_password and is_default_password(value):
        return "it is a default password"
    return "it encodes words" if _encodes_words(value) else None


def _encodes_words(value: str) -> bool:
    """Whether base64 hides a placeholder or a name, as in Kubernetes secrets of examples."""
    content = decoded(value) if len(value) >= 8 and not value.islower() else ""
    if len(content) < 5 or not content.isascii() or not content.strip().isprintable():
        return False
    text = content.strip()
    return why_placeholder(text) is not None or is_name(text) or reads_as_words(text) or why_plain(text) is not None


def _why_no_token(value: str) -> str | None:
    if any(character.isspace() for character in value) or not value.isascii():
        return "it is a sentence"
    if len(value) < SHORTEST_TOKEN or character_classes(value) < 2:
        return "it is too short or too uniform for a token"
    if entropy(value) < _LEAST_ENTROPY or reads_as_words(value):
        return "it is not random enough for a token"
    return None
