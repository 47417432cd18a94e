"""Reads one script of a test, with all that the pipeline joins to it."""

from __future__ import annotations

from nhilint.formats.shell_grants import makefile, script
from nhilint.formats.shell_grants.claims import CLAIMS
from nhilint.link.gcp import join
from nhilint.source.document import Document, Syntax


def resources(text, path="deploy/setup.sh"):
    """The resources of a script, by their name."""
    reader, claim = (makefile, CLAIMS[1]) if path.endswith("Makefile") else (script, CLAIMS[0])
    found = reader.extract(Document(path, Syntax.TEXT, text, text), claim).resources
    return {resource.name: resource for resource in join(found)}


def identities(text, path="deploy/setup.sh"):
    """The facts of the identities of a script, by their name."""
    return {name: found.facts for name, found in resources(text, path).items() if found.kind == "identity"}


def shown(text, fact):
    """What stands at the place of a fact."""
    start, end = fact.at.within
    return text[start:end]
