"""Reads a configuration given as a value and hands out its tools, for the tests of this folder."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from nhilint.formats.mcp.claims import CLAIMS
from nhilint.formats.mcp.files import extract
from nhilint.formats.registry import Recogniser
from nhilint.formats.screen import probe_fits
from nhilint.source.document import read

if TYPE_CHECKING:
    from nhilint.model.vocabulary.tool import Tool


def tools_of(path: str, content: Any) -> dict[str, Tool]:
    """The tools of one file by name; `content` is text, or a value that becomes JSON."""
    data = (content if isinstance(content, str) else json.dumps(content)).encode()
    claim = next(claim for claim in Recogniser(CLAIMS).candidates(path) if probe_fits(claim, data))
    found = extract(read(path, data, claim.syntax), claim)
    assert found.recognised
    return {resource.name: resource.facts for resource in found.resources}


def tool(path: str, entry: Any, root: str = "mcpServers") -> Tool:
    """The one tool that an entry below the root key becomes."""
    return tools_of(path, {root: {"one": entry}})["one"]
