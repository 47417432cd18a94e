"""A text at a named position becomes the credentials that it carries or points to.

What a value is, the credential catalogue judges; here its judgement becomes a record with a place. The value itself is
dropped: a record has its shape, its place and a keyed hash.
"""

from __future__ import annotations

from re import IGNORECASE
from typing import TYPE_CHECKING, NamedTuple, cast

from msgspec import Struct
from msgspec.structs import fields, replace

from nhilint.formats.mcp.references import resolves
from nhilint.knowledge.credentials import (
    alternative,
    find_in_url,
    fingerprint,
    is_connection_name,
    is_credential_name,
    judge,
    run_key,
    scan,
)
from nhilint.knowledge.credentials.public import is_everybodys
from nhilint.knowledge.credentials.reach import POSTS_MESSAGES, only_posts
from nhilint.knowledge.credentials.references import Pointer, references_in, whole_reference
from nhilint.knowledge.credentials.vocabulary import Reading
from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.credential import Credential, CredentialLocation, CredentialPrincipal, CredentialSource
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.mcp.dialect import Expansion
    from nhilint.knowledge.credentials import Match, Shape
    from nhilint.model.place import Place

HIDDEN = "•••"
"""What stands for a credential wherever a text that held one is shown."""

BY_ITSELF = "argument"
"""The name of a position on a command line that neither an option nor a shell gives a meaning."""

_NO_PROVIDER = frozenset({"Generic", "MCP", "Agents"})
_UNMISTAKABLE_KINDS = frozenset({"private_key", "jwt"})
_SCHEME = Deferred(r"\s*(?:bearer|token|basic|apikey|api-key|ssws|bot|key)\s+(?=\S)", flags=IGNORECASE)
_HEAD_OF_A_KEY = 100
"""Where a block says that a passphrase encrypts it: in its label, or in `Proc-Type` (RFC 1421, section 4.6.1.1)."""
_SOURCES: dict[str, CredentialSource] = {
    "env": "env",
    "input": "prompted",
    "secret_store": "secret_store",
    "file": "file",
    "command": "helper_command",
    "ci_secret": "ci_secret",
    "encrypted": "secret_store",
}
_TITLES = {
    "api_key": "API key",
    "oauth_access_token": "OAuth access token",
    "oauth_refresh_token": "OAuth refresh token",
    "oauth_client_secret": "OAuth client secret",
    "access_key_id": "access key ID",
    "ci_token": "CI token",
    "scim_token": "SCIM token",
    "webhook_url": "webhook address",
    "jwt": "JSON Web Token",
    "basic_auth": "user name with password",
    "unknown": "secret",
}


class Slot(Struct, frozen=True):
    """A position that may carry a credential.

    `sensitive`: the position is one of a credential by itself. `start`: how many characters of the value at `at` stand
    before the text that is read. `host`: where the value is sent to.
    """

    name: str
    at: Place
    location: CredentialLocation
    sensitive: bool = False
    start: int = 0
    host: str | None = None


class Secret(NamedTuple):
    """Characters of a text that are a credential in clear."""

    start: int
    end: int


class _Judged(Struct, frozen=True):
    """A credential in clear: the name it goes by, where it stands, and its shape if it has one."""

    name: str
    span: Secret
    match: Match | None
    source: CredentialSource = "literal"


def read_slot(text: str, slot: Slot, expansion: Expansion) -> tuple[tuple[Credential, ...], tuple[Secret, ...]]:
    """The credentials of a text, and which of its characters must never be shown."""
    pointers = tuple(references_in(text)) or _whole(text)
    judged = (
        tuple(_in_address(text, slot))
        or tuple(_in_defaults(text, slot, pointers))
        or tuple(_in_names(text, slot, pointers))
        or _in_text(text, slot)
    )
    found = [_literal(text, one, slot) for one in judged]
    hidden = tuple(one.span for one in judged)
    spans = _secret_spans(text)
    wrongly_named = tuple(one for one in pointers if one.reference.name and is_in_clear(one.reference.name))
    found.extend(
        _pointing(text, one, slot, expansion)
        for one in pointers
        if one not in wrongly_named and _is_about_a_secret(one, slot, spans)
    )
    return tuple(found), hidden


