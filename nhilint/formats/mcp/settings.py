"""Settings of a server that do nothing here, although whoever wrote them relies on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.mcp.cures import cure_of
from nhilint.formats.mcp.transport import lacks_type
from nhilint.model.fact import Known, value_of
from nhilint.model.vocabulary.tool import IneffectiveSetting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.mcp.entry import Entry
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.credential import Credential


def ineffective_settings(entry: Entry, credentials: Iterable[Credential]) -> Iterator[IneffectiveSetting]:
    """Keys that the product ignores, entries that it never starts, and pointers that it hands on as text."""
    dialect = entry.dialect
    for ignored in dialect.ignored:
        node = entry.node[ignored.key]
        if node.value is ignored.value:
            yield _setting(node.at, ignored.key, ignored.reason, ignored.instead, ignored.source, protective=True)
    if entry.misplaced:
        where = ".".join(dialect.routes[0])
        reason = f"{dialect.title} reads servers below {where} and never starts this one"
        yield _setting(entry.at, entry.name, reason, f"move it below {where}", dialect.docs)
    if lacks_type(entry):
        at = entry.part(dialect.keys.address).at
        yield _setting(at, "url", dialect.transports.rejection, dialect.transports.rejection_cure, dialect.docs)
    for credential in credentials:
        if value_of(credential.resolves) is False and dialect.client:
            name = str(value_of(credential.name))
            reason = f"{dialect.title} does not replace this notation and hands on the text as it stands"
            instead = cure_of(credential, dialect.expansion)
            yield _setting(credential.at, name, reason, instead, dialect.expansion.source or dialect.docs)


def _setting(
    at: Place, setting: str, reason: str, instead: str, source: str, *, protective: bool = False
) -> IneffectiveSetting:
    return IneffectiveSetting(
        at=at,
        setting=Known(setting, at),
        reason=Known(reason, at),
        instead=Known(instead, at),
        source=Known(source, at),
        protective=Known(protective, at),
    )
