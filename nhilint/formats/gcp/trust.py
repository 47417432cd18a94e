"""Who may become a service account, or hold roles from outside, becomes ways in.

A member of a pool enters through the pool's provider: what the member names and what the provider's condition asks for
must both hold, so the narrower of the two counts; of several providers, the widest of those that let it in. A
condition on the binding itself holds besides: one that asks for a ref narrows a repository to a branch, one on the hour
changes nothing. Source: cloud.google.com/iam/docs/workload-identity-federation and
cloud.google.com/iam/docs/principal-identifiers, read 2026-11-22.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from nhilint.formats.aws.federation import issuer_of
from nhilint.formats.gcp.conditions import condition_records, parts
from nhilint.formats.gcp.federation import (
    WIDTH,
    Asked,
    admitted,
    always_asked,
    claim_behind,
    impossible_values,
    is_of_another_issuer,
    kind_of_issuer,
    narrowed,
    scope_of_claims,
)
from nhilint.formats.gcp.members import CLUSTER_POOL, has_gap, principal
from nhilint.formats.gcp.put_together import scope_by_parts
from nhilint.model.fact import Known, Unknown, value_of
from nhilint.model.vocabulary.trust import Trust
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.formats.aws.federation import IssuerKind, SubjectScope
    from nhilint.formats.gcp.declared import Member, Provider
    from nhilint.model.fact import Fact
    from nhilint.model.place import Place

_POOL_MEMBER = Deferred(
    r"^principal(?:Set)?://[^\s]*?/workloadIdentityPools/([^/]+)/(subject|group|\*|attribute\.[\w-]+|namespace|kubernetes\.[\w.]+)"
    r"(?:/(.*))?$"
)
_POOL_OF_A_RUN = Deferred(
    r"^principal(?:Set)?://iam\.googleapis\.com/(\$\{[^/{}]{1,200}\})/(subject|attribute\.[\w-]+)/([^\s]+)$"
)
_OF_GITHUB = "token.actions.githubusercontent.com"
_REPOSITORY = Deferred(r"^[A-Za-z0-9_.-]{1,100}/[A-Za-z0-9_.-]{1,100}$")
_OF_A_BRANCH = Deferred(r"^(?:attribute|assertion)\.(?:ref|environment)\s*==\s*['\"][^'\"$*]{1,200}['\"]$")
_OF_THE_HOUR = Deferred(r"^request\.time\b")
_OF_ONE = ("workload", "branch_or_environment")
"""What a condition that cannot be read leaves as it is: it could only say no besides."""
_OF_ONE_OWNER = frozenset({"repository_owner", "repository_owner_id", "namespace_path", "namespace_id"})
_OF_ONE_PROJECT = frozenset({"sub", "repository", "repository_id", "project_path", "project_id"})
"""Claims of GitHub and GitLab that tell one repository or project; those above tell whose it is."""
_OWN_AUDIENCE = ("the provider's own name",)


class PoolMember(NamedTuple):
    """What a member of a pool names: the pool, by which attribute, and its value."""

    pool: str
    attribute: str
    value: str


def pool_member(member: str) -> PoolMember | None:
    """The parts of a workload identity pool's member; None for any other member."""
    found = _POOL_MEMBER.match(member)
    return PoolMember(found[1], found[2], found[3] or "") if found else None


def entering_member(member: str) -> PoolMember | None:
    """The same, also of a member whose pool's whole name only a run gives: `…googleapis.com/${POOL}/attribute.x/y`, as
    github.com/google-github-actions/auth tells to write it (README.md, from a survey, not re-read)."""
    found = _POOL_OF_A_RUN.match(member)
    return pool_member(member) or (PoolMember(found[1], found[2], found[3]) if found else None)


