"""A compiled agentic workflow is read as the workflow of GitHub Actions that it is, with the digest of its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.gh_aw.digest import digest_in_lock
from nhilint.formats.github import workflow
from nhilint.model.fact import Known
from nhilint.model.vocabulary import Workflow

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.model.resource import Extraction, Resource
    from nhilint.source.document import Document


def extract(document: Document, claim: Claim) -> Extraction:
    """The workflow and the agents that its steps run."""
    read = workflow.extract(document, claim)
    digest = digest_in_lock(document.text)
    if digest is None:
        return read
    return replace(read, resources=tuple(_with_digest(resource, digest) for resource in read.resources))


def _with_digest(resource: Resource, digest: str) -> Resource:
    facts = resource.facts
    if not isinstance(facts, Workflow):
        return resource
    return replace(resource, facts=replace(facts, made_from=Known(digest, facts.at)))
