"""Every place of a server's entry that may carry a credential, or say where one is taken from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.mcp.ambient import ambient_credential, files_of_another
from nhilint.formats.mcp.command_line import secrets_inside
from nhilint.formats.mcp.entry import walk
from nhilint.formats.mcp.holding import Slot, is_header_of_credential, pointing, read_slot
from nhilint.knowledge.credentials import is_credential_name
from nhilint.model.fact import Known, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.mcp.entry import Entry
    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.credential import Credential


def stated_credentials(entry: Entry) -> Iterator[Credential]:
    """The credentials of everything but the command line and the address, in the order of these places."""
    yield from _environment(entry)
    yield from _headers(entry)
    yield from _fields(entry)
    yield from _oauth_secrets(entry)
    yield from _taken_from_elsewhere(entry)


def headers_of(entry: Entry) -> tuple[tuple[str, Node], ...]:
    """The headers that the client sends, by name."""
    return tuple(pair for node in entry.parts(entry.dialect.keys.headers) for pair in node.entries())


def _environment(entry: Entry) -> Iterator[Credential]:
    stated = tuple(entry.part(entry.dialect.keys.environment).entries())
    said_already = files_of_another({name for name, _ in stated})
    for name, node in stated:
        ambient = ambient_credential(name, node)
        if ambient is not None:
            yield from () if name in said_already else (ambient,)
        elif isinstance(node.value, str):
            slot = Slot(name, node.at, "env", is_credential_name(name))
            credentials, hidden = read_slot(node.value, slot, entry.dialect.expansion)
            yield from (*credentials, *(() if hidden else secrets_inside(node.value, slot)[0]))


def _headers(entry: Entry) -> Iterator[Credential]:
    for name, node in headers_of(entry):
        if isinstance(node.value, str):
            slot = Slot(name, node.at, "header", is_header_of_credential(name))
            yield from read_slot(node.value, slot, entry.dialect.expansion)[0]


def _fields(entry: Entry) -> Iterator[Credential]:
    """Fields that are a credential, and free settings of which some may be."""
    for node in entry.parts(entry.dialect.keys.secrets):
        if isinstance(node.value, str):
            slot = Slot(node.key, node.at, "field", sensitive=True)
            yield from read_slot(node.value, slot, entry.dialect.expansion)[0]
        for name, inner in node.entries():
            if isinstance(inner.value, str):
                slot = Slot(name, inner.at, "field", is_credential_name(name))
                yield from read_slot(inner.value, slot, entry.dialect.expansion)[0]


def _oauth_secrets(entry: Entry) -> Iterator[Credential]:
    oauth = entry.part(entry.dialect.keys.oauth)
    for key in entry.dialect.keys.oauth_secrets:
        for node in walk(oauth, (key,)):
            if isinstance(node.value, str):
                slot = Slot(key, node.at, "field", sensitive=True)
                yield from read_slot(node.value, slot, entry.dialect.expansion)[0]


def _taken_from_elsewhere(entry: Entry) -> Iterator[Credential]:
    """Keys of the product that name a variable, a helper or a file instead of holding a value."""
    keys = entry.dialect.keys
    for item in entry.part(keys.passed_names).items() if keys.passed_names else ():
        name = item["name"].value if item.is_mapping else item.value
        if isinstance(name, str) and is_credential_name(name):
            yield pointing(Slot(name, item.at, "env"), name, keys.passed_from)
    for header, node in entry.part(keys.header_variables).entries() if keys.header_variables else ():
        if isinstance(node.value, str):
            yield pointing(Slot(header, node.at, "header"), node.value, "env")
    bearer, helper, file = (entry.part(k) for k in (keys.bearer_variable, keys.header_helper, keys.env_file))
    if isinstance(bearer.value, str):
        yield pointing(Slot("Authorization", bearer.at, "header"), bearer.value, "env")
    if isinstance(helper.value, str):
        yield pointing(Slot(helper.key, helper.at, "header"), None, "helper_command")
    if isinstance(file.value, str):
        stated = pointing(Slot(file.key, file.at, "file"), file.value, "file")
        in_clear = value_of(stated.source) != "file"
        yield stated if in_clear else replace(stated, name=Known(f"every variable of {_tail(file.value)}", file.at))


def _tail(path: str) -> str:
    """A path without the variable for the folder of the project."""
    return path.rpartition("}/")[2].removeprefix("./")
