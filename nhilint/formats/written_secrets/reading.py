"""Texts of infrastructure code become the credentials that stand in them in clear.

A value with the shape of a provider's credential counts wherever it stands. One without a shape counts only where the
name or the schema calls for a secret; whether people chose it is said, because a chosen word may as well stand in for
the real one. Neither a reference nor an obvious placeholder counts, and the value itself is dropped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import fields, replace

from nhilint.formats.mcp.dialect import Expansion
from nhilint.formats.mcp.holding import Slot, read_slot
from nhilint.formats.written_secrets.script import assignments, decoded_script
from nhilint.knowledge.credentials import is_credential_name, scan
from nhilint.knowledge.credentials.names import is_password_name
from nhilint.knowledge.credentials.passwords import character_classes
from nhilint.knowledge.credentials.words import entropy, reads_as_words
from nhilint.model.fact import Known, value_of
from nhilint.model.resource import Resource

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.written_secrets.leaf import Leaf
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.credential import Credential

_PLAIN = Expansion()
_LITERAL = frozenset({"literal", "default_literal"})
_MOST = 300
_SCRIPTS = frozenset({"user_data", "user_data_base64", "custom_data", "UserData", "customData", "startup_script"})
_LONG = 16
_RANDOM = 3.4


def written_credentials(leaves: Iterable[Leaf], text: str, format_id: str) -> Iterator[Resource]:
    """The credentials in clear among the texts of a file, in order; `text` is the whole file."""
    shapes = next(scan(text), None) is not None
    seen: set[Place] = set()
    for leaf in leaves:
        for credential in _of(leaf, shapes=shapes):
            if credential.at in seen or len(seen) == _MOST:
                continue
            seen.add(credential.at)
            yield Resource("credential", value_of(credential.name) or "credential", format_id, credential)


def _of(leaf: Leaf, *, shapes: bool) -> Iterator[Credential]:
    if leaf.name in _SCRIPTS:
        script = decoded_script(leaf.text)
        if script is not None:
            yield from _script(replace(leaf, text=script, start=None), shapes=next(scan(script), None) is not None)
            return
    if "\n" in leaf.text.strip():
        yield from _script(leaf, shapes=shapes)
        return
    named = leaf.sensitive or is_credential_name(leaf.name)
    is_template = leaf.start is None and "${" in leaf.text
    if not (shapes or (named and not is_template)):
        return
    for credential in _read(leaf, leaf.name, leaf.text, 0, sensitive=named):
        if value_of(credential.shaped) or (named and not is_template):
            yield credential


def _script(leaf: Leaf, *, shapes: bool) -> Iterator[Credential]:
    """What a script or another text of several lines holds: shapes anywhere, and variables that it sets."""
    spans: list[tuple[int, int]] = []
    for match in scan(leaf.text) if shapes else ():
        spans.append((match.start, match.end))
        part = leaf.text[match.start : match.end]
        found = _read(leaf, leaf.name, part, match.start, sensitive=True)
        yield from (one for one in found if value_of(one.shaped))
    for name, value, start in assignments(leaf.text):
        if is_credential_name(name) and not any(first <= start < last for first, last in spans):
            yield from _read(leaf, name, value, start, sensitive=True)


def _read(leaf: Leaf, name: str, text: str, offset: int, *, sensitive: bool) -> Iterator[Credential]:
    slot = Slot(name, leaf.at, "field", sensitive, start=(leaf.start or 0) + offset)
    for credential in read_slot(text, slot, _PLAIN)[0]:
        if value_of(credential.source) in _LITERAL:
            shown = f"{name} of {leaf.owner}" if leaf.owner else name
            at = credential.at if leaf.start is not None else leaf.at.at_value()
            is_chosen = not value_of(credential.shaped) and is_chosen_by_hand(name, text)
            stated = replace(credential, name=Known(shown, at), source=Known("literal", at), chosen=Known(is_chosen, at))
            yield stated if leaf.start is not None else _moved(stated, at)


def is_chosen_by_hand(name: str, value: str) -> bool:
    """Whether a value without a shape reads as a word that people chose, not as one that a machine made up."""
    if not is_password_name(name) and not reads_as_words(value):
        return len(value) < _LONG
    is_random = len(value) >= _LONG and entropy(value) >= _RANDOM and character_classes(value) > 2
    return not is_random or reads_as_words(value)


def _moved(credential: Credential, at: Place) -> Credential:
    """The same credential with every fact at one place."""
    stated = {one.name: getattr(credential, one.name) for one in fields(credential) if one.name != "at"}
    known = {name: Known(fact.value, at) for name, fact in stated.items() if isinstance(fact, Known)}
    return replace(credential, at=at, **known)
