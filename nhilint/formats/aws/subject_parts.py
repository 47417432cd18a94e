"""The named parts of a subject become how wide it is: customised subjects of GitHub, and those of other services.

An organisation on GitHub chooses which claims make up its subjects, so a subject that names no owner is had by whoever
chooses the same ones. Sources: docs.github.com/actions/reference/security/oidc and vercel.com/docs/oidc/reference,
excerpts of 2026-11-22; that an issuer of Bitbucket is one workspace's: the documentation of Pipelines by way of
github.com/sigstore/fulcio/issues/1257. The shapes of Terraform Cloud, Buildkite, CircleCI and Azure DevOps are those of
their documentation on OpenID Connect, not re-read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.formats.aws.federation import IssuerKind, SubjectScope

_CLAIM = Deferred(r"(?:^|[:*])([a-z_]+):([^:]*)")
_IDLE = frozenset(
    {"actor", "actor_id", "base_ref", "context", "environment", "event_name", "head_ref", "ref", "ref_type",
     "repository_visibility", "runner_environment", "workflow"}
)  # fmt: skip
"""Claims whose values every customer of GitHub may have alike."""
_OWNERS = frozenset({"repository_owner", "repository_owner_id", "enterprise", "enterprise_id"})
_WORKFLOWS = frozenset({"job_workflow_ref", "workflow_ref"})
_NAMED: dict[str, tuple[str, str, str]] = {
    "terraform_cloud": ("organization", "workspace", ""),
    "buildkite": ("organization", "pipeline", "ref"),
    "vercel": ("owner", "project", "environment"),
}
"""The part that names the customer, the one that names its project, and the one that narrows it further."""


def scope_of_customised(subject: str) -> SubjectScope:
    """How wide a subject of GitHub is that does not begin with a repository."""
    told = _CLAIM.findall(subject[:2_000])
    scopes = [scope for name, value in told if (scope := claim_scope(name, value)) is not None]
    if "workload" in scopes or "repository" in scopes:
        return "workload" if "workload" in scopes else "repository"
    if "organization" in scopes:
        return "organization"
    nobodys = "any" in scopes or any(name in _IDLE for name, _ in told)
    return "any" if nobodys or subject.startswith("*") else "workload"


def claim_scope(name: str, value: str) -> SubjectScope | None:
    """How wide one claim of a token of GitHub leaves it; None for a claim that says nothing of an owner."""
    if name in _OWNERS:
        return "any" if _starred(value) else "organization"
    if name == "repository_id":
        return "any" if _starred(value) else "repository"
    if name not in _WORKFLOWS and name not in ("repo", "repository"):
        return None
    owner, slash, rest = value.partition("/")
    if _starred(owner) or not slash:
        return "any"
    if name in _WORKFLOWS:
        return "repository" if _starred(rest) or "@" not in rest else "workload"
    return "organization" if _starred(rest) else "repository"


def scope_in_named_parts(kind: IssuerKind, subject: str) -> SubjectScope:
    """How wide a subject of another service is."""
    if kind == "circleci":
        project = re.match(r"^org/[^/*?]+/project/[^/*?]+(/|$)", subject)
        return "repository" if project and _starred(subject) else _whole(subject)
    if kind == "bitbucket":
        repository, _, rest = subject.partition(":")
        if _starred(repository):
            return "organization"
        return "repository" if rest.strip("*") == "" and _starred(rest) else "branch_or_environment"
    if kind == "azure_devops":
        return "repository" if re.match(r"^sc://[^/*?]+/[^/*?]+/.*[*?]", subject) else _whole(subject)
    return _of_parts(subject, *_NAMED[kind]) if kind in _NAMED else _whole(subject)


def _of_parts(subject: str, customer: str, project: str, within: str) -> SubjectScope:
    """`organization:ACME:pipeline:SHOP:…`: a customer's name must be whole: anybody may register a similar one."""
    parts = subject.split(":")
    named = dict(zip(parts[::2], parts[1::2], strict=False))
    if customer != "owner" and (customer not in named or _starred(named[customer])):
        return "any" if _starred(subject) else "workload"
    if project not in named or _starred(named[project]):
        return _whole(subject)
    if not within or not _starred(subject):
        return "workload"
    return "repository" if _starred(named.get(within, "*")) else "branch_or_environment"


def _whole(subject: str) -> SubjectScope:
    return "organization" if _starred(subject) else "workload"


def _starred(text: str) -> bool:
    return "*" in text or "?" in text
