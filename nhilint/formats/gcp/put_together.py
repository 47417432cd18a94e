"""Attributes that a provider's mapping puts together from several claims, and what a member asks of each by them.

Sources: docs.github.com/actions/reference/security/oidc for the claims, cloud.google.com/iam/docs/
workload-identity-federation for mappings in CEL, from a survey, pages not re-read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.formats.gcp.federation import Asked, scope_of_claims
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.formats.aws.federation import IssuerKind, SubjectScope

_LONGEST = 1_000
_PIECE = Deferred(r"\s*(?:\\?'([^'\"\\]{0,100})\\?'|\\?\"([^'\"\\]{0,100})\\?\"|assertion\.(\w{1,60}))\s*(?:\+|$)")
_GAP = r"\$\{[^{}]{1,200}\}"
_SAID = {
    "event_name": r"[a-z_]",
    "repository_id": r"\d",
    "repository_owner_id": r"\d",
    "enterprise_id": r"\d",
    "repository": r"[\w./-]",
    "repository_owner": r"[\w-]",
    "ref": r"[^\s:*?]",
    "job_workflow_ref": r"[^\s:*?]",
    "workflow_ref": r"[^\s:*?]",
}
"""Claims of GitHub in which no colon can stand, with the characters that may: git refuses colons in the names of
branches and tags (git-scm.com/docs/git-check-ref-format). The name of a workflow or environment may be any text."""
_WORKFLOW = "assertion.job_workflow_ref"


def scope_by_parts(kind: IssuerKind, expression: str, value: str) -> SubjectScope | None:
    """How wide an attribute leaves it that is put together from several claims: as the narrowest of them, the file of a
    reusable workflow by what the value says of it."""
    for claim in ("assertion.repository", "assertion.repository_id", "assertion.project_path", "assertion.project_id"):
        if re.search(re.escape(claim) + r"\b(?!_)", expression):
            within = re.search(r"assertion\.(?:ref|environment|event_name|workflow)\b", expression)
            return "branch_or_environment" if within else "repository"
    asked = _asked_of_each(expression, value) if kind == "github" and _WORKFLOW in expression else []
    return scope_of_claims(kind, asked) if asked else None


def _asked_of_each(expression: str, value: str) -> list[Asked]:
    """What a value asks of each claim; nothing where another sequence of claims may give the same text."""
    claims: list[str] = []
    pattern, since, at = "", ":", 0
    while at < len(expression) <= _LONGEST:
        piece = _PIECE.match(expression, at)
        if piece is None:
            return []
        at, claim = piece.end(), piece[3]
        if claim is None:
            since += piece[1] or piece[2] or ""
            pattern += re.escape(piece[1] or piece[2] or "")
        elif claim not in _SAID or ":" not in since:
            return []
        else:
            claims.append(claim)
            pattern, since = f"{pattern}((?:{_SAID[claim]}|{_GAP})+)", ""
    found = re.fullmatch(pattern, value) if len(value) <= _LONGEST else None
    return [Asked(claim, (said,)) for claim, said in zip(claims, found.groups(), strict=True)] if found else []
