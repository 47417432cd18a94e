"""Claims other than the subject, asked for by a trust policy, become how wide it admits.

AWS evaluates further claims of a few issuers (docs.aws.amazon.com/IAM/latest/UserGuide/
reference_policies_iam-condition-keys.html, not re-read). A claim counts by its value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.aws.subject_parts import claim_scope
from nhilint.formats.aws.words import unfilled
from nhilint.model.fact import Known, Unknown

if TYPE_CHECKING:
    from nhilint.formats.aws.federation import IssuerKind, SubjectScope
    from nhilint.model.fact import Fact
    from nhilint.model.vocabulary.statement import Condition

_WIDTH: tuple[SubjectScope, ...] = (
    "any", "organization", "repository", "pull_request", "workload", "branch_or_environment",
)  # fmt: skip
_OTHERS: dict[str, SubjectScope] = {
    "project_id": "repository",
    "project_path": "repository",
    "namespace_id": "organization",
    "namespace_path": "organization",
    "amr": "organization",
    "oaud": "organization",
}
_WITHIN = frozenset({"environment", "ref"})
OF_ONE: frozenset[SubjectScope] = frozenset({"workload", "branch_or_environment"})
"""What no further demand makes narrower in a way that matters."""
_BY_AUDIENCE = frozenset({"cognito", "google"})
"""Issuers whose audience names one pool or one client of a customer's own. Pools of another account get in with a
condition on theirs alone (docs.aws.amazon.com/cognito/latest/developerguide/
identity-pools-security-best-practices.html, excerpt of 2026-11-22)."""


def scope_of_claims(
    kind: IssuerKind, asked: tuple[tuple[str, Condition], ...], by_subject: SubjectScope = "any"
) -> Fact[SubjectScope] | SubjectScope:
    """What several claims that must all hold leave of the subject's; unknown where the value of one comes later."""
    if by_subject in OF_ONE:
        return by_subject
    scopes: list[SubjectScope] = [by_subject]
    within = False
    for claim, condition in asked:
        values = condition.values.value if isinstance(condition.values, Known) else ()
        if isinstance(condition.values, Unknown) or any(unfilled(value) for value in values):
            if claim in _OTHERS or claim_scope(claim, "*") or (claim == "aud" and kind in _BY_AUDIENCE):
                return Unknown("a template", condition.at)
            continue
        scopes.append(min((_scope(kind, claim, value) for value in values), key=_WIDTH.index, default="any"))
        within = within or (claim in _WITHIN and not any("*" in value for value in values))
    best = max(scopes, key=_WIDTH.index)
    return "branch_or_environment" if best == "repository" and within else best


def named_by_claims(asked: tuple[tuple[str, Condition], ...]) -> Fact[tuple[str, ...]]:
    """The claims that say who enters, with their values, in the form in which subjects name them."""
    telling = [(claim, c) for claim, c in asked if claim in _OTHERS or claim_scope(claim, "*")]
    if not telling:
        return None
    told = tuple(f"{claim}:{value}" for claim, c in telling if isinstance(c.values, Known) for value in c.values.value)
    return Known(told, telling[0][1].at)


def _scope(kind: IssuerKind, claim: str, value: str) -> SubjectScope:
    if claim == "aud":
        return "organization" if kind in _BY_AUDIENCE and "*" not in value else "any"
    if claim in _OTHERS:
        return "any" if value.startswith("*") else _OTHERS[claim]
    return claim_scope(claim, value) or "any"