def pointing(slot: Slot, reference: str | None, source: CredentialSource) -> Credential:
    """A credential that a key of the product itself takes from elsewhere, unless the value itself was put there."""
    if reference is not None and is_in_clear(reference):
        return _literal(reference, _Judged(slot.name, Secret(0, len(reference)), None), slot)
    return Credential(
        at=slot.at,
        name=Known(slot.name, slot.at),
        reference=Known(reference, slot.at) if reference else None,
        source=Known(source, slot.at),
        location=Known(slot.location, slot.at),
        resolves=Known(value=True, at=slot.at),
    )


def without_secrets(text: str, hidden: tuple[Secret, ...]) -> str:
    """The text with every credential replaced by dots."""
    for secret in sorted(hidden, reverse=True):
        text = text[: secret.start] + HIDDEN + text[secret.end :]
    return text


def moved(credential: Credential, at: Place) -> Credential:
    """The same credential with every fact at one place."""
    stated = {one.name: getattr(credential, one.name) for one in fields(credential) if one.name != "at"}
    known = {name: Known(fact.value, at) for name, fact in stated.items() if isinstance(fact, Known)}
    return replace(credential, at=at, **known)


def is_header_of_credential(name: str) -> bool:
    """Whether a header carries a credential: Authorization, X-Api-Key, CONTEXT7_API_KEY, Cookie …"""
    lowered = name.strip().lower()
    return lowered in {"authorization", "proxy-authorization", "cookie"} or is_credential_name(name)


def is_in_clear(text: str) -> bool:
    """Whether a text that should be a name is a credential."""
    return judge(text, name="token", sensitive=True).reading is Reading.LITERAL


def _whole(text: str) -> tuple[Pointer, ...]:
    """The pointer that a whole text is in a notation without brackets (`op://vault/item`)."""
    reference = whole_reference(text.strip()) if text.strip() else None
    return (Pointer(0, len(text), reference),) if reference is not None else ()


def _secret_spans(text: str) -> tuple[Secret, ...]:
    """Parts of an address that are the place of a credential, whatever stands there."""
    if "://" not in text:
        return ()
    start = len(text) - len(text.lstrip())
    return tuple(Secret(start + one.value_start, start + one.value_end) for one in find_in_url(text.strip()))


def _in_address(text: str, slot: Slot) -> Iterator[_Judged]:
    if "://" not in text:
        return
    start = len(text) - len(text.lstrip())
    for one in find_in_url(text.strip()):
        if one.judgement.reading is Reading.LITERAL:
            name = one.name or slot.name if one.where == "query" else slot.name
            yield _Judged(name, Secret(start + one.value_start, start + one.value_end), one.judgement.match)


def _in_defaults(text: str, slot: Slot, pointers: tuple[Pointer, ...]) -> Iterator[_Judged]:
    """Values that stand in when a pointer leads nowhere (`${NAME:-value}`)."""
    for pointer in pointers:
        default = pointer.reference.default
        if not default:
            continue
        name = pointer.reference.name or slot.name
        judgement = judge(default, name=name, host=slot.host, sensitive=slot.sensitive)
        start = text.find(default, pointer.start)
        if judgement.reading is Reading.LITERAL and start >= 0:
            yield _Judged(name, _span(default, judgement.match, start), judgement.match, "default_literal")


def _in_names(text: str, slot: Slot, pointers: tuple[Pointer, ...]) -> Iterator[_Judged]:
    """Values written where the name of a variable belongs (`${env:value}`)."""
    for pointer in pointers:
        name = pointer.reference.name
        start = text.find(name, pointer.start) if name else -1
        if name and start >= 0 and is_in_clear(name):
            match = judge(name, name=slot.name, sensitive=True).match
            yield _Judged(slot.name, _span(name, match, start), match)


def _in_text(text: str, slot: Slot) -> tuple[_Judged, ...]:
    judgement = judge(text, name=slot.name, host=slot.host, sensitive=slot.sensitive)
    if judgement.reading is not Reading.LITERAL:
        return ()
    inline = tuple(_Judged(slot.name, Secret(match.start, match.end), match) for match in scan(text))
    return inline or (_Judged(slot.name, _span(text, judgement.match, 0), judgement.match),)


