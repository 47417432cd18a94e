"""A smithery.yaml becomes a tool: how it is started and what it asks its user for.

Source: smithery.ai/docs/build/project-config/smithery-yaml, partly read 2026-11-22 through files of
github.com/smithery-ai/reference-servers. The settings are a JSON schema, which has no mark for secrets that the product
documents. `commandFunction` is JavaScript and not looked into.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from nhilint.formats.node import Node
from nhilint.formats.registries.asked import asked_for
from nhilint.model.fact import Known
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.tool import Tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.vocabulary.credential import Credential
    from nhilint.model.vocabulary.tool import Transport
    from nhilint.source.document import Document

_MOST = 200
_TRANSPORTS: dict[object, Transport] = {"stdio": "stdio", "http": "http", "sse": "sse", "ws": "ws"}


def extract(document: Document, claim: Claim) -> Extraction:
    """One server; a file without a runtime and without a start command is a look-alike."""
    root = Node.root(document)
    start = root["startCommand"]
    if not start.is_mapping and not root["runtime"].is_text:
        return Extraction(recognised=False)
    transport = _TRANSPORTS.get(start["type"].value if isinstance(start["type"].value, str) else None)
    tool = Tool(
        at=root.at,
        name=Known(_name(document.path), root.at),
        client=Known("smithery", root.at),
        kind=Known("mcp_server", root.at),
        transport=Known(transport, start["type"].at) if transport is not None else None,
        credentials=tuple(_asked(start)),
    )
    return Extraction((Resource("tool", _name(document.path), claim.format, tool),))


def _asked(start: Node) -> Iterator[Credential]:
    examples = start["exampleConfig"]
    for name, setting in islice(start.at_path("configSchema", "properties").entries(), _MOST):
        if setting["type"].value == "string":
            values = (setting["default"], setting["example"], examples[name])
            yield from asked_for(name, setting.at, "field", masked=None, values=values)


def _name(path: str) -> str:
    """The folder that the file stands in; the file has no name for its server."""
    return path.rpartition("/")[0].rpartition("/")[2] or "server"
