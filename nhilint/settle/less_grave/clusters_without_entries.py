"""All of Amazon EKS on clusters and their nodes alone is told less gravely: it makes nobody an administrator of one.

Who may do what in a cluster is decided by policies that are associated with its access entries, which are resources of
their own; a statement that names clusters and node groups says nothing about those. What is left is to change, open and
delete clusters. Sources: docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelastickubernetesservice
.html (`AssociateAccessPolicy`), of the release that the data of `nhilint.knowledge.aws` names; docs.aws.amazon.com/eks/
latest/userguide/access-policies.html, from a survey.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.knowledge import aws
from nhilint.model.fact import Known, known_records, value_of
from nhilint.model.vocabulary.identity import Identity
from nhilint.settle.less_grave.facts_behind import facts_behind
from nhilint.settle.lowered import a_step_lower

if TYPE_CHECKING:
    from nhilint.model.finding import Finding
    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.statement import Grant
    from nhilint.tree import Tree

OF_SERVICES = "whole-service-wildcard"
_CLUSTERS = "eks"
_GIVES_ACCESS = "eks:AssociateAccessPolicy"


def retold(findings: tuple[Finding, ...], resources: tuple[Resource, ...], _: Tree) -> tuple[Finding, ...]:
    """The findings; those about such statements and nothing else lowered."""
    because = "its resources leave out access entries, by which one would administer a cluster"
    return tuple(
        a_step_lower(one, because) if one.check == OF_SERVICES and _leaves_entries_out(one, resources) else one
        for one in findings
    )


def _leaves_entries_out(finding: Finding, resources: tuple[Resource, ...]) -> bool:
    about = tuple(facts_behind(finding, resources, Identity))
    return bool(about) and all(map(_only_changes_clusters, about))


def _only_changes_clusters(holder: Identity) -> bool:
    told = {service for one in known_records(holder.whole_services) for service in value_of(one.besides) or ()}
    grants = [one for one in known_records(holder.grants) if _CLUSTERS in (value_of(one.unlimited_services) or ())]
    return told == {_CLUSTERS} and bool(grants) and all(map(_names_no_entries, grants))


def _names_no_entries(grant: Grant) -> bool:
    named = grant.resources
    return isinstance(named, Known) and not any(aws.fits(_GIVES_ACCESS, one) for one in named.value)