def _span(text: str, match: Match | None, offset: int) -> Secret:
    """Where the credential stands; without a match it is the text behind a scheme word."""
    if match is not None:
        return Secret(offset + match.start, offset + match.end)
    scheme = _SCHEME.match(text)
    return Secret(offset + (scheme.end() if scheme else 0), offset + len(text.rstrip()))


def _literal(text: str, judged: _Judged, slot: Slot) -> Credential:
    at = _within(slot, text, judged.span)
    value = text[judged.span.start : judged.span.end]
    shape = judged.match.shape if judged.match else None
    is_of_one = shape is not None and _is_shaped(shape)
    checksum = judged.match.checksum if judged.match else "none"
    return Credential(
        at=at,
        name=Known(judged.name, at),
        type=Known(shape.id, at) if shape else None,
        type_title=Known(_title(shape, value), at) if shape else Known("a secret value", at),
        provider=Known(shape.provider, at) if shape and shape.provider not in _NO_PROVIDER else None,
        source=Known(judged.source, at),
        location=Known(slot.location, at),
        principal=Known(cast("CredentialPrincipal", shape.principal), at) if shape else None,
        shaped=Known(is_of_one, at),
        verified=Known(checksum == "passed", at) if checksum != "none" else None,
        admin=Known(shape.admin, at) if shape else None,
        test_mode=Known(shape.test, at) if shape else None,
        ends_at=Known(float(judged.match.expires), at) if judged.match and judged.match.expires is not None else None,
        said_public=Known(is_everybodys(judged.name, shape.id if shape else None), at),
        lifetime_days=Known(shape.lifetime_days, at) if shape and shape.lifetime_days is not None else None,
        never_expires=Known(shape.never_expires, at) if shape and shape.never_expires is not None else None,
        better=Known(alternative(shape.better[0]), at) if shape and shape.better else None,
        fingerprint=Known(fingerprint(value, run_key()), at),
        lessened_by=Known(POSTS_MESSAGES, at) if shape and only_posts(shape.id) else None,
    )


def _within(slot: Slot, text: str, span: Secret) -> Place:
    if slot.start == 0 and span == (0, len(text)):
        return slot.at.at_value()
    return slot.at.within_text(slot.start + span.start, slot.start + span.end)


def _is_about_a_secret(pointer: Pointer, slot: Slot, spans: tuple[Secret, ...]) -> bool:
    if any(start < pointer.end and pointer.start < end for start, end in spans):
        return True
    if pointer.reference.kind == "template" and pointer.reference.name is not None:
        return False  # a folder or setting of the editor
    if pointer.reference.kind == "command" and pointer.reference.name == "pwd":
        return slot.sensitive  # the working folder, `$(pwd)`
    names = (slot.name, pointer.reference.name or "")
    return slot.sensitive or any(is_credential_name(name) or is_connection_name(name) for name in names)


def _pointing(text: str, pointer: Pointer, slot: Slot, expansion: Expansion) -> Credential:
    at = _within(slot, text, Secret(pointer.start, pointer.end))
    reference = pointer.reference
    source = _SOURCES.get(reference.kind)
    replaced = resolves(text[pointer.start : pointer.end], expansion)
    is_unnamed = slot.location == "argument" and not slot.sensitive
    return Credential(
        at=at,
        name=Known((reference.name if is_unnamed else None) or slot.name, at),
        reference=Known(reference.name, at) if reference.name else None,
        source=Known(source, at) if source else Unknown("filled in by a template", at),
        location=Known(slot.location, at),
        positional=Known(slot.name == BY_ITSELF, at) if slot.location == "argument" else None,
        resolves=Known(replaced, at) if replaced is not None else None,
    )


def _is_shaped(shape: Shape) -> bool:
    return shape.provider not in _NO_PROVIDER or shape.kind in _UNMISTAKABLE_KINDS


def _title(shape: Shape, value: str) -> str:
    """The shape as a noun phrase with its article."""
    kind = _TITLES.get(shape.kind, shape.kind.replace("_", " "))
    if shape.kind == "private_key" and "ENCRYPTED" in value[:_HEAD_OF_A_KEY]:
        kind += " that only its passphrase guards"
    phrase = kind if shape.provider in _NO_PROVIDER else f"{shape.provider} {kind}"
    return f"an {phrase}" if phrase[0] in "AEIOaeio" else f"a {phrase}"
