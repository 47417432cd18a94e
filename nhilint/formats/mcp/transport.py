"""How a server is reached, as its product resolves it: by a type, by which keys are there, or by a default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.model.fact import Fact, Known, Unknown

if TYPE_CHECKING:
    from nhilint.formats.mcp.entry import Entry
    from nhilint.model.vocabulary.tool import Transport


def transport_of(entry: Entry) -> Fact[Transport]:
    """The transport; Unknown for a type that the product does not have; None when nothing says how it is reached."""
    rules, keys = entry.dialect.transports, entry.dialect.keys
    stated = entry.part(rules.type_keys)
    if stated.is_text:
        return _by_type(entry, str(stated.value))
    for key, transport in rules.by_key.items():
        if entry.part((key,)).exists:
            return Known(transport, entry.part((key,)).at)
    command = entry.part(keys.command)
    if command.exists:
        return Known("stdio", command.at)
    address = entry.part(keys.address)
    if not address.exists:
        return None
    if str(address.value).lower().startswith(("ws://", "wss://")):
        return Known("ws", address.at)
    return Known(rules.address_alone or "http", address.at)


def lacks_type(entry: Entry) -> bool:
    """Whether the product refuses this server because an address stands there without a type."""
    rules, keys = entry.dialect.transports, entry.dialect.keys
    if rules.address_alone is not None or entry.part(rules.type_keys).exists:
        return False
    return entry.part(keys.address).exists and not entry.part(keys.command).exists


def _by_type(entry: Entry, name: str) -> Fact[Transport]:
    stated = entry.part(entry.dialect.transports.type_keys)
    known = entry.dialect.transports.types.get(name)
    if known is not None:
        return Known(known, stated.at)
    if entry.dialect.transports.types:
        return Unknown(f"a type that {entry.dialect.title} does not have", stated.at)
    return Unknown("a type whose meaning is not documented", stated.at)
