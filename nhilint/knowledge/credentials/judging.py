"""Judges a value at a named position: takes off what stands around the credential, then judges what is left.

Around it may stand a scheme word (`Bearer …`), a label (`--token=…`, `Authorization: …`), an address, or text with
references in it. Offsets of a match always count from the start of the value as it was passed.
"""

from __future__ import annotations

from itertools import islice

from nhilint.knowledge.credentials.names import is_credential_name
from nhilint.knowledge.credentials.recognition import recognise
from nhilint.knowledge.credentials.records import catalogue
from nhilint.knowledge.credentials.references import references_in, whole_reference
from nhilint.knowledge.credentials.scanning import scan
from nhilint.knowledge.credentials.slots import judge_password, judge_slot, shifted
from nhilint.knowledge.credentials.structures import decoded
from nhilint.knowledge.credentials.urls import find_in_url
from nhilint.knowledge.credentials.vocabulary import (
    Judgement,
    Match,
    Reading,
    literal,
    placeholder,
    plain,
    points_to,
)
from nhilint.source.deferred import Deferred

LONGEST = 65_536
"""A longer value is judged by its first 64 KB."""

_SCHEME = Deferred(r"(?i:bearer|token|basic|apikey|api-key|ssws|bot|key)\s+(?=\S)")
_LABELLED = Deferred(r"(?:--?|export )?([A-Za-z][\w.-]{1,80})(?:=|:\s+)(?=\S)")
_ORDER = (Reading.LITERAL, Reading.REFERENCE, Reading.PLACEHOLDER)


def judge(value: str, *, name: str | None = None, host: str | None = None, sensitive: bool = False) -> Judgement:
    """How the value of a variable, header, argument or key reads.

    `name` is the position's name; it decides which shapes without fixed texts are tried and whether a value without any
    shape counts at all. `host` is the host the value is sent to. `sensitive` says that the position is a credential's
    by itself (an Authorization header, a password field). A reference's `default` is not judged here.
    """
    text = value[:LONGEST].strip()
    if not text:
        return plain("it is empty")
    offset = value.index(text[0])
    return shifted(_judge(text, name, host, sensitive=sensitive, depth=0), offset)


def _judge(text: str, name: str | None, host: str | None, *, sensitive: bool, depth: int) -> Judgement:
    reference = whole_reference(text)
    if reference is not None:
        return points_to(reference)
    inner = _without_label(text, name, host, sensitive=sensitive, depth=depth) if depth < 3 else None
    if inner is not None:
        return inner
    if "://" in text[:80] and " " not in text.partition("://")[0]:
        return _judge_address(text, name)
    judgement = judge_slot(text, name=name, host=host, sensitive=sensitive)
    if judgement.match is not None or judgement.reading is Reading.REFERENCE:
        return judgement
    return _judge_mixed(text) or judgement


def _without_label(text: str, name: str | None, host: str | None, *, sensitive: bool, depth: int) -> Judgement | None:
    """The judgement of what follows a scheme word or a label, or None when the text begins with neither."""
    scheme = _SCHEME.match(text) if " " in text[:10] else None
    if scheme is not None:
        rest = text[scheme.end() :]
        if scheme[0].strip().lower() == "basic":
            return _judge_basic(rest, scheme.end(), host)
        if " " in rest and whole_reference(rest) is None and not rest.startswith(("$", "{", "<")):
            return None
        return shifted(_judge(rest, name, host, sensitive=True, depth=depth + 1), scheme.end())
    label = _LABELLED.match(text) if "=" in text[:84] or ": " in text[:84] else None
    if label is None or not (is_credential_name(label[1]) or label[1].lower() == "authorization"):
        return None
    marked = label[1].lower() == "authorization"
    rest = text[label.end() :]
    return shifted(_judge(rest, label[1], host, sensitive=marked or sensitive, depth=depth + 1), label.end())


def _judge_basic(token: str, offset: int, host: str | None) -> Judgement:
    """`Basic` credentials: base64 of `user:password` (RFC 7617)."""
    reference = whole_reference(token)
    if reference is not None:
        return points_to(reference)
    user, colon, password = decoded(token).partition(":")
    if not colon:
        first = next(references_in(token), None)
        return points_to(first.reference) if first else placeholder("it is no encoded user and password")
    judgement = judge_password(user, password, host or "") if password else judge_slot(user)
    if judgement.reading is not Reading.LITERAL:
        return judgement
    branded = judgement.match is not None and judgement.match.shape.provider != "Generic"
    shape = judgement.match.shape if branded and judgement.match else catalogue().by_id["http-basic-header"].shape
    return literal(Match(shape, offset, offset + len(token), "none"), "user and password, encoded but not protected")


def _judge_address(text: str, name: str | None) -> Judgement:
    whole = recognise(text, name, None, sensitive=True)
    if whole is not None and whole.match is not None:
        return literal(whole.match, whole.reason)
    found = find_in_url(text)
    for reading in _ORDER:
        for credential in found:
            if credential.judgement.reading is reading:
                return credential.judgement
    if name is not None and is_credential_name(name):
        return _judge_mixed(text) or plain("it is an address")
    return _judge_mixed(text) or plain("it is an address without a credential")


def _judge_mixed(text: str) -> Judgement | None:
    """A text around the credential: a shape that needs no name wins, then a reference."""
    if len(text) >= 20:
        match = next(islice(scan(text), 1), None)
        if match is not None:
            return literal(match, f"it holds the shape {match.shape.id}")
    pointer = next(references_in(text), None)
    return points_to(pointer.reference) if pointer is not None else None
