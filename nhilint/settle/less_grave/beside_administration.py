"""What a principal of AWS may do besides administering the whole account is not told by itself.

Who mends it mends nothing as long as the other finding stands, and who mends that one sees the rest in the next run.

It has to be the very same principal, that a statement for every action on every resource, or AWS's policy for
administrators without a boundary, makes an administrator, and another finding has to tell of it with confidence.
Who may only take such rights, by a change of its own policies, is told for that by checks, as is who holds IAM alone.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from nhilint.knowledge import aws
from nhilint.model.fact import value_of
from nhilint.model.finding import Confidence
from nhilint.model.vocabulary.identity import Identity
from nhilint.settle.less_grave.out_of_reach import OF_POWER
from nhilint.settle.less_grave.who_is_meant import meant_by
from nhilint.settle.lowered import without_consequence

if TYPE_CHECKING:
    from nhilint.model.finding import Finding
    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

_OF_ADMINISTRATION = frozenset({"administrator-policy-attached", "full-admin-policy"})
_NARROWER = (OF_POWER | {"writes-on-every-resource"}) - _OF_ADMINISTRATION - {"allow-all-but-a-few"}
_BECAUSE = "it administers the whole account besides, which another finding tells"


def retold(findings: tuple[Finding, ...], resources: tuple[Resource, ...], _: Tree) -> tuple[Finding, ...]:
    """The findings; what such a principal may do besides with low confidence."""
    if not any(one.check in _OF_ADMINISTRATION for one in findings):
        return findings
    named: dict[str, list[Identity]] = defaultdict(list)
    for resource in resources:
        if isinstance(resource.facts, Identity) and value_of(resource.facts.provider) == "aws":
            named[resource.name].append(resource.facts)
    told: set[int] = set()
    for one in findings:
        if one.check in _OF_ADMINISTRATION and one.confidence > Confidence.LOW:
            told |= {id(holder) for holder in meant_by(one, named.get(one.subject.name, ())) if _administers(holder)}
    return tuple(_told(one, meant_by(one, named.get(one.subject.name, ())), told) for one in findings)


def _told(finding: Finding, holders: tuple[Identity, ...], administrators: set[int]) -> Finding:
    if finding.check not in _NARROWER or not holders or finding.confidence == Confidence.LOW:
        return finding
    is_besides = all(id(holder) in administrators for holder in holders)
    return without_consequence(finding, _BECAUSE) if is_besides else finding


def _administers(holder: Identity) -> bool:
    """Whether it may do everything, as far as no boundary takes it back."""
    attached = value_of(holder.managed_admin) or ()
    by_policy = holder.boundary is None and any(aws.managed_policy_level(one) == "admin" for one in attached)
    return value_of(holder.admin) is True or by_policy
