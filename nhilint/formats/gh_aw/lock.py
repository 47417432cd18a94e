"""A compiled agentic workflow is read as the workflow of GitHub Actions that it is, with the digest of its source, the
moment after which its first job refuses to start the agent, and whether that job compares the digest.

The comparison is there unless `on.stale-check: false`; where the digests differ, the job fails before the agent starts.
Sources: https://github.github.com/gh-aw/reference/triggers/ (stop-after), read 2026-11-22; the line as compilers of
September 2025 and of 2026 write it, in the workflows of public repositories; for the comparison github/gh-aw,
actions/setup/js/check_workflow_timestamp_api.cjs and pkg/workflow (StaleCheckDisabled), read 2026-11-22.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.gh_aw.digest import digest_in_lock
from nhilint.formats.github import workflow
from nhilint.model.fact import Known
from nhilint.model.vocabulary import Workflow
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.model.resource import Extraction, Resource
    from nhilint.source.document import Document


def extract(document: Document, claim: Claim) -> Extraction:
    """The workflow and the agents that its steps run."""
    read = workflow.extract(document, claim)
    digest = digest_in_lock(document.text)
    stops = _STOPS.search(document.text) if "STOP_TIME" in document.text else None
    moment = stops[1] if stops is not None else None
    compares = "stale_lock_file_failed: " in document.text and _COMPARES.search(document.text) is not None
    return replace(
        read, resources=tuple(_with_source(resource, digest, moment, compares=compares) for resource in read.resources)
    )


_COMPARES = Deferred(r"^ {0,20}stale_lock_file_failed: ", flags=re.MULTILINE)
"""An output of the first job that compilers write where a difference of the digests ends the run; earlier ones, which
compared moments of commits, do not have it."""
_STOPS = Deferred(r"(?:\b|_)STOP_TIME(?:: |=)[\"']?(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2})\b")


def _with_source(resource: Resource, digest: str | None, stops: str | None, *, compares: bool) -> Resource:
    facts = resource.facts
    if not isinstance(facts, Workflow):
        return resource
    made_from = Known(digest, facts.at) if digest is not None else None
    stated = replace(
        facts,
        made_from=made_from,
        stops=Known(stops, facts.at) if stops is not None else None,
        compares_source=Known(compares, facts.at) if made_from is not None else None,
    )
    return replace(resource, facts=stated)
