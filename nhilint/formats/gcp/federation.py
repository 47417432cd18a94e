"""A provider of a workload identity pool becomes how wide it admits: anybody, an organisation, a repository.

Sources, read 2026-11-22: docs/r/iam_workload_identity_pool_provider of hashicorp/terraform-provider-google (a provider
without a condition accepts every valid token; with no audience listed, only its own resource name is accepted),
cloud.google.com/iam/docs/workload-identity-federation-with-deployment-pipelines, docs.github.com/actions/reference/
security/oidc and docs.gitlab.com/ci/secrets/id_token_authentication for the claims.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from nhilint.formats.aws.federation import IssuerKind, SubjectScope, impossible, issuer_kind, widest
from nhilint.formats.gcp.conditions import parts
from nhilint.formats.gcp.members import has_gap
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LONGEST = 4_096
WIDTH: tuple[SubjectScope, ...] = (
    "any", "organization", "repository", "pull_request", "workload", "branch_or_environment",
)  # fmt: skip
_OWNERS = frozenset(
    {
        "repository_owner", "repository_owner_id", "enterprise", "enterprise_id", "namespace_path", "namespace_id",
        "root_group_id", "user_login", "user_email", "user_id", "actor", "actor_id", "organization_slug", "hd", "azp",
        "terraform_organization_name", "terraform_organization_id", "terraform_project_id", "organization_id",
    }
)  # fmt: skip
_PROJECTS = frozenset(
    {
        "repository", "repository_id", "job_workflow_ref", "workflow_ref", "project_path", "project_id",
        "pipeline_slug", "pipeline_id", "terraform_workspace_id", "ci_config_ref_uri",
    }
)  # fmt: skip
_WORKFLOWS = frozenset({"job_workflow_ref", "workflow_ref"})
_AT_A_REF = Deferred(r"^[^\s@/*$]+/[^\s@*$]+@(?:refs/(?:heads|tags)/[^\s*$]+|[0-9a-f]{40})$")
"""A workflow's file as a named branch, a tag or a commit has it: whoever starts it, its steps are those."""
_WITHIN = frozenset({"ref", "environment", "ref_path", "base_ref", "ref_protected", "deployment_tier"})
_GITHUBS_OWN = frozenset(
    {
        "repository", "repository_id", "repository_owner", "repository_owner_id", "repository_visibility",
        "job_workflow_ref", "workflow_ref", "workflow", "event_name", "actor", "actor_id", "base_ref", "head_ref",
    }
)  # fmt: skip
_GITLABS_OWN = frozenset(
    {
        "project_path", "project_id", "namespace_path", "namespace_id", "user_login", "user_email", "user_id",
        "pipeline_id", "pipeline_source", "ref_path", "ci_config_ref_uri",
    }
)  # fmt: skip
_OF_THE_OTHER: dict[IssuerKind, frozenset[str]] = {"github": _GITLABS_OWN, "gitlab": _GITHUBS_OWN}
"""For each issuer the claims that the other one puts into its tokens and it does not, as the pages above list them."""
_OF_CHANGES = {"pull_request"}
_WITHIN_OWNER = frozenset({"terraform_workspace_name"})
"""Names that are free in every other organisation: they tell somebody only beside the organisation."""
_COMPARED = Deferred(
    r"^(assertion|attribute|google)(?:\.(\w+)|\[['\"](\w+)['\"]\])\s*(==|in\b)\s*(.+)$|"
    r"^(['\"][^'\"]*['\"])\s*==\s*(assertion|attribute|google)\.(\w+)$",
    flags=re.DOTALL,
)
_CALLED = Deferred(
    r"^(assertion|attribute|google)\.(\w+)\.(startsWith|matches|contains|endsWith)\(\s*r?['\"]([^'\"]*)['\"]\s*\)$"
)
_TEXT = Deferred(r"'([^']*)'|\"([^\"]*)\"")


