"""Outputs of a Bicep file that give a secret: what a `list…` function returns, or a parameter that is marked secure or
that a resource of the file takes as its password.

A deployment keeps its outputs, and whoever may read it sees them. An output that `@secure()` marks is not kept in
clear, and one before which the author switched Bicep's own rule off was thought about. Keys that only query a search
index or write telemetry open little and are left out, as is an output that an expression chooses among others.
Source: learn.microsoft.com/azure/azure-resource-manager/bicep/linter-rule-outputs-should-not-contain-secrets and
…/bicep/outputs (secure outputs), read 2026-11-22.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from nhilint.formats.azure.tree import Array, Call, Loop, Member, Name, Object, Text
from nhilint.formats.azure.written import is_marked
from nhilint.model.fact import Known
from nhilint.model.place import Place
from nhilint.model.resource import Resource
from nhilint.model.vocabulary.credential import Credential, CredentialCopy
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nhilint.formats.azure.tree import Declaration, Expr
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

LISTS: Final = frozenset(
    {
        *("listkeys", "listadminkeys", "listconnectionstrings", "listcredentials", "listsecrets", "listauthkeys"),
        *("listclusteradmincredential", "listaccountsas", "listservicesas", "listpublishingcredentials"),
    }
)
"""Functions that return keys, in small letters."""
GIVES_NO_SECRET: Final = frozenset(
    {"keyname", "name", "id", "username", "creationtime", "permissions", "publishingusername"}
)
"""What such a function returns beside the secret."""
OPENS_LITTLE: Final = ("microsoft.operationalinsights/", "microsoft.insights/")
"""How the types of resources begin whose keys only write telemetry."""
CALLED_SECRET: Final = Deferred(r"passw|pwd|secret|key|token|connection", flags=re.IGNORECASE)
"""Names of parameters that hold a secret, and not only what is kept from logs with it."""
_OF_PASSWORDS: Final = Deferred(r"password$", flags=re.IGNORECASE)
"""How the properties of resources end that take a password (administratorLoginPassword, adminPassword)."""
_SWITCHED_OFF = "outputs-should-not-contain-secrets"
_ASKED = Deferred(
    r"^(?!(?:az\.)?list)(\w{1,100})|\blist\w{1,40}\(\s{0,9}(?:'\$\{)?(\w{1,100})(?=[.,)}])", flags=re.IGNORECASE
)
"""Whose keys a call gives: what stands before the function, or the resource whose id is its first argument."""
_BEFORE = 300
MOST: Final = 100
"""Outputs of a file that are told."""


class _File(NamedTuple):
    """The text of a file, what its resources are by their names, and its parameters that hold a secret."""

    source: str
    kinds: Mapping[str, str]
    secure: frozenset[str]


def shown_in_bicep(document: Document, declared: Sequence[Declaration], claim: Claim) -> Iterator[Resource]:
    """The outputs that give a secret, as one credential at the first of them."""
    source = document.text
    file = _File(
        source,
        {one.name: one.of.lower() for one in declared if one.keyword == "resource"},
        frozenset(one.name for one in declared if one.keyword == "param" and _is_secure(one, source))
        | frozenset(name for one in declared if one.keyword == "resource" for name in _taken_as_password(one.value)),
    )
    shown = [
        (one, given)
        for one in declared
        if one.keyword == "output" and one.value is not None and not _is_kept_back(one, source)
        if (given := next(_secrets(one.value, file), None)) is not None
    ][:MOST]
    if not shown:
        return
    first, given = shown[0]
    at = _place(document, first)
    copies = tuple(CredentialCopy(at=_place(document, one), name=Known(one.name, at)) for one, _ in shown[1:])
    credential = Credential(
        at=at,
        name=Known(first.name, at),
        reference=Known(given, at),
        shown_by_outputs=Known(value=True, at=at),
        copies=copies,
    )
    yield Resource("credential", first.name, claim.format, credential)


def _is_secure(declared: Declaration, source: str) -> bool:
    return is_marked(declared, source) and CALLED_SECRET.search(declared.name) is not None


def _taken_as_password(value: Expr | None) -> Iterator[str]:
    """The names that properties for a password take their value from, anywhere in a resource."""
    if isinstance(value, Object):
        for key, inner in value.entries:
            if isinstance(inner, Name) and _OF_PASSWORDS.search(key) is not None:
                yield inner.name
            else:
                yield from _taken_as_password(inner)
    elif isinstance(value, Array):
        for item in value.items:
            yield from _taken_as_password(item)
    elif isinstance(value, Loop):
        yield from _taken_as_password(value.body)


def _place(document: Document, declared: Declaration) -> Place:
    return Place(document.path).within_text(declared.start, declared.start + len("output ") + len(declared.name))


def _is_kept_back(declared: Declaration, source: str) -> bool:
    before = source[max(0, declared.start - _BEFORE) : declared.start].rstrip().rsplit("\n", maxsplit=1)[-1]
    return is_marked(declared, source) or _SWITCHED_OFF in before


def _secrets(value: Expr, file: _File) -> Iterator[str]:
    """What in a value is secret, in words of the file."""
    if isinstance(value, Name):
        if value.name in file.secure:
            yield f"the parameter {value.name}"
    elif isinstance(value, Text):
        for part in value.parts:
            if not isinstance(part, str):
                yield from _secrets(part, file)
    elif isinstance(value, Object):
        for _, inner in value.entries:
            yield from _secrets(inner, file)
    elif isinstance(value, Member | Call):
        yield from _listed(value, file)


def _listed(value: Member | Call, file: _File) -> Iterator[str]:
    """The function whose answer, or whose secret part, a value is, and of what."""
    if isinstance(value, Member) and isinstance(value.name, str) and value.name.lower() in GIVES_NO_SECRET:
        return
    here: Expr = value
    while isinstance(here, Member):
        here = here.base
    if not isinstance(here, Call) or here.name.lower() not in LISTS:
        return
    asked = _ASKED.search(file.source[here.start : here.end])
    owner = (asked[1] or asked[2]) if asked is not None else ""
    if not file.kinds.get(owner, "").startswith(OPENS_LITTLE):
        yield f"{here.name}() of {owner}" if owner else f"{here.name}()"
