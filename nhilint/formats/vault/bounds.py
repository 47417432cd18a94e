"""The claims that a JWT role binds become the width of whom it admits.

All bound claims must hold, and of the values of one any. Several narrow each other: a repository and a branch of it
are narrower than either; a branch alone is nobody's. Sources: developer.hashicorp.com/vault/api-docs/auth/jwt
(bound_claims, bound_claims_type, bound_subject); for the claims of tokens
docs.github.com/actions/reference/security/oidc, docs.gitlab.com/ci/secrets/id_token_authentication and
developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from nhilint.formats.aws.federation import issuer_kind, widest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nhilint.formats.aws.federation import IssuerKind, SubjectScope

_ORDER: Final[tuple[SubjectScope, ...]] = (
    "any", "organization", "repository", "pull_request", "workload", "branch_or_environment",
)  # fmt: skip
_BY_CLAIM: Final[dict[str, SubjectScope]] = {
    "repository": "repository",
    "repository_id": "repository",
    "project_path": "repository",
    "project_id": "repository",
    "repositoryUuid": "repository",
    "repository_owner": "organization",
    "repository_owner_id": "organization",
    "enterprise": "organization",
    "enterprise_id": "organization",
    "namespace_path": "organization",
    "namespace_id": "organization",
    "workspaceUuid": "organization",
    "organization_slug": "organization",
    "organization_id": "organization",
    "terraform_organization_name": "organization",
    "terraform_organization_id": "organization",
    "terraform_workspace_name": "workload",
    "terraform_workspace_id": "workload",
    "terraform_full_workspace": "workload",
    "pipeline_slug": "workload",
    "oidc.circleci.com/project-id": "workload",
    "/kubernetes.io/namespace": "workload",
    "/kubernetes.io/serviceaccount/name": "workload",
}
_WORKFLOWS = frozenset({"job_workflow_ref", "workflow_ref", "ci_config_ref_uri"})
_MOMENTS = frozenset({"ref", "environment"})
_PROTECTED = frozenset({"ref_protected", "environment_protected"})
IDLE: Final = frozenset(
    {"iss", "aud", "exp", "ref", "ref_type", "ref_protected", "event_name", "environment", "environment_protected",
     "runner_environment", "head_ref", "base_ref", "pipeline_source", "repository_visibility", "terraform_run_phase"}
)  # fmt: skip
"""Claims that tokens of every customer may have alike."""
_TELLING: Final[tuple[tuple[frozenset[str], str], ...]] = (
    (
        frozenset({"repository", "repository_owner", "job_workflow_ref", "workflow_ref"}),
        "token.actions.githubusercontent.com",
    ),
    (frozenset({"terraform_organization_name", "terraform_workspace_name"}), "app.terraform.io"),
    (frozenset({"oidc.circleci.com/project-id"}), "oidc.circleci.com"),
)
"""Claims that only one issuer's tokens have."""


class Bound(NamedTuple):
    """One bound claim with the values that are accepted."""

    claim: str
    values: tuple[str, ...]


def issuer_by_claims(bounds: Sequence[Bound], audiences: Iterable[str] = ()) -> str | None:
    """The issuer that bound claims give away, or an audience that is GitHub's unless a job asks for another."""
    stated = {bound.claim for bound in bounds}
    if any(audience.startswith("https://github.com/") for audience in audiences):
        return "token.actions.githubusercontent.com"
    subjects = [value for bound in bounds if bound.claim == "sub" for value in bound.values]
    if any(subject.startswith("repo:") for subject in subjects):
        return "token.actions.githubusercontent.com"
    return next((issuer for claims, issuer in _TELLING if stated & claims), None)


def kind_of(issuer: str) -> IssuerKind:
    """Which issuer; a cluster's own is told by the name that it has inside."""
    return "kubernetes" if issuer.startswith("kubernetes.default.svc") else issuer_kind(issuer)


def width(kind: IssuerKind, bounds: Iterable[Bound], *, patterns: bool) -> SubjectScope | None:
    """How wide a role admits; None where a claim that is not known may name somebody."""
    listed = list(bounds)
    found = [scope for bound in listed if (scope := _scope(kind, bound, patterns=patterns)) is not None]
    if not found:
        return "any" if all(bound.claim in IDLE for bound in listed) else None
    narrowest = max(found, key=_ORDER.index)
    if narrowest == "repository" and any(_names_a_moment(bound, patterns=patterns) for bound in listed):
        return "branch_or_environment"
    return narrowest


def _scope(kind: IssuerKind, bound: Bound, *, patterns: bool) -> SubjectScope | None:
    if bound.claim == "sub":
        return widest(kind, bound.values, "StringLike" if patterns else "StringEquals")
    if bound.claim in _WORKFLOWS:
        return _of_workflow(bound.values, patterns=patterns)
    scope = _BY_CLAIM.get(bound.claim.removeprefix("assertion."))
    if scope is None or not patterns:
        return scope
    return min((_loosened(value, scope) for value in bound.values), key=_ORDER.index, default=scope)


def _loosened(value: str, scope: SubjectScope) -> SubjectScope:
    """A star before the first slash leaves the owner open, one behind it what the owner has."""
    if "*" not in value:
        return scope
    owner, slash, _ = value.partition("/")
    return "organization" if slash and "*" not in owner and scope != "organization" else "any"


def _of_workflow(values: tuple[str, ...], *, patterns: bool) -> SubjectScope | None:
    if any("/" not in value for value in values):
        return None
    if not patterns:
        return "branch_or_environment"
    scopes: list[SubjectScope] = []
    for value in values:
        file, _, ref = value.partition("@")
        told = _loosened(file, "repository")
        scopes.append("branch_or_environment" if told == "repository" and ref and "*" not in ref else told)
    return min(scopes, key=_ORDER.index, default=None)


def _names_a_moment(bound: Bound, *, patterns: bool) -> bool:
    """Whether a claim names a branch, a tag or an environment, or asks for a protected one."""
    if bound.claim in _PROTECTED:
        return bound.values == ("true",)
    return bound.claim in _MOMENTS and not (patterns and any(value.endswith("*") for value in bound.values))