def trust(member: Member, name: str, providers: Sequence[Provider], condition: Fact[str] = None) -> Trust:
    """The way in that a member is given; `condition` is the binding's own."""
    at = member.at
    who = principal(member)
    text = member.value if isinstance(member, Known) else ""
    cluster, pooled = CLUSTER_POOL.match(text), pool_member(text)
    open_to_all = text in ("allUsers", "allAuthenticatedUsers")
    way_in = {
        "at": at,
        "name": Known(name, at),
        "principals": (who,),
        "anyone": who if isinstance(who, Unknown) else Known(open_to_all, at),
        "conditioned": Known(value=False, at=at),
    }
    if cluster:
        subject = "system:serviceaccount:" + cluster[2].replace("/", ":")
        return Trust(
            **way_in,  # type: ignore[arg-type]  # a fact for each keyword
            issuer=Known(f"{cluster[1]}.svc.id.goog", at),
            issuer_kind=Known("kubernetes", at),
            audience=Known((f"{cluster[1]}.svc.id.goog",), at),
            subjects=Known((subject,), at),
            subject_scope=Known("workload", at),
        )
    if pooled is None:
        return Trust(**way_in)  # type: ignore[arg-type]
    own = _nearest([provider for provider in providers if pooled.pool in provider.pools], at)
    if pooled.pool.endswith(".svc.id.goog"):
        return Trust(**way_in, **_of_cluster(pooled, at))  # type: ignore[arg-type]
    if not providers and not has_gap(text) and _of_a_repository(pooled):
        return Trust(**way_in, **_by_its_name(pooled, at, condition))  # type: ignore[arg-type]
    return Trust(**way_in, **_of_pool(pooled, own, at, condition))  # type: ignore[arg-type]


def provider_trust(provider: Provider) -> Trust:
    """What a provider lets into its pool."""
    kind = _kind(provider)
    at = provider.condition.at if provider.condition is not None else provider.at
    scope = _provider_scope(provider)
    return Trust(
        at=provider.at,
        name=Known(provider.label, provider.at),
        conditions=condition_records(provider.condition),
        issuer=_issuer(provider),
        issuer_kind=_kind_fact(provider),
        audience=provider.audiences or Known(_OWN_AUDIENCE, provider.at),
        pool_scope=Known(scope, at) if scope and kind else Unknown("not resolvable from the file", at),
        subject_claim=_subject_claim(provider),
        impossible_subjects=_impossible(provider, kind),
        subject_operator=Known("==", at),
    )


def names_one(member: str, provider: Provider) -> bool:
    """Whether a member asks for a value of a claim that one repository, project, owner or subject of the issuer has
    alone, and that the provider takes over as it is; whatever the value is, nobody else has it."""
    pooled = entering_member(member)
    if pooled is None or provider.unread_mapping is not None or not pooled.value:
        return False
    claim = claim_behind(_source(pooled), provider.mapping)
    return claim == "sub" if pooled.attribute == "subject" else claim in _OF_ONE_PROJECT | _OF_ONE_OWNER


def admits_nobody(member: Member, providers: Sequence[Provider], at: Place) -> bool:
    """Whether it is a member of a pool whose providers are all known, and none of them lets it in."""
    pooled = pool_member(member.value) if isinstance(member, Known) else None
    own = _nearest([one for one in providers if pooled.pool in one.pools], at) if pooled is not None else []
    return bool(own) and pooled is not None and not any(_lets_in(one, pooled) for one in own)


def _nearest(providers: list[Provider], at: Place) -> list[Provider]:
    """Those of the member's own folder, where it has any: other folders may use the same name."""
    folder = at.path.rpartition("/")[0]
    return [p for p in providers if p.at.path.rpartition("/")[0] == folder] or providers


def _of_cluster(pooled: PoolMember, at: Place) -> dict[str, object]:
    """A cluster's own pool: one account, a namespace, or all of it."""
    scope = (
        "workload" if pooled.attribute == "subject" else "organization" if pooled.attribute == "namespace" else "any"
    )
    issuer = re.sub(r"^.*@", "", pooled.pool)
    return {
        "issuer": Known(issuer, at),
        "issuer_kind": Known("kubernetes", at),
        "audience": Known((issuer,), at),
        "subjects": Known((f"{pooled.attribute}/{pooled.value}".rstrip("/"),), at),
        "subject_scope": Known(scope, at),
    }


