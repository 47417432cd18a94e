"""Access entries of EKS clusters in a template, by the role that they let in, and roles given to service accounts.

Source: docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-eks-accessentry.html and
…/aws-resource-eks-podidentityassociation.html, read 2026-11-22.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from nhilint.formats.aws.cluster_access import cluster_access
from nhilint.formats.cloudformation.declared import referred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nhilint.formats.cloudformation.declared import Declared
    from nhilint.formats.kubernetes.parts import Manifest
    from nhilint.model.vocabulary.authority import ClusterAccess


ASSOCIATION = "AWS::EKS::PodIdentityAssociation"


def pod_identities(resources: Sequence[Declared]) -> Iterator[Manifest]:
    """The associations of a template, whose own roles go by their place in it."""
    from nhilint.formats.kubernetes.associations import association

    roles = {resource.logical_id for resource in resources if resource.kind == "AWS::IAM::Role"}
    for resource in resources:
        if resource.kind == ASSOCIATION:
            name = "TargetRoleArn" if "TargetRoleArn" in resource.raw else "RoleArn"
            own = referred(resource.raw.get(name))
            known = f"Resources.{own}" if own in roles else None
            account, namespace = resource["ServiceAccount"], resource["Namespace"]
            found = association(account, namespace, resource[name], resource.at, "production", known)
            if found is not None:
                yield found


def cluster_accesses(resources: Iterable[Declared]) -> dict[str, list[ClusterAccess]]:
    """What each role of the template may do in clusters, by its logical id."""
    found: dict[str, list[ClusterAccess]] = defaultdict(list)
    for resource in resources:
        owner = referred(resource.raw.get("PrincipalArn")) if resource.kind == "AWS::EKS::AccessEntry" else ""
        for policy in resource["AccessPolicies"].items() if owner else ():
            arn, scope = policy["PolicyArn"], policy.at_path("AccessScope", "Type")
            if arn.is_text:
                cluster = str(resource["ClusterName"].value)
                found[owner].append(cluster_access(str(arn.value), str(scope.value), cluster, arn.at))
    return found
