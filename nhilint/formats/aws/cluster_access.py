"""What an access policy of EKS lets a role of AWS do in a cluster.

Source: docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html, read 2026-11-22:
AmazonEKSClusterAdminPolicy gives what `cluster-admin` gives, AmazonEKSAdminPolicy what `admin` gives. Held in the whole
cluster, the second leads to everything as well: it runs pods as any service account.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nhilint.model.fact import Known
from nhilint.model.vocabulary.authority import ClusterAccess

if TYPE_CHECKING:
    from nhilint.model.place import Place

MASTERS = "system:masters"
"""The group of Kubernetes whose members may do everything; no rule of the cluster can take it from them."""

_ADMINISTERING = frozenset({"AmazonEKSClusterAdminPolicy", "AmazonEKSAdminPolicy"})


def cluster_access(policy: str, scope: str, cluster: str, at: Place) -> ClusterAccess:
    """The access that a policy (its ARN) gives in a scope, `cluster` or `namespace`, of the cluster of that name."""
    name = policy.rpartition("/")[2]
    return told(name, cluster, at, administers=name in _ADMINISTERING and scope.lower() == "cluster")


def told(through: str, cluster: str, at: Place, *, administers: bool) -> ClusterAccess:
    """An access with what gives it: the name of a policy, or a group."""
    power: Literal["administers", "limited"] = "administers" if administers else "limited"
    named = Known(cluster, at) if cluster and "${" not in cluster else None
    return ClusterAccess(at=at, cluster=named, power=Known(power, at), through=Known(through, at))
