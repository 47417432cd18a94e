"""A member of a binding becomes a principal: who is meant, whose it is, and whether Google made it.

Sources: cloud.google.com/iam/docs/principal-identifiers and cloud.google.com/iam/docs/service-account-types, read
2026-11-22. A text with a gap (`serviceAccount:${var.x}`) still tells the kind; its value is unknown.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.statement import Principal
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.model.place import Place

PrincipalKind = Literal["anyone", "user", "group", "domain", "service_account", "federated"]

OWN: Final = "@own.iam.gserviceaccount.com"
"""Ends the stand-in for an account that the same module declares; no project can have an id that short."""
CLUSTER_POOL: Final = Deferred(r"^serviceAccount:([^\[\]]{1,200})\.svc\.id\.goog\[([^\[\]]{0,300})\]$")
"""A Kubernetes service account under a cluster's own pool: project, then namespace and name."""
_FILLED_IN = Deferred(r"\$\{\s{0,9}([^{}]{0,200}?)\s{0,9}\}")
_GAP = Deferred(r"\$\{|\{\{|<[A-Za-z_ -]+>|%s|\$\(|\b(?:PROJECT|YOUR)[_-]?(?:ID|PROJECT|NUMBER)\b")
_PREFIXES: tuple[tuple[str, PrincipalKind], ...] = (
    ("user:", "user"),
    ("group:", "group"),
    ("domain:", "domain"),
    ("serviceAccount:", "service_account"),
    ("principal:", "federated"),
    ("principalSet:", "federated"),
    ("projectOwner:", "group"),
    ("projectEditor:", "group"),
    ("projectViewer:", "group"),
)
_CONSUMER = Deferred(
    r"^user:[^@]+@(?:gmail|googlemail|yahoo|hotmail|outlook|live|icloud|proton|protonmail|gmx|qq|163|126)\."
    r"(?:com|net|de|me|co\.uk|fr|ru)$",
    flags=re.IGNORECASE,
)
_EXAMPLE = Deferred(
    r"^user:(?:your|my|example|someone|name|user|test|foo|jane|john|alice|bob|abc|xyz|email|\W)", flags=re.IGNORECASE
)
_DEFAULT = Deferred(r"^serviceAccount:(?:.*-compute@developer\.gserviceaccount\.com|.*@appspot\.gserviceaccount\.com)$")
_AGENT = Deferred(
    r"^serviceAccount:(?:service-(?:\d|\$|own|data)|.*@(?:gcp-sa-[\w-]+\.iam|cloudservices|[\w-]+-service-agent\.iam|"
    r"container-engine-robot\.iam|serverless-robot-prod\.iam|compute-system\.iam|gs-project-accounts\.iam|bigquery-encryption\.iam|"
    r"storage-transfer-service\.iam|"
    r"system\.|cloudlogs\.|logging-\d+)|p\d+-\d+@|cloud-logs@|system-gserviceaccount)"
)


def has_gap(text: str) -> bool:
    """Whether a text holds a part that only a run can tell."""
    return bool(_GAP.search(text))


def member_kind(member: str) -> PrincipalKind | None:
    """The sort of a member; None for a text that is no member, a gap included."""
    plain = member.removeprefix("deleted:")
    if plain in ("allUsers", "allAuthenticatedUsers"):
        return "anyone"
    if CLUSTER_POOL.match(plain):
        return "federated"
    if plain.startswith("user:") and plain.endswith("gserviceaccount.com"):
        return "service_account"  # the prefix is wrong, the account is meant
    return next((kind for prefix, kind in _PREFIXES if plain.startswith(prefix)), None)


class Standing(NamedTuple):
    """What else is known of a member: the role by which it may do everything anyway, its account's name, and whether
    its other roles start nothing."""

    stronger: str | None = None
    name: str | None = None
    starts_nothing: bool = False


def principal(member: Known[str] | Unknown, standing: Standing | None = None) -> Principal | Unknown:
    """The principal that a member names, with what else is known of it."""
    if isinstance(member, Unknown):
        return member
    text, at = member.value, member.at
    standing = standing or Standing()
    kind = member_kind(text)
    if kind is None:
        return Unknown("a template" if has_gap(text) else "no member that Google knows", at)
    return Principal(
        at=at,
        kind=Known(kind, at),
        value=Unknown("a template", at) if has_gap(text) else Known(shown(text), at),
        account=_project(text, at),
        default_account=Known(is_default(text), at),
        service_agent=Known(is_service_agent(text), at),
        consumer=Known(bool(_CONSUMER.match(text)) and not _EXAMPLE.match(text), at),
        deleted=Known(text.startswith("deleted:"), at),
        called=Known(standing.name or shown(text).removeprefix("serviceAccount:"), at),
        stronger_role=Known(standing.stronger, at) if standing.stronger else None,
        starts_nothing=Known(value=True, at=at) if standing.starts_nothing else None,
    )


def shown(member: str) -> str:
    """A member as a message says it: an account of the same module by its label, one of a pool by what it names, and
    what only a run can fill in between angle brackets."""
    if "/workloadIdentityPools/" in member:
        member = member.rpartition("/workloadIdentityPools/")[2]
    return _FILLED_IN.sub(r"<\1>", member.removesuffix(OWN))


def is_default(member: str) -> bool:
    """Whether it is the account of Compute Engine or App Engine that workloads get when none is named."""
    return bool(_DEFAULT.match(member))


def is_service_agent(member: str) -> bool:
    """Whether Google made the account for one of its own services; nobody else's code runs as it."""
    return bool(_AGENT.match(member))


def is_workload(member: str) -> bool:
    """Whether it is a machine identity of the customer's: an account of a workload, or an outside one let in. One that
    has been deleted is nobody's, not even its namesake's."""
    if member.startswith("deleted:"):
        return False
    kind = member_kind(member)
    if kind == "federated":
        return "/workforcePools/" not in member
    return kind == "service_account" and not is_service_agent(member)


def _project(member: str, at: Place) -> Known[str] | None:
    found = re.search(r"@([a-z][a-z0-9-]{4,28}[a-z0-9])\.iam\.gserviceaccount\.com$", member)
    return Known(found[1], at) if found else None
