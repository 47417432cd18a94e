"""What a value of a Secret holds that is a document itself: settings of a program, one name and value a line.

YAML, ini files and settings of an environment are read alike, by lines; what is a command, an address or JSON in them
is read as such. A short random value under a name that ends in `key` is what charts make with `randAlphaNum 10`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.command_secrets import secrets_of_command
from nhilint.formats.mcp.dialect import Expansion
from nhilint.formats.mcp.holding import Slot, read_slot
from nhilint.formats.written_secrets.script import assignments
from nhilint.knowledge.credentials import is_credential_name
from nhilint.knowledge.credentials.names import words_of
from nhilint.model.fact import Known, value_of
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.mcp.holding import Secret
    from nhilint.model.vocabulary.credential import Credential

_LONGEST = 65_536
_SHORT_KEY = Deferred(r"(?=[^a-z]{0,10}[a-z])(?=[^A-Z]{0,10}[A-Z])(?=\D{0,10}\d)[A-Za-z0-9]{10,11}")
_AS_A_PASSWORD = "password"  # noqa: S105 - a name under which short values count


def credentials_of_document(text: str, slot: Slot) -> tuple[Credential, ...]:
    """The credentials in clear of a value of several lines, or of one that is JSON; none for any other value."""
    if ("{" not in text and "\n" not in text.strip()) or "-----BEGIN" in text:
        return ()
    inside, hidden = secrets_of_command(text, slot.at, slot.name)
    return (*inside, *_of_lines(text[:_LONGEST], slot, hidden))


def short_key(text: str, slot: Slot) -> tuple[Credential, ...]:
    """The value as a key in clear, where it is random but too short to be told for one in any other place."""
    if words_of(slot.name)[-1:] != ("key",) or _SHORT_KEY.fullmatch(text) is None:
        return ()
    found = read_slot(text, replace(slot, name=_AS_A_PASSWORD), Expansion())[0]
    return tuple(replace(one, name=Known(slot.name, one.at)) for one in found if value_of(one.source) == "literal")


def _of_lines(text: str, slot: Slot, hidden: tuple[Secret, ...]) -> Iterator[Credential]:
    for name, value, start in assignments(text):
        end = start + len(value)
        if not is_credential_name(name) or any(one.start < end and start < one.end for one in hidden):
            continue
        for credential in read_slot(value, Slot(name, slot.at, "field", sensitive=True, start=start), Expansion())[0]:
            if value_of(credential.source) == "literal":
                yield replace(credential, name=Known(f"{name} of {slot.name}", credential.at))