def _of_a_repository(pooled: PoolMember) -> bool:
    """Whether a pool that is called after GitHub lets a whole repository in, under the attribute that Google's own
    guide maps the claim to (cloud.google.com/iam/docs/workload-identity-federation-with-deployment-pipelines)."""
    named = pooled.attribute == "attribute.repository" and _REPOSITORY.match(pooled.value) is not None
    return named and "github" in pooled.pool.lower()


def _by_its_name(pooled: PoolMember, at: Place, condition: Fact[str]) -> dict[str, object]:
    """What a member says of a pool that no file of the repository declares."""
    scope = _where(condition, "repository")
    return {
        "issuer": Known(_OF_GITHUB, at),
        "audience": Unknown("the pool's provider is declared elsewhere", at),
        "issuer_kind": Known("github", at),
        "subjects": Known((f"{pooled.attribute}/{pooled.value}",), at),
        "subject_scope": Known(scope, at) if scope else Unknown("not resolvable from the file", at),
        "conditions": condition_records(condition),
    }


def _of_pool(pooled: PoolMember, providers: list[Provider], at: Place, condition: Fact[str]) -> dict[str, object]:
    subject = f"{pooled.attribute}/{pooled.value}".rstrip("/")
    missing = (
        "no provider of the pool lets such a member in" if providers else "the pool's provider is declared elsewhere"
    )
    providers = [one for one in providers if _lets_in(one, pooled)]
    if not providers:
        gap = Unknown(missing, at)
        return {"issuer": gap, "issuer_kind": gap, "subject_scope": gap, "subjects": Known((subject,), at)}
    by_name = [(_where(condition, _entering(pooled, each)), each) for each in providers]
    unread = any(scope is None or _kind(each) is None for scope, each in by_name)
    scope, widest = min(by_name, key=lambda found: _entrance(*found))
    asked = f"{subject} through {widest.label}" if len(providers) > 1 else subject
    asked = f"{asked} where {value_of(widest.condition)}" if value_of(widest.condition) else asked
    return {
        "issuer": _issuer(widest),
        "issuer_kind": _kind_fact(widest),
        "audience": widest.audiences or Known(_OWN_AUDIENCE, widest.at),
        "subjects": Known((asked,), at),
        "subject_scope": Unknown("not resolvable from the file", at) if unread else Known(scope or "any", at),
        "conditions": condition_records(widest.condition) + condition_records(condition),
    }


def _entrance(scope: SubjectScope | None, provider: Provider) -> tuple[int, bool]:
    """The order in which one of several providers speaks for all: the widest, then one of a pipeline's."""
    return WIDTH.index(scope) if scope else len(WIDTH), _kind(provider) not in ("github", "gitlab")


def _lets_in(provider: Provider, pooled: PoolMember) -> bool:
    return _may_state(provider, pooled) and not _shuts_out(provider, pooled)


def _shuts_out(provider: Provider, pooled: PoolMember) -> bool:
    """Whether a provider's condition asks for another value of the very claim that the member names."""
    if provider.unread_mapping is not None:
        return False
    own = {each.claim for each in _asked_by(pooled, provider)}
    asked = always_asked(value_of(provider.condition), provider.mapping)
    others = [each.values for each in asked if each.claim in own and not each.likes and any(each.values)]
    told = (pooled.value, *(value for values in others for value in values))
    return not any(map(has_gap, told)) and any(pooled.value not in values for values in others)


def _may_state(provider: Provider, pooled: PoolMember) -> bool:
    """Whether who enters by a provider can carry the member's attribute: only what its mapping sets is there.

    A mapping that is not stated is the provider's own (AWS), and one with a key that is filled in may set any. What it
    takes from a claim that the issuer's tokens do not carry is not set.
    """
    if provider.unread_mapping is None and is_of_another_issuer(
        _kind(provider), claim_behind(_source(pooled), provider.mapping)
    ):
        return False
    if not pooled.attribute.startswith("attribute.") or provider.unread_mapping is not None or not provider.mapping:
        return True
    return pooled.attribute in provider.mapping or any(has_gap(key) for key in provider.mapping)


