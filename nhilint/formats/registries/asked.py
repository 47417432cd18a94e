"""A value that a manifest asks its users for becomes a credential, where its name says that it is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.mcp.dialect import Expansion
from nhilint.formats.mcp.holding import Slot, read_slot
from nhilint.knowledge.credentials import is_credential_name
from nhilint.model.fact import Known
from nhilint.model.vocabulary.credential import Credential

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.credential import CredentialLocation

EXPANSION = Expansion(forms=frozenset({"brace", "plugin", "mustache"}), write="${user_config.name}")
"""What these manifests replace before a server starts."""


def asked_for(
    name: str, at: Place, location: CredentialLocation, *, masked: bool | None, values: tuple[Node, ...] = ()
) -> Iterator[Credential]:
    """What stands in clear among the values that are given in advance; else the credential that is asked for.

    `masked` is whether the manifest says that the value is secret, None where its format cannot say so.
    """
    found = [c for value in values for c in _in_clear(name, value, location)]
    if found or not (is_credential_name(name) or masked):
        yield from found
        return
    yield Credential(
        at=at,
        name=Known(name, at),
        source=Known("prompted", at),
        location=Known(location, at),
        masked=Known(masked, at) if masked is not None else None,
    )


def _in_clear(name: str, value: Node, location: CredentialLocation) -> Iterator[Credential]:
    if isinstance(value.value, str):
        slot = Slot(name, value.at, location, is_credential_name(name))
        yield from (c for c in read_slot(value.value, slot, EXPANSION)[0] if c.source == Known("literal", c.at))
