"""That people may act as every service account of a project is told one step less gravely where nothing else that they
are given here lets them make, change or set off anything.

To work with the rights of an account one attaches it to a machine, function or build of one's own; who only looks on
has none. Such people mostly have the role because OS Login asks for it on the account of the machine that they sign in
to, for which that account alone would do. Source, read 2026-11-23: cloud.google.com/compute/docs/oslogin/set-up-oslogin
and cloud.google.com/iam/docs/service-account-permissions (roles/iam.serviceAccountUser).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.model.fact import known_records, value_of
from nhilint.model.vocabulary.identity import ResourcePolicy
from nhilint.settle.less_grave.facts_behind import facts_behind
from nhilint.settle.lowered import a_step_lower

if TYPE_CHECKING:
    from nhilint.model.finding import Finding
    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.statement import Grant
    from nhilint.tree import Tree

OF_PEOPLE = "people-may-act-as-every-service-account"
BECAUSE = "none of the other roles that they are given here starts anything that runs as one"
_PEOPLE = frozenset({"user", "group", "domain"})


def retold(findings: tuple[Finding, ...], resources: tuple[Resource, ...], _: Tree) -> tuple[Finding, ...]:
    """The findings; those about such people lowered."""
    return tuple(
        a_step_lower(one, BECAUSE) if one.check == OF_PEOPLE and _start_nothing(one, resources) else one
        for one in findings
    )


def _start_nothing(finding: Finding, resources: tuple[Resource, ...]) -> bool:
    policies = facts_behind(finding, resources, ResourcePolicy)
    meant = [grant for policy in policies for grant in known_records(policy.grants) if _is_told(grant, finding)]
    people = [
        who
        for grant in meant
        for who in known_records(grant.principals)
        if value_of(who.kind) in _PEOPLE and value_of(who.stronger_role) is None
    ]
    return bool(people) and all(value_of(who.starts_nothing) is True for who in people)


def _is_told(grant: Grant, finding: Finding) -> bool:
    return grant.role is not None and grant.role.at == finding.place
