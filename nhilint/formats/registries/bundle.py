"""The manifest of an MCP bundle (MCPB, earlier DXT) becomes a tool: what it starts and what it asks its user for.

Source: github.com/modelcontextprotocol/mcpb, MANIFEST.md (0.1 to 0.4), read 2026-11-22. A text that is `sensitive` is
masked and kept in the system's store for secrets; it is not unless stated. Directories that are given in advance are
opened for everybody who installs the bundle without a change.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.mcp.dialect import Dialect
from nhilint.formats.mcp.entry import Entry
from nhilint.formats.mcp.paths import path_reach
from nhilint.formats.mcp.server import read_server
from nhilint.formats.node import Node
from nhilint.formats.registries.asked import EXPANSION, asked_for
from nhilint.model.fact import Known, Unknown
from nhilint.model.resource import Extraction
from nhilint.model.vocabulary.tool import Mount, Tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.vocabulary.credential import Credential
    from nhilint.source.document import Document

_DIALECT = Dialect(
    client="mcp-bundle",
    title="MCP bundles",
    docs="https://github.com/modelcontextprotocol/mcpb/blob/main/MANIFEST.md",
    expansion=EXPANSION,
)
_MOST = 200


def extract(document: Document, claim: Claim) -> Extraction:
    """One server; a manifest without a version of its own kind and a server is another product's."""
    root = Node.root(document)
    version, started = root.first("manifest_version", "dxt_version"), root.at_path("server", "mcp_config")
    if not version.is_text or not started.is_mapping or not root["name"].is_text:
        return Extraction(recognised=False)
    found = read_server(Entry(str(root["name"].value), started, _DIALECT), claim.format)
    if not isinstance(found.facts, Tool):
        return Extraction(recognised=False)
    asked = tuple(_asked(root["user_config"]))
    own = found.facts.credentials if not isinstance(found.facts.credentials, Unknown) else ()
    facts = replace(found.facts, credentials=(*own, *asked), mounts=tuple(_opened(root["user_config"])))
    return Extraction((replace(found, facts=facts),))


def _asked(settings: Node) -> Iterator[Credential]:
    for name, setting in islice(settings.entries(), _MOST):
        if setting["type"].value == "string":
            masked = setting["sensitive"].value is True
            yield from asked_for(name, setting.at, "field", masked=masked, values=(setting["default"],))


def _opened(settings: Node) -> Iterator[Mount]:
    """Folders that stand open unless the user says otherwise."""
    for _, setting in islice(settings.entries(), _MOST):
        if setting["type"].value not in ("directory", "file"):
            continue
        for item in islice(setting["default"].items(), _MOST):
            source = item.text()
            if isinstance(source, Known):
                text = source.value.replace("${HOME}", "~")
                reach = path_reach(text)
                yield Mount(
                    at=source.at,
                    source=source,
                    read_only=Known(value=False, at=source.at),
                    reach=Known(reach, source.at) if reach else Unknown("a path that a variable decides", source.at),
                )
