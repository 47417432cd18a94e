"""Access entries of EKS clusters in a template, by the role of the template that they let in.

Source: docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-eks-accessentry.html, read
2026-11-22.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from nhilint.formats.aws.cluster_access import cluster_access
from nhilint.formats.cloudformation.declared import referred

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.formats.cloudformation.declared import Declared
    from nhilint.model.vocabulary.authority import ClusterAccess


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
