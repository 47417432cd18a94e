"""A federated way into a role: which issuer, which audience, and how wide the accepted subjects are.

Sources: docs.github.com/actions/reference/security/oidc (subject shapes, the immutable `repo:org@id/name@id` form
included), docs.gitlab.com/ci/cloud_services and, on docs.aws.amazon.com,
IAM/latest/UserGuide/id_roles_providers_create_oidc.html; partly re-read 2026-11-22.
"""

from __future__ import annotations

import re
from typing import Literal

from nhilint.formats.aws.subject_parts import scope_in_named_parts, scope_of_customised
from nhilint.source.deferred import Deferred

IssuerKind = Literal[
    "github", "gitlab", "kubernetes", "terraform_cloud", "circleci", "buildkite", "bitbucket", "vercel", "azure_devops",
    "cognito", "google", "saml", "other",
]  # fmt: skip
SubjectScope = Literal["any", "organization", "repository", "branch_or_environment", "pull_request", "workload"]

_ISSUERS: tuple[tuple[str, IssuerKind], ...] = (
    (r"^token\.actions\.githubusercontent\.com", "github"),
    (r"gitlab", "gitlab"),
    (r"^oidc\.eks\.|^container\.googleapis\.com|^oidc\.prod-aks\.azure\.com|oidc-discovery", "kubernetes"),
    (r"\baws_eks_cluster\.", "kubernetes"),
    (r"^app\.terraform\.io", "terraform_cloud"),
    (r"^oidc\.circleci\.com", "circleci"),
    (r"^agent\.buildkite\.com", "buildkite"),
    (r"^api\.bitbucket\.org", "bitbucket"),
    (r"^oidc\.vercel\.com", "vercel"),
    (r"^vstoken\.dev\.azure\.com", "azure_devops"),
    (r"^cognito-identity\.amazonaws\.com", "cognito"),
    (r"^accounts\.google\.com", "google"),
)
_TEXT_OPERATORS = frozenset({"StringEquals", "StringEqualsIgnoreCase", "StringLike"})
_ANY_BRANCH = frozenset({"ref:*", "ref:refs/*", "ref:refs/heads/*", "ref:refs/heads/**", "environment:*"})
"""Contexts that whoever may push reaches: a job that names an environment makes it."""

_FILLED_IN = Deferred(r"\$\{[^{}]{1,200}\}")
_FILLED_IN_NAMES = Deferred(
    r"^repo:(?:(?P<all>\$\{[^{}]{1,200}\})|(?P<whose>(?:[\w./*-]|\$\{[^{}]{1,200}\}){1,200})):(?P<context>[^${}]*)$"
)
"""A subject of which at most the names of owner and repository are filled in later."""

_FILLED_IN_OWNER = Deferred(r"^repo:\$\{(?![^{}]{0,200}(?:[rR]epo|REPO))[^{}]{1,200}\}/\*$")
"""Whatever owner is filled in, and a star for all that comes after: every repository of that owner."""

_WITHOUT_OWNER = Deferred(r"^repo:[\w.@-]{1,200}(?::|$)")
"""A repository's name where its owner's should stand, or an owner alone: each subject has `repo:OWNER/NAME`."""

_ANY_ACCOUNT = "system:serviceaccount:"
_NAMESPACE = Deferred(rf"^{_ANY_ACCOUNT}(?P<whole>(?P<begun>[^:*?]*)[*?][^:]*)(?P<name>:.*)?$")
"""A service account of a cluster whose namespace is a pattern."""

_TENANT_BOUND = frozenset({"circleci", "bitbucket", "vercel", "azure_devops"})
"""Services whose issuer or audience belongs to one customer: another's tokens are not let in whatever the subject."""

_WIDTH: tuple[SubjectScope, ...] = (
    "any", "organization", "repository", "pull_request", "workload", "branch_or_environment",
)  # fmt: skip


def issuer_of(federated: str) -> str | None:
    """The issuer's host and path of a federated principal; None for SAML and what is no issuer."""
    _, found, issuer = federated.partition(":oidc-provider/")
    if found:
        return issuer
    return federated if "." in federated and not federated.startswith("arn:") else None


def issuer_kind(federated: str) -> IssuerKind:
    """Which issuer a federated principal names."""
    if ":saml-provider/" in federated:
        return "saml"
    issuer = issuer_of(federated) or ""
    return next((kind for pattern, kind in _ISSUERS if re.search(pattern, issuer)), "other")


_ENDS_IN_BRANCH = Deferred(r":refs/heads/[^*?]{1,200}$")
"""How a pattern ends that fits one branch alone, whatever it begins with: `repo:OWNER/NAME:*:refs/heads/main`."""


def widest(kind: IssuerKind, subjects: tuple[str, ...], operator: str) -> SubjectScope:
    """How wide the accepted subjects are, judged by the widest of them.

    A pattern counts only with an operator that knows patterns: under StringEquals a star is a plain character, which
    no subject has. Where that leaves none, and under an empty list, nobody is admitted. `ForAllValues:` holds for a
    token without the claim, but no token is without a subject: openid.net/specs/openid-connect-core-1_0.html, section
    2, asks for one.
    """
    possible = subjects if "Like" in operator else tuple(s for s in subjects if "*" not in s)
    return min((_scope(kind, subject) for subject in possible), key=_WIDTH.index, default="workload")