class Asked(NamedTuple):
    """One claim that a condition asks for, and what it may be. `likes` says whether a star is a wildcard."""

    claim: str
    values: tuple[str, ...]
    likes: bool = False


def kind_of_issuer(uri: str) -> IssuerKind:
    """Which issuer an address belongs to. A gap in it leaves the host, where that is written out."""
    return issuer_kind(uri.removeprefix("https://").removeprefix("http://").rstrip("/"))


def claim_behind(name: str, mapping: Mapping[str, str]) -> str:
    """The token's claim behind `attribute.x` or `google.subject`; the empty text where the mapping computes it."""
    told = mapping.get(name, "").strip()
    found = re.fullmatch(r"assertion\.(\w+)|assertion\[['\"](\w+)['\"]\]", told)
    return (found[1] or found[2]) if found else ""


def is_of_another_issuer(kind: IssuerKind | None, claim: str) -> bool:
    """Whether no token of this issuer carries the claim, which another one's tokens do."""
    return kind is not None and claim in _OF_THE_OTHER.get(kind, frozenset())


def admitted(kind: IssuerKind, condition: str | None, mapping: Mapping[str, str]) -> SubjectScope | None:
    """How wide a provider's condition admits; None where it cannot be told."""
    if condition is None or not condition.strip():
        return "any"
    if len(condition) > _LONGEST or re.fullmatch(r"\s*\$\{[^}]*\}\s*", condition):
        return None
    found: list[SubjectScope] = []
    for way in parts(condition, "||"):
        scope = _of_way(kind, way, mapping)
        if scope is None:
            return None
        found.append(scope)
    return min(found, key=WIDTH.index)


def scope_of_claims(kind: IssuerKind, asked: list[Asked]) -> SubjectScope | None:
    """How wide several demands that must all hold leave it."""
    scopes = [scope for scope in (_scope(kind, each) for each in asked) if scope is not None]
    best: SubjectScope = max(scopes, key=WIDTH.index, default="any")
    if best == "any" and len(scopes) < len(asked):
        return None
    return narrowed(best, asked)


def narrowed(scope: SubjectScope, asked: Sequence[Asked]) -> SubjectScope:
    """What is left of a scope where claims that name nobody by themselves are asked for besides."""
    literal = {each.claim for each in asked if each.values and not each.likes}
    if scope == "repository" and literal & _WITHIN:
        return "branch_or_environment"
    if scope == "repository" and any(each.claim == "event_name" and set(each.values) == _OF_CHANGES for each in asked):
        return "pull_request"
    return "workload" if scope == "organization" and literal & _WITHIN_OWNER else scope


def always_asked(condition: str | None, mapping: Mapping[str, str]) -> list[Asked]:
    """What a condition without alternatives asks for, as far as its parts can be read."""
    if condition is None or len(condition) > _LONGEST or len(parts(condition, "||")) > 1:
        return []
    found = (_asked(atom, mapping) for atom in parts(condition, "&&") if len(parts(atom, "||")) == 1)
    return [demand for demand in found if demand is not None]


def impossible_values(kind: IssuerKind, condition: str | None, mapping: Mapping[str, str]) -> tuple[str, ...]:
    """Values that a condition asks for by `==` or `in` and that no token carries: `==` knows no star."""
    found: list[str] = []
    for way in parts(condition or "", "||"):
        for atom in parts(way, "&&"):
            demand = _asked(atom, mapping)
            if demand is None or demand.likes:
                continue
            values = tuple(value for value in demand.values if not has_gap(value))
            starred = tuple(value for value in values if "*" in value)
            found.extend(impossible(kind, values, "StringEquals") if demand.claim == "sub" else starred)
    return tuple(found)


def _of_way(kind: IssuerKind, way: str, mapping: Mapping[str, str]) -> SubjectScope | None:
    asked: list[Asked] = []
    for atom in parts(way, "&&"):
        inner = parts(atom, "||")
        if len(inner) > 1:
            return admitted(kind, atom, mapping) if len(parts(way, "&&")) == 1 else _nested(kind, way, mapping)
        demand = _asked(atom, mapping)
        if demand is None:
            return None
        if demand.claim:
            asked.append(demand)
    return scope_of_claims(kind, asked)


