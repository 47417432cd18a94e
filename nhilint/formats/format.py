"""What a format is: a claim on files and a function from one document to resources.

Claims are plain data in `registry`, so that recognising thousands of files imports no extractor. A format's module is
imported when the first file is claimed for it.
"""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct

from nhilint.model.resource import Extraction
from nhilint.source.document import Document, Syntax


class Claim(Struct, frozen=True, kw_only=True):
    """Which files belong to a format.

    A file is claimed when its path matches one of `names` (the exact last part), `suffixes` (of the last part) or
    `paths` (a glob on the whole path, `**` for any folders; matched from the right, so `.vscode/mcp.json` holds in any
    folder), and, where `probe` is given, one of its byte strings occurs in the file. `reads` names the module in
    `nhilint.formats` whose `extract(document) -> Extraction` reads it.
    """

    format: str
    title: str
    syntax: Syntax
    reads: str
    names: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    probe: tuple[bytes, ...] = ()
    docs: str = ""
    """The vendor's page that defines the format."""


class Reader(Protocol):
    """A format's module: the one function that the pipeline calls.

    Where the files of a folder make up one thing, it also has `unread(path, claim) -> Resource`: what stands for a file
    that could not be read, so that the others are not judged as if there were none.
    """

    def extract(self, document: Document, claim: Claim) -> Extraction:
        """Turn a document into resources. Never raises for bad content: an odd value is an Unknown fact."""
        ...
