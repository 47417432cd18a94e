"""Credentials step out of the actors that hold them and become subjects of their own, each knowing all its holders.

Two mentions are one credential when the keyed hash of their value is the same. A name alone never joins two: the same
variable means different things to different deployments. What a module of Terraform hands its actors by a variable is
told where the value is written, and not again where it arrives. A file that keeps a person's grant bears no actor's
name: a backup of it is the same grant once more.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.model.fact import Known, known_records, value_of
from nhilint.model.resource import Resource
from nhilint.model.vocabulary import Credential, Tool

if TYPE_CHECKING:
    from collections.abc import Iterator

_TERRAFORM = "terraform"
_KEPT_GRANTS = frozenset({"google-oauth-client"})
"""Formats of files in which a program keeps what a person has granted it."""


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The resources and, after them, one credential resource for each credential that one of them holds."""
    resources = tuple(_with_what_is_read(resource) for resource in resources)
    held = [(holder, credential) for holder in resources for credential in _credentials(holder)]
    holders: dict[str, dict[str, None]] = defaultdict(dict)
    for holder, credential in held:
        fingerprint = value_of(credential.fingerprint)
        if fingerprint is not None:
            holders[fingerprint][f"{_said(holder, credential)} in {holder.at.path}"] = None
    written = frozenset(_written_in_terraform(resources)) if held else frozenset()
    stepped_out = tuple(
        _step_out(holder, credential, holders)
        for holder, credential in held
        if not (holder.format.startswith(_TERRAFORM) and value_of(credential.fingerprint) in written)
    )
    return resources + stepped_out


def _written_in_terraform(resources: tuple[Resource, ...]) -> Iterator[str]:
    """The keyed hashes of values that stand in clear in files of Terraform and are told there."""
    for resource in resources:
        facts = resource.facts
        if resource.format.startswith(_TERRAFORM) and isinstance(facts, Credential):
            hashed = value_of(facts.fingerprint)
            if hashed is not None and value_of(facts.source) == "literal":
                yield hashed


def _with_what_is_read(holder: Resource) -> Resource:
    """The same tool, whose credentials know if it is off, and by their names if they open public pages alone."""
    facts = holder.facts
    if not isinstance(facts, Tool) or not isinstance(facts.credentials, tuple) or not facts.credentials:
        return holder
    stated = tuple(_reading(one, facts) if isinstance(one, Credential) else one for one in facts.credentials)
    return holder if stated == facts.credentials else replace(holder, facts=replace(facts, credentials=stated))


def _reading(credential: Credential, tool: Tool) -> Credential:
    from nhilint.knowledge.credentials.public import reads_public_pages

    if isinstance(tool.enabled, Known) and not tool.enabled.value:
        credential = replace(credential, switched_off=Known(value=True, at=tool.enabled.at))
    names = (value_of(credential.name), value_of(credential.reference))
    is_public = any(name and reads_public_pages(name) for name in names)
    return replace(credential, reads_public=Known(value=True, at=credential.at)) if is_public else credential


def _said(holder: Resource, credential: Credential) -> str:
    """Who holds a credential; in a list of servers that no product reads, the server that its entry is for."""
    kind, pointer = value_of(getattr(holder.facts, "kind", None)), credential.at.pointer
    if holder.kind == "agent" and pointer[:1] == ("mcpServers",) and len(pointer) > 1:
        return f"tool {pointer[1]}"
    is_kept = holder.format in _KEPT_GRANTS and kind == "grant"
    return "kept grant" if is_kept else f"{holder.kind} {holder.name}"


def _credentials(holder: Resource) -> Iterator[Credential]:
    many = getattr(holder.facts, "credentials", ())
    yield from known_records(many)


def _step_out(holder: Resource, credential: Credential, holders: dict[str, dict[str, None]]) -> Resource:
    fingerprint = value_of(credential.fingerprint)
    if fingerprint is not None:
        names = Known(tuple(holders[fingerprint]), credential.at)
        credential = replace(credential, holders=names)
    name = value_of(credential.name) or value_of(credential.type) or "credential"
    return Resource("credential", name, holder.format, credential, holder.setting)
