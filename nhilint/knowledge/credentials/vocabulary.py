"""The words of this package: what a credential shape is, where one was met, and how a value reads.

Values only; nothing here decides. Offsets are character positions in the text the caller passed, end exclusive. No type
holds the credential itself.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from msgspec import Struct

Principal = Literal["human", "workload", "app", "unknown"]
Checksum = Literal["passed", "failed", "none"]
ReferenceKind = Literal["env", "input", "secret_store", "file", "template", "command", "ci_secret", "encrypted", "code"]


class Shape(Struct, frozen=True):
    """A kind of credential one provider issues.

    `kind` is the catalogue's word (api_key, personal_access_token, private_key, connection_string …). `lifetime_days`
    is the lifetime by default, None when it never ends or is not known; `never_expires` is True when no end can be set,
    None when one can be set but is not by default. `severity` is that of the leaked credential alone (critical … low).
    `better` are ids for `alternative`. `verified` says that the shape was confirmed by an independent source; an
    unverified one is used only beside a name or position. `admin` opens a whole account, `test` works in a test mode
    only, `publishable` may be seen by anyone. `names` are the variables and keys it usually stands under.
    """

    id: str
    provider: str
    kind: str
    principal: Principal
    lifetime_days: float | None
    never_expires: bool | None
    severity: str
    better: tuple[str, ...]
    url: str
    verified: bool
    admin: bool
    test: bool
    publishable: bool
    names: tuple[str, ...]


class Match(Struct, frozen=True):
    """A shape met in a text. `text[start:end]` is the credential without its label, scheme or user name.

    `checksum` is "none" when the shape has no published checksum. `expires` is the end the credential itself states
    (JWT `exp`, SAS `se`, a presigned URL), in seconds since 1970 UTC; whether it is past is for the caller's clock.
    """

    shape: Shape
    start: int
    end: int
    checksum: Checksum
    expires: int | None = None


class Reading(StrEnum):
    """How a value reads: points elsewhere, evidently not real, a credential in clear, or no credential at all."""

    REFERENCE = "reference"
    PLACEHOLDER = "placeholder"
    LITERAL = "literal"
    PLAIN = "plain"


class Reference(Struct, frozen=True):
    """A pointer to a value kept elsewhere. `name` is what it points to, where the notation says so.

    `default` is the text used when the pointer resolves to nothing (`${NAME:-default}`): the caller judges it again.
    """

    kind: ReferenceKind
    name: str | None = None
    default: str | None = None


class Judgement(Struct, frozen=True):
    """How a value reads and why: `match` only with LITERAL, `reference` only with REFERENCE; no `reason` quotes it."""

    reading: Reading
    match: Match | None
    reference: Reference | None
    reason: str


class UrlCredential(Struct, frozen=True):
    """A place in a URL that carries a credential: `url[value_start:value_end]`.

    `name` is the query parameter, the user name before the password, or None. Offsets of `judgement.match` count from
    the start of the URL.
    """

    value_start: int
    value_end: int
    where: Literal["userinfo", "query", "path"]
    name: str | None
    judgement: Judgement


def literal(match: Match | None, reason: str) -> Judgement:
    """A credential written in clear; without a match when its shape says nothing about its provider."""
    return Judgement(Reading.LITERAL, match, None, reason)


def placeholder(reason: str) -> Judgement:
    """A value that evidently is not real."""
    return Judgement(Reading.PLACEHOLDER, None, None, reason)


def plain(reason: str) -> Judgement:
    """A value that is no credential."""
    return Judgement(Reading.PLAIN, None, None, reason)


def points_to(reference: Reference) -> Judgement:
    """A value that only points to the credential."""
    return Judgement(Reading.REFERENCE, None, reference, _REFERENCE_REASONS[reference.kind])


_REFERENCE_REASONS: dict[ReferenceKind, str] = {
    "env": "taken from an environment variable",
    "input": "asked for when it is used",
    "secret_store": "kept in a secret store",
    "file": "read from a file",
    "template": "filled in by a template",
    "command": "printed by a command",
    "ci_secret": "kept in the CI system's secret store",
    "encrypted": "encrypted at rest",
    "code": "computed by code",
}
