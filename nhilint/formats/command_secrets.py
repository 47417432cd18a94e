"""Credentials in clear inside the text of a command: after an option, in a variable, a header, a field of JSON, an
address, or by shape.

Whatever product keeps the command, as a rule of what may run or as a hook, the words of a shell say what a value is.
References, placeholders and wildcards are none. A command is not taken apart further than that: nothing here says what
it does, and a value that a program takes without an option is found by its shape alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from nhilint.formats.mcp.dialect import Expansion
from nhilint.formats.mcp.holding import Secret, Slot, is_header_of_credential, moved, read_slot
from nhilint.knowledge.credentials import is_credential_name, scan
from nhilint.model.fact import value_of
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator
    from re import Match

    from nhilint.model.place import Place
    from nhilint.model.vocabulary.credential import Credential, CredentialLocation

LONGEST = 8_192
"""A longer command is read up to here."""

_VALUE = r"(?:\\?\"([^\"\\\n]{1,400})|\\?'([^'\\\n]{1,400})|([^\s\"'|;&()\\]{1,400}))"
_HEADER = Deferred(r"(?:^|\s)(?:-H|--header)[ =]{0,2}\\?[\"']([A-Za-z][\w-]{1,60}):[ ]{0,2}([^\"'\\\n]{1,400})")
_OPTION = Deferred(r"(?:^|\s)--([A-Za-z][\w-]{1,60})(?:=|[ ]{1,3})" + _VALUE)
_VARIABLE = Deferred(r"(?:^|[\s;&|(:\"'])(?:\$env:)?([A-Za-z_]\w{2,80})[ ]?=[ ]?" + _VALUE)
_FIELD = Deferred(r"\\?\"([A-Za-z][\w-]{1,60})\\?\"[ ]?:[ ]?\\?\"([^\"\\\n]{4,400})")
_LOGIN = Deferred(r"(?:^|\s)(?:-u|--user)[ =]{1,2}\\?[\"']?([^\s:\"'$]{1,80}):([^\s\"'\\]{1,200})")
_ADDRESS = Deferred(r"[a-z][a-z0-9+.-]{1,20}://[^\s\"'`|<>\\]{4,600}")
_BY_PROGRAM = Deferred(
    r"\b(?:(?:mysql|mysqldump|mysqladmin|mariadb)\b[^|;&\n]{0,200}?\s-p|sshpass\s{1,3}-p\s{0,3}"
    r"|redis-cli\b[^|;&\n]{0,200}?\s(?:-a|--pass)\s{1,3})" + _VALUE
)
_NO_VALUE = ("$", "`", "<", "{", "*", "%", "[", "-")
_LITERAL = frozenset({"literal", "default_literal"})
_SHELL = Expansion()


class _Part(Struct, frozen=True):
    """A piece of a command at a named position."""

    name: str
    text: str
    start: int
    location: CredentialLocation
    sensitive: bool


def secrets_of_command(
    text: str, at: Place, called: str, *, start: int | None = 0
) -> tuple[tuple[Credential, ...], tuple[Secret, ...]]:
    """The credentials in clear of a command, and which of its characters must never be shown.

    `called` names what holds the command. `start` says how many characters of what stands at `at` come before the text;
    None where the text does not stand there as it is.
    """
    text = text[:LONGEST]
    found: list[Credential] = []
    hidden: list[Secret] = []
    for part in _parts(text, called):
        end = part.start + len(part.text)
        if any(secret.start < end and part.start < secret.end for secret in hidden):
            continue
        slot = Slot(part.name, at, part.location, part.sensitive, (start or 0) + part.start)
        for credential, secret in _literals(part, slot):
            hidden.append(secret)
            found.append(credential if start is not None else moved(credential, at))
    return tuple(found), tuple(sorted(hidden))


def _literals(part: _Part, slot: Slot) -> Iterator[tuple[Credential, Secret]]:
    credentials, spans = read_slot(part.text, slot, _SHELL)
    literal = (one for one in credentials if value_of(one.source) in _LITERAL)
    for credential, span in zip(literal, spans, strict=False):
        yield credential, Secret(part.start + span.start, part.start + span.end)


def _parts(text: str, called: str) -> Iterator[_Part]:
    yield from _named(text)
    for match in _LOGIN.finditer(text):
        yield from _valued("password", match[2], match.start(2), "argument")
    for match in _BY_PROGRAM.finditer(text):
        yield from _valued("password", *_value(match, 1), "argument")
    for match in _ADDRESS.finditer(text):
        yield _Part(called, match[0].rstrip(":*),."), match.start(), "url", sensitive=False)
    for shaped in scan(text):
        yield _Part(called, text[shaped.start : shaped.end], shaped.start, "argument", sensitive=True)


def _named(text: str) -> Iterator[_Part]:
    """Values whose name says that they are credentials."""
    for match in _HEADER.finditer(text):
        if is_header_of_credential(match[1]):
            yield _Part(match[1], match[2].rstrip(), match.start(2), "header", sensitive=True)
    for match in _FIELD.finditer(text) if "{" in text else ():
        if is_credential_name(match[1]) or is_header_of_credential(match[1]):
            yield from _valued(match[1], match[2], match.start(2), "field")
    for match in _OPTION.finditer(text):
        if is_credential_name(match[1]):
            yield from _valued(f"--{match[1]}", *_value(match, 2), "argument")
    for match in _VARIABLE.finditer(text):
        if is_credential_name(match[1]):
            yield from _valued(match[1], *_value(match, 2), "env")


def _value(match: Match[str], first: int) -> tuple[str, int]:
    """The value of a match whichever quotes it has, and where it begins."""
    group = next(group for group in (first, first + 1, first + 2) if match[group] is not None)
    return match[group], match.start(group)


def _valued(name: str, value: str, start: int, location: CredentialLocation) -> Iterator[_Part]:
    value = value.rstrip("*").removesuffix(":") if value.endswith("*") else value
    if value and not value.startswith(_NO_VALUE):
        yield _Part(name, value, start, location, sensitive=True)
