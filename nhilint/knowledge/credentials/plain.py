"""Recognises values that are something else: a number, a switch, a path, an address, a version, a name.

`why_plain` says what the value is, or None when it could be a credential; `is_name` tells slugs and identifiers, which
it leaves out because a placeholder is one too. Both are asked only where no shape matched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.knowledge.credentials.words import reads_as_words, usual_pairs
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Callable

_SWITCHES_TEXT = """
true false yes no on off none null nil undefined auto always never required optional enabled disabled inherit
default basic bearer oauth oauth2 oidc jwt apikey api_key bot user anonymous public private hidden include omit
same-origin string number boolean object array
"""
_SWITCHES = frozenset(_SWITCHES_TEXT.split())
_NUMBER = Deferred(r"[-+]?[0-9][0-9_,.]*(?:[eE][-+]?[0-9]+)?(?:[a-zA-Z%]{1,4})?")
_VERSION = Deferred(r"[vV~^>=<]{0,3}[0-9]{1,9}\.[0-9][0-9.]{0,20}(?:[-+.][0-9A-Za-z.-]{1,40})?")
_COLOUR = Deferred(r"#[0-9A-Fa-f]{3,8}")
_MAIL = Deferred(r"[\w.+-]{1,80}@[\w-]{1,80}\.[\w.-]{1,120}")
_MIME = Deferred(r"(?:application|text|image|audio|video|font|multipart)/[\w.+-]{1,80}(?:;.{0,80})?")
_DATE = Deferred(r"[12][0-9]{3}-[01][0-9](?:-[0-3][0-9])?(?:[T ].{0,30})?")
_ZERO_UUID = Deferred(r"0{8}-0{4}-[0-9]?0{3,4}-0{4}-0{11}[0-9]")
_SHORT_WORD = Deferred(r"[a-z]{1,4}|v[0-9]{1,2}")
"""Short words and versions (`aws-v2-or-v4`), joined, choose something."""
_SEPARATED = Deferred(r"[^-_./:@ ,+|]+")
_PUBLIC_KEYS = ("ssh-rsa ", "ssh-ed25519 ", "ecdsa-sha2-", "age1", "-----BEGIN PUBLIC", "-----BEGIN CERTIFICATE")
_BROWSER_TOKEN = Deferred(r"pub[0-9a-f]{32}")
"""Datadog's client token, which every page that reports to it carries
(docs.datadoghq.com/account_management/api-app-keys, "Client tokens", read 2026-11-22)."""
_RUNNERS_ENTRY = Deferred(r"[A-Z2-7]{29}")
"""What a runner of GitHub Actions registers with: worthless an hour later ("Create a registration token" of
docs.github.com/rest/actions/self-hosted-runners, whose sample has this form; page not re-read)."""
_WORKERS_ENTRY = "neslat_"
"""What a worker of HashiCorp Boundary registers with: it works once, and may stay in the file afterwards
(developer.hashicorp.com/boundary/docs/v0.12.x/configuration/worker/pki-worker, read 2026-11-22)."""
_HASHES = (
    "$1$",
    "$2a$",
    "$2b$",
    "$2y$",
    "$5$",
    "$6$",
    "$y$",
    "$argon2",
    "$pbkdf2",
    "$scrypt$",
    "{SSHA",
    "{SHA",
    "pbkdf2:",
)
_USER_BEFORE = Deferred(r"[^:\s{}$]{1,64}:(?=[${])")
"""Who stands before the hash in a line of an htpasswd file (httpd.apache.org/docs/2.4/misc/password_encryptions.html,
of which the catalogue's htpasswd-entry speaks)."""
_SUFFIX_TEXT = """
.pem .key .json .yaml .yml .txt .env .crt .p12 .pfx .jks .toml .ini .cfg .conf .sh .py .js .ts .md .log .db .xml
"""
_SUFFIXES = tuple(_SUFFIX_TEXT.split())


def why_plain(value: str) -> str | None:
    """What the value is when it is no credential, or None."""
    if not value:
        return "it is empty"
    return next((reason for is_so, reason in _KINDS if is_so(value)), None)


def _is_setting(value: str) -> bool:
    return value.lower() in _SWITCHES


def _is_public(value: str) -> bool:
    return value.startswith(_PUBLIC_KEYS) or _BROWSER_TOKEN.fullmatch(value) is not None


def _is_flag(value: str) -> bool:
    return value.startswith("-") and (len(value) <= 3 or (not value.startswith("-----") and reads_as_words(value)))


def _is_identifier(value: str) -> bool:
    return value.startswith(("arn:", "urn:", "did:", "spiffe://", "data:"))


def _is_number(value: str) -> bool:
    counts = value[0].isdigit() or value[0] in "+-~^<>=vV"
    return counts and (_NUMBER.fullmatch(value) or _VERSION.fullmatch(value) or _DATE.fullmatch(value)) is not None


def _is_hash(value: str) -> bool:
    user = _USER_BEFORE.match(value)
    return value.startswith(_HASHES, user.end() if user is not None else 0)


def _has_ended(value: str) -> bool:
    return len(value) == 29 and _RUNNERS_ENTRY.fullmatch(value) is not None


def _was_spent(value: str) -> bool:
    return value.startswith(_WORKERS_ENTRY)


def _is_zero(value: str) -> bool:
    return value.startswith("00000000-") and _ZERO_UUID.fullmatch(value) is not None


def _is_colour(value: str) -> bool:
    return value[0] == "#" and _COLOUR.fullmatch(value) is not None


def _is_mail(value: str) -> bool:
    return "@" in value and _MAIL.fullmatch(value) is not None


def _is_media_type(value: str) -> bool:
    return "/" in value and _MIME.fullmatch(value) is not None


def _is_path(value: str) -> bool:
    if value.startswith(("/", "./", "../", "~/", "~\\", ".\\", "..\\", "file:")) or value[1:3] in {":\\", ":/"}:
        return value.count("=") < 1 and (value.endswith(_SUFFIXES) or _path_like(value))
    return value.endswith(_SUFFIXES) and len(value) < 200 and " " not in value


def _path_like(value: str) -> bool:
    steps = [step for step in value.replace("\\", "/").split("/") if step not in {"", ".", "..", "~"}]
    return all(len(step) < 20 or reads_as_words(step) for step in steps)


def is_name(value: str) -> bool:
    """Whether the value is words, numbers and marks of up to four characters, joined by separators, one a real word."""
    if len(value) > 200:
        return False
    segments = _SEPARATED.findall(value)
    short = all(_SHORT_WORD.fullmatch(segment) is not None for segment in segments)
    if len(segments) > 1 and (short or all(_one_case(segment) or segment.isdigit() for segment in segments)):
        return usual_pairs(value) >= 0.6
    worded = False
    for segment in segments:
        if segment.isdigit() and len(segment) <= 8:
            continue
        if len(segment) >= 4 and segment.isalpha() and reads_as_words(segment):
            worded = True
        elif len(segment) > 4 and not _worded_with_number(segment):
            return False
    return worded or (len(value) <= 8 and all(len(segment) <= 4 for segment in segments))


def _one_case(segment: str) -> bool:
    return segment.isalpha() and len(segment) <= 14 and (segment.islower() or segment.isupper() or segment.istitle())


def _worded_with_number(segment: str) -> bool:
    return len(segment.strip("0123456789")) >= len(segment) - 3 and reads_as_words(segment)


_KINDS: tuple[tuple[Callable[[str], bool], str], ...] = (
    (_is_setting, "it is a setting"),
    (_is_public, "it is public"),
    (_is_path, "it is a path"),
    (_is_flag, "it is a flag"),
    (_is_identifier, "it is an identifier"),
    (_is_hash, "it is a password hash"),
    (_is_number, "it is a number"),
    (_has_ended, "it registers a runner within an hour"),
    (_was_spent, "it registers one worker, once"),
    (_is_zero, "it is an empty identifier"),
    (_is_colour, "it is a colour"),
    (_is_mail, "it is a mail address"),
    (_is_media_type, "it is a media type"),
)