def _nested(kind: IssuerKind, way: str, mapping: Mapping[str, str]) -> SubjectScope | None:
    """Alternatives within brackets beside other demands: the narrowest of what each part leaves."""
    scopes = [admitted(kind, atom, mapping) for atom in parts(way, "&&")]
    known = [scope for scope in scopes if scope is not None]
    best = max(known, key=WIDTH.index, default=None)
    return None if best == "any" and len(known) < len(scopes) else best


def _asked(atom: str, mapping: Mapping[str, str]) -> Asked | None:
    """What one part asks for; an empty claim where it narrows nothing; None where it cannot be read."""
    if atom in ("true", "") or "!=" in atom or atom.startswith(("!", "has(", "assertion.exp")):
        return Asked("", ())
    called = _CALLED.match(atom)
    if called:
        return _called(_claim(called[1], called[2], mapping), called[3], called[4])
    found = _COMPARED.match(atom)
    if found is None:
        return None
    source, name = found[1] or found[7], found[2] or found[3] or found[8]
    values = tuple(a or b for a, b in _TEXT.findall(found[5] or found[6] or ""))
    if not values:
        return None if has_gap(atom) else Asked(_claim(source, name, mapping), ("",))
    return Asked(_claim(source, name, mapping), values)


def _claim(source: str, name: str, mapping: Mapping[str, str]) -> str:
    return name if source == "assertion" else claim_behind(f"{source}.{name}", mapping) or name


def _called(claim: str, function: str, value: str) -> Asked | None:
    if function == "startsWith":
        return Asked(claim, (f"{value}*",), likes=True)
    if function in ("contains", "endsWith"):
        return Asked(claim, (f"*{value}*",), likes=True)
    glob = re.sub(r"\\([./:-])", r"\1", value.removeprefix("^").removesuffix("$")).replace(".*", "*").replace(".+", "*")
    if re.search(r"[\\()\[\]|+?{}]", glob):
        return None
    return Asked(claim, (glob if value.startswith("^") else f"*{glob}",), likes=True)


def _scope(kind: IssuerKind, asked: Asked) -> SubjectScope | None:
    if asked.claim in ("sub", "terraform_full_workspace"):
        if any(has_gap(value) for value in asked.values):
            return None
        return _subject(kind, asked)
    if asked.claim in _OWNERS:
        return "any" if asked.likes else "organization"
    if asked.claim in _PROJECTS:
        return _of_projects(asked)
    if asked.claim in ("email", "unique_id"):
        return "workload"
    idle = asked.claim in _WITHIN or asked.claim in _WITHIN_OWNER or asked.claim in ("aud", "iss", "event_name")
    return "any" if idle else None


def _of_projects(asked: Asked) -> SubjectScope:
    if asked.likes:
        return min((_project(value) for value in asked.values), key=WIDTH.index)
    pinned = bool(asked.values) and asked.claim in _WORKFLOWS and all(map(_AT_A_REF.search, asked.values))
    return "workload" if pinned else "repository"


def _subject(kind: IssuerKind, asked: Asked) -> SubjectScope:
    if kind in ("terraform_cloud", "buildkite") and asked.likes:
        named = all(re.match(r"^organization:[^:*]+:", value) for value in asked.values)
        whole = all(":workspace:" in value or ":pipeline:" in value for value in asked.values)
        return ("workload" if whole else "organization") if named else "any"
    return widest(kind, asked.values, "StringLike" if asked.likes else "StringEquals")


def _project(pattern: str) -> SubjectScope:
    """`OWNER/NAME…` as a pattern. A star before the slash lets in owners of similar names."""
    owner, slash, name = pattern.partition("/")
    if "*" in owner or not slash:
        return "any"
    return "organization" if name.startswith("*") or name.rstrip("*") == "" else "repository"
