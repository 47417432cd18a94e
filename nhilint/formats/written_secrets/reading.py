"""Texts of infrastructure code become the credentials that stand in them in clear.

A value with the shape of a provider's credential counts wherever it stands. One without a shape counts only where the
name or the schema calls for a secret; whether it spells a word that often stands for the real one is said. Neither a
reference nor an obvious placeholder counts, and the value itself is dropped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.command_secrets import secrets_of_command
from nhilint.formats.mcp.dialect import Expansion
from nhilint.formats.mcp.holding import Slot, moved, read_slot
from nhilint.formats.written_secrets.hosts_beside import leads_elsewhere
from nhilint.formats.written_secrets.script import assignments, decoded_script
from nhilint.knowledge.credentials import is_credential_name, scan
from nhilint.knowledge.credentials.certificates import holds_example_certificate
from nhilint.knowledge.credentials.names import is_password_name
from nhilint.knowledge.credentials.passwords import repeats_its_name_for_development
from nhilint.knowledge.credentials.public import is_public_by_design
from nhilint.knowledge.credentials.words import reads_as_words
from nhilint.model.fact import Known, value_of
from nhilint.model.resource import Resource
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.written_secrets.leaf import Leaf
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.credential import Credential

_PLAIN = Expansion()
_LITERAL = frozenset({"literal", "default_literal"})
_MOST = 300
START_SCRIPTS = frozenset(
    {"user_data", "user_data_base64", "user_data_raw", "UserData", "user-data", "metadata_startup_script"}
    | {"custom_data", "customData", "startup_script", "startup-script", "commandToExecute"}
)
"""Arguments that hold what a machine runs when it starts."""
_PUBLIC_HALVES = frozenset({"aws-access-key-id", "aws-temporary-key-id"})
"""Shapes that only name a key: without the secret beside them, which counts by itself, they open nothing."""
_LETTERS = str.maketrans("@4301$5!7", "aaeoissit")
_STAND_INS = (
    *("password", "passwd", "secret", "azure", "change", "admin", "welcome", "strong", "complex", "example"),
    *("thisiskat", "thisisdog", "mustbe8", "must_be_eight"),
)
"""The last four are what the pages about databases of Terraform's providers for Azure and AWS have in their examples
(registry.terraform.io/providers/hashicorp/azurerm and …/aws, from a survey of their sources, 2026-11-22)."""
_A_PASS = Deferred(r"(?i)(?:^|[_-])(?:pass|pwd)(?:[_-]|$)")
_IDENTIFIER = Deferred(r"[A-Za-z]+(?:[_-][A-Za-z]*\d{0,4}){1,8}")


def written_credentials(leaves: Iterable[Leaf], text: str, format_id: str) -> Iterator[Resource]:
    """The credentials in clear among the texts of a file, in order; `text` is the whole file."""
    shapes = next(scan(text), None) is not None
    sample_pair = holds_example_certificate(text)
    seen: set[Place] = set()
    for leaf in leaves:
        opens_nothing = leaf.reached_here and not leads_elsewhere(text)
        for credential in _of(leaf, shapes=shapes):
            if credential.at in seen or len(seen) == _MOST or (opens_nothing and not value_of(credential.shaped)):
                continue
            seen.add(credential.at)
            if sample_pair and value_of(credential.type) == "pem-private-key":
                credential = replace(credential, sample=Known(value=True, at=credential.at))  # noqa: PLW2901
            yield Resource("credential", value_of(credential.name) or "credential", format_id, credential)


def _of(leaf: Leaf, *, shapes: bool) -> Iterator[Credential]:
    if leaf.name in START_SCRIPTS:
        script = decoded_script(leaf.text)
        if script is not None:
            yield from _script(replace(leaf, text=script, start=None), shapes=next(scan(script), None) is not None)
            return
    if leaf.name in START_SCRIPTS and "\n" not in leaf.text.strip():
        yield from _one_line(leaf)
        return
    if "\n" in leaf.text.strip():
        yield from _script(leaf, shapes=shapes)
        return
    named = leaf.sensitive or (is_credential_name(leaf.name) and " " not in leaf.name)
    is_template = "${" in leaf.text
    if not (shapes or (named and not is_template)):
        return
    for credential in _read(leaf, leaf.name, leaf.text, 0, sensitive=named):
        if value_of(credential.shaped) or (named and not is_template):
            yield credential


def _one_line(leaf: Leaf) -> Iterator[Credential]:
    """What a script of one line holds, also within a function of ARM: `[base64('export NAME=value')]`."""
    for credential in secrets_of_command(leaf.text, leaf.at, leaf.name, start=leaf.start)[0]:
        if value_of(credential.type) not in _PUBLIC_HALVES:
            name = value_of(credential.name) or leaf.name
            yield replace(credential, name=Known(f"{name} of {leaf.owner}" if leaf.owner else name, credential.at))


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
        shape = value_of(credential.type)
        is_public = shape in _PUBLIC_HALVES or is_public_by_design(name, shape)
        shaped = value_of(credential.shaped)
        if (
            value_of(credential.source) in _LITERAL
            and not is_public
            and (shaped or not _is_a_key_of_something(name, text))
        ):
            shown = f"{name} of {leaf.owner}" if leaf.owner else name
            at = credential.at if leaf.start is not None else leaf.at.at_value()
            spelled = spells_a_stand_in(text) or repeats_its_name_for_development(text, name)
            stand_in, literal = Known(not shaped and spelled, at), Known("literal", at)
            stated = replace(credential, name=Known(shown, at), source=literal, stand_in=stand_in)
            yield stated if leaf.start is not None else moved(stated, at)


def spells_a_stand_in(value: str) -> bool:
    """Whether a value spells, maybe with other signs for some letters, a word that often stands for a password."""
    spelled = value.lower().translate(_LETTERS)
    return any(word in spelled for word in _STAND_INS) or _A_PASS.search(value) is not None


def _is_a_key_of_something(name: str, value: str) -> bool:
    """Whether the value names an entry elsewhere, as `vault_key = "main_vault2"` does."""
    return not is_password_name(name) and (reads_as_words(value) or _IDENTIFIER.fullmatch(value) is not None)
