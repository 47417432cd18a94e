"""Access entries of EKS clusters in a module, by the role of the module that they let in.

Source: `aws_eks_access_policy_association` below registry.terraform.io/providers/hashicorp/aws/latest/docs/resources,
read 2026-11-22. An `aws_eks_access_entry` alone gives nothing but groups, which EKS does not let begin with `system:`.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from nhilint.formats.aws.cluster_access import cluster_access

if TYPE_CHECKING:
    from nhilint.formats.terraform.attachments import Attachments, Key
    from nhilint.formats.terraform.resolver import Resolver
    from nhilint.model.vocabulary.authority import ClusterAccess

_ASSOCIATION = "aws_eks_access_policy_association"


def cluster_accesses(resolver: Resolver, attachments: Attachments) -> dict[Key, list[ClusterAccess]]:
    """What each role of the module may do in clusters; those of other modules are left out."""
    found: dict[Key, list[ClusterAccess]] = defaultdict(list)
    for block in resolver.module.of_kind(_ASSOCIATION):
        owner = attachments.principal("aws_iam_role", block.body.get("principal_arn"))
        scopes = block.body.get("access_scope")
        scope = scopes[0] if isinstance(scopes, list) and scopes and isinstance(scopes[0], dict) else {}
        if owner is None:
            continue
        texts = (
            resolver.text(block.body.get("policy_arn"), block.spot.to("policy_arn")),
            resolver.text(scope.get("type"), block.spot.to("access_scope", 0, "type")),
            resolver.text(block.body.get("cluster_name"), block.spot.to("cluster_name")),
        )
        found[owner].append(cluster_access(*texts, block.spot.to("policy_arn").place))
    return found