def _where(condition: Fact[str], scope: SubjectScope | None) -> SubjectScope | None:
    """What a binding's condition leaves of a scope; None where it asks for something that is not read here."""
    if condition is None or scope is None:
        return scope
    if isinstance(condition, Unknown):
        return None
    asked = [atom for atom in parts(condition.value, "&&") if not _OF_THE_HOUR.match(atom)]
    if not asked:
        return scope
    named = scope == "repository" and all(_OF_A_BRANCH.match(atom) for atom in asked)
    return "branch_or_environment" if named else None


def _entering(pooled: PoolMember, provider: Provider) -> SubjectScope | None:
    """How wide a member's own words and the provider's condition leave it together."""
    kind = _kind(provider)
    if kind is None or provider.unread_mapping is not None:
        return None
    by_condition = _provider_scope(provider)
    by_member = _member_scope(pooled, kind, provider)
    if by_member == "any" and by_condition is not None:
        return narrowed(by_condition, _asked_by(pooled, provider))
    if by_member in (None, "any"):
        return by_condition if by_condition != "any" else None
    together = max(by_member, by_condition or "any", key=WIDTH.index)
    left = narrowed(together, always_asked(value_of(provider.condition), provider.mapping))
    return left if by_condition is not None or left in _OF_ONE else None


def _member_scope(pooled: PoolMember, kind: IssuerKind, provider: Provider) -> SubjectScope | None:
    if pooled.attribute == "*":
        return "any"
    if pooled.attribute == "group":
        return None
    asked = _asked_by(pooled, provider)
    if asked:
        return scope_of_claims(kind, asked)
    return scope_by_parts(kind, provider.mapping.get(_source(pooled), ""), pooled.value)


def _source(pooled: PoolMember) -> str:
    return "google.subject" if pooled.attribute == "subject" else pooled.attribute


def _asked_by(pooled: PoolMember, provider: Provider) -> list[Asked]:
    """The claim that a member asks for; none for the whole pool and where the mapping computes it."""
    claim = claim_behind(_source(pooled), provider.mapping)
    return [Asked(claim, (pooled.value,))] if claim else []


def _provider_scope(provider: Provider) -> SubjectScope | None:
    kind = _kind(provider)
    if kind is None or isinstance(provider.condition, Unknown) or provider.unread_mapping is not None:
        return None
    own = admitted(kind, value_of(provider.condition), provider.mapping)
    return "organization" if own == "any" and kind in ("circleci", "bitbucket") else own


def _kind(provider: Provider) -> IssuerKind | None:
    issuer = value_of(provider.issuer)
    return kind_of_issuer(issuer) if issuer is not None else None


def _kind_fact(provider: Provider) -> Fact[IssuerKind]:
    kind = _kind(provider)
    at = provider.issuer.at if provider.issuer is not None else provider.at
    return Known(kind, at) if kind else Unknown("not resolvable from the file", at)


def _issuer(provider: Provider) -> Fact[str]:
    issuer = provider.issuer
    if not isinstance(issuer, Known):
        return issuer
    host = issuer.value.removeprefix("https://").rstrip("/")
    return Known(issuer_of(host) or host, issuer.at)


def _impossible(provider: Provider, kind: IssuerKind | None) -> Fact[tuple[str, ...]]:
    if provider.condition is None or kind is None or isinstance(provider.condition, Unknown):
        return provider.condition if isinstance(provider.condition, Unknown) else None
    return Known(impossible_values(kind, provider.condition.value, provider.mapping), provider.condition.at)


def _subject_claim(provider: Provider) -> Fact[str]:
    if provider.unread_mapping is not None:
        return provider.unread_mapping
    told = provider.mapping.get("google.subject")
    if told is None:
        return None
    claim = claim_behind("google.subject", provider.mapping)
    return Known(claim or told, provider.mapping_at or provider.at)