def widest_as_written(kind: IssuerKind, subjects: tuple[str, ...], operator: str) -> SubjectScope | None:
    """How wide subjects of GitHub are at least of which only owner and repository are filled in later; None where what
    is written does not say that they go beyond one branch or environment."""
    if kind != "github" or "Like" not in operator:
        return None
    written = [match for match in map(_FILLED_IN_NAMES.match, subjects) if match is not None]
    filled = [f"repo:{_FILLED_IN.sub('x', one['whose'] or 'x/x')}:{one['context']}" for one in written]
    filled.extend("repo:x/*" for one in subjects if _FILLED_IN_OWNER.match(one))
    wide = [scope for scope in map(_github, filled) if scope not in ("branch_or_environment", "workload")]
    return min(wide, key=_WIDTH.index, default=None)


def widest_first(kind: IssuerKind, subjects: tuple[str, ...]) -> tuple[str, ...]:
    """The subjects with those that admit most at the beginning, where a message that has no room for all begins."""
    return tuple(sorted(subjects, key=lambda subject: _WIDTH.index(_scope(kind, subject))))


def before_review(kind: IssuerKind, subjects: tuple[str, ...]) -> tuple[str, ...]:
    """The subjects that no single branch, environment or other workload has; all of them where each has one."""
    narrow = ("branch_or_environment", "workload")
    return tuple(subject for subject in subjects if _scope(kind, subject) not in narrow) or subjects


def impossible(kind: IssuerKind, subjects: tuple[str, ...], operator: str) -> tuple[str, ...]:
    """The accepted subjects that no token of GitHub has: patterns that are compared as plain texts, bare words, and a
    repository without its owner.

    Every claim that GitHub puts into a subject stands as `name:value`; a star is no character of those.
    """
    if kind != "github" or operator.rpartition(":")[2].removesuffix("IfExists") not in _TEXT_OPERATORS:
        return ()
    literally = "Like" not in operator
    return tuple(s for s in subjects if (literally and "*" in s) or _is_of_nobody(s))


def _is_of_nobody(subject: str) -> bool:
    """Whether no subject of GitHub fits, however it is compared."""
    is_bare_word = not (":" in subject or "*" in subject or "?" in subject)
    return is_bare_word or _WITHOUT_OWNER.match(subject) is not None


def of_tenant(kind: IssuerKind, issuer: str | None, scope: SubjectScope) -> SubjectScope:
    """What `any` means where the issuer is one customer's own: everybody in its organisation."""
    own = kind in _TENANT_BOUND or (kind == "gitlab" and issuer != "gitlab.com")
    return "organization" if own and scope == "any" else scope


def _scope(kind: IssuerKind, subject: str) -> SubjectScope:
    if subject.strip("*?") == "":
        return of_tenant(kind, "gitlab.com", "any")
    if kind == "github":
        return _github(subject)
    if kind == "gitlab":
        return _gitlab(subject)
    if kind == "kubernetes":
        return _of_cluster(subject)
    return scope_in_named_parts(kind, subject)


def _of_cluster(subject: str) -> SubjectScope:
    """`system:serviceaccount:NAMESPACE:NAME`. A letter or digit in a pattern for the namespace keeps out those of other
    names; who may create namespaces is for the cluster to say. A star reaches across the colon."""
    if _ANY_ACCOUNT.startswith(subject.rstrip("*?")):
        return "any"
    found = _NAMESPACE.match(subject)
    if found is None:
        return "workload"
    written = found["whole"] if found["name"] is not None else found["begun"]
    return "organization" if any(map(str.isalnum, written)) else "any"


def _github(subject: str) -> SubjectScope:
    """`repo:OWNER/NAME:context`. A star before the slash lets in owners of similar names: anyone may register one.
    Without a slash there is no owner, and nobody has such a subject."""
    match = re.match(r"^repo:([^/:]*)(?:/([^:]*))?(?::(.*))?$", subject, re.DOTALL)
    if match is None:
        return scope_of_customised(subject)
    owner, name, context = match.group(1), match.group(2), match.group(3) or ""
    if context.startswith("job_workflow_ref:") and scope_of_customised(context) == "workload":
        return "workload"
    if "*" in owner or "?" in owner or not owner:
        return "any"
    if name is None:
        return "workload" if _WITHOUT_OWNER.match(subject) else "organization"
    return "organization" if "*" in name else _github_context(context)


def _github_context(context: str) -> SubjectScope:
    if context.strip("*") == "":
        return "repository"
    if context.startswith("pull_request"):
        return "pull_request"
    if _ENDS_IN_BRANCH.search(context):
        return "branch_or_environment"
    return "repository" if context.startswith("*") or context in _ANY_BRANCH else "branch_or_environment"


def _gitlab(subject: str) -> SubjectScope:
    """`project_path:GROUP/PROJECT:ref_type:branch:ref:main`."""
    match = re.match(r"^project_path:([^:]*)(?::(.*))?$", subject, re.DOTALL)
    if match is None:
        return "any" if subject.startswith("*") else "workload"
    path, context = match.group(1), match.group(2) or ""
    if "*" in path.split("/", 1)[0] or "/" not in path:
        return "any" if path.startswith("*") or "*" in path.split("/", 1)[0] else "organization"
    if "*" in path:
        return "organization"
    return "repository" if not context or (context.endswith("*") and "ref:" not in context) else "branch_or_environment"
