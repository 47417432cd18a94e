"""Finds credentials written into a workflow: of a known shape anywhere in it, and passwords to container registries.

A value without a shape counts only where nothing but a password belongs. Test databases and the like are given made-up
passwords in pipelines every day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.github.secrets import texts
from nhilint.formats.written_secrets.in_pipelines import may_set_credentials, set_in_clear
from nhilint.knowledge.credentials import scan
from nhilint.model.fact import value_of
from nhilint.model.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.credential import Credential, CredentialLocation
    from nhilint.source.document import Document


def literal_credentials(root: Node, document: Document) -> tuple[Credential, ...]:
    """The credentials in clear of a workflow or action, in the order of the file."""
    found = list(_registry_passwords(root))
    shaped, may_set = next(scan(document.text), None) is not None, may_set_credentials(document.text)
    for text, pointer in texts(root.value) if shaped or may_set else ():
        at = Place(root.path, pointer)
        found.extend(_shaped(text, at) if shaped else ())
        found.extend(set_in_clear(text, at, ("env",)) if may_set else ())
    return tuple({credential.at: credential for credential in found}.values())


def shown(text: str) -> str:
    """A line of a script as it may be shown: credentials replaced by dots."""
    found = sorted(scan(text), key=lambda one: one.start, reverse=True)
    if not found:
        return text
    from nhilint.formats.mcp.holding import HIDDEN

    for match in found:
        text = text[: match.start] + HIDDEN + text[match.end :]
    return text


def _shaped(text: str, at: Place) -> Iterator[Credential]:
    from nhilint.formats.mcp.dialect import Expansion
    from nhilint.formats.mcp.holding import Slot, read_slot

    name = str(at.pointer[-1]) if at.pointer else "text"
    for match in scan(text):
        part = text[match.start : match.end]
        location: CredentialLocation = "env" if "env" in at.pointer[:-1] else "text"
        slot = Slot(name, at, location, sensitive=True, start=match.start)
        credentials, _ = read_slot(part, slot, Expansion())
        yield from (one for one in credentials if value_of(one.source) == "literal" and value_of(one.shaped))


def _registry_passwords(root: Node) -> Iterator[Credential]:
    for _, job in root["jobs"].entries():
        containers = [job["container"], *(service for _, service in job["services"].entries())]
        for container in containers:
            password = container["credentials"]["password"]
            if not password.is_text or "${{" in password.value:
                continue
            from nhilint.formats.mcp.dialect import Expansion
            from nhilint.formats.mcp.holding import Slot, read_slot

            slot = Slot("password", password.at, "field", sensitive=True)
            credentials, _ = read_slot(password.value, slot, Expansion())
            yield from (one for one in credentials if value_of(one.source) == "literal")
