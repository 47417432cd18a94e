"""Access entries of EKS clusters in a module, by the role of the module that they let in.

Source: `aws_eks_access_policy_association` below registry.terraform.io/providers/hashicorp/aws/latest/docs/resources,
read 2026-11-22. An `aws_eks_access_entry` alone gives nothing but groups, which EKS does not let begin with `system:`.
Calls of terraform-aws-modules/eks say the same in `access_entries` (variables.tf of version 21.19), and in
`aws_auth_roles` with groups of the cluster (18.31, 19.21, and modules/aws-auth of 20.37); so does the ConfigMap
`aws-auth` as a resource of the Kubernetes provider, with `mapRoles = yamlencode([…])`; read 2026-11-22.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from nhilint.formats.aws.cluster_access import MASTERS, cluster_access, told
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.terraform.attachments import Attachments, Key
    from nhilint.formats.terraform.module import Called, Spot
    from nhilint.formats.terraform.resolver import Resolver
    from nhilint.model.vocabulary.authority import ClusterAccess
    from nhilint.source.value import Value

_CONFIG_MAPS = ("kubernetes_config_map", "kubernetes_config_map_v1", "kubernetes_config_map_v1_data")
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
    for owner, access in (*_of_calls(resolver, attachments), *_of_config_maps(resolver, attachments)):
        found[owner].append(access)
    return found


def _of_calls(resolver: Resolver, attachments: Attachments) -> Iterator[tuple[Key, ClusterAccess]]:
    """What calls of the module for clusters let roles of this module do."""
    for called in resolver.module.clusters:
        cluster = _cluster(called, resolver)
        stated = called.body.get("access_entries")
        for name, entry in stated.items() if isinstance(stated, dict) else ():
            if isinstance(entry, dict):
                spot = called.spot.to("access_entries", name)
                yield from _of_entry(entry, cluster, spot, resolver, attachments)
        stated = called.body.get("aws_auth_roles")
        yield from _of_groups(stated, called.spot.to("aws_auth_roles"), cluster, attachments)


def _of_entry(
    entry: dict[str, Value], cluster: str, spot: Spot, resolver: Resolver, attachments: Attachments
) -> Iterator[tuple[Key, ClusterAccess]]:
    owner, held = attachments.principal("aws_iam_role", entry.get("principal_arn")), entry.get("policy_associations")
    for key, policy in held.items() if owner is not None and isinstance(held, dict) else ():
        scope = policy.get("access_scope") if isinstance(policy, dict) else None
        if owner is not None and isinstance(policy, dict) and isinstance(scope, dict):
            at = spot.to("policy_associations", key, "policy_arn")
            texts = resolver.text(policy.get("policy_arn"), at), resolver.text(scope.get("type"), at)
            yield owner, cluster_access(*texts, cluster, at.place)


def _of_config_maps(resolver: Resolver, attachments: Attachments) -> Iterator[tuple[Key, ClusterAccess]]:
    """What the ConfigMap of a cluster, written by the module itself, lets its roles do."""
    for block in (block for kind in _CONFIG_MAPS for block in resolver.module.of_kind(kind)):
        metadata, data = block.body.get("metadata"), block.body.get("data")
        named = metadata[0] if isinstance(metadata, list) and metadata else metadata
        written = data.get("mapRoles") if isinstance(data, dict) else None
        encoded = isinstance(written, Expression) and written.function == "yamlencode" and len(written.arguments) == 1
        if encoded and isinstance(written, Expression) and isinstance(named, dict) and named.get("name") == "aws-auth":
            spot = block.spot.to("data", "mapRoles", 0)
            yield from _of_groups(written.arguments[0], spot, "", attachments)


def _of_groups(
    entries: Value, spot: Spot, cluster: str, attachments: Attachments
) -> Iterator[tuple[Key, ClusterAccess]]:
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        owner = attachments.principal("aws_iam_role", entry.get("rolearn")) if isinstance(entry, dict) else None
        groups = entry.get("groups") if isinstance(entry, dict) else None
        if owner is not None and isinstance(groups, list) and groups:
            group = MASTERS if MASTERS in groups else str(groups[0])
            place = spot.to(index, "groups").place
            yield owner, told(group, cluster, place, administers=group == MASTERS)


def _cluster(called: Called, resolver: Resolver) -> str:
    """The name of the cluster: `name` since version 21, `cluster_name` before."""
    key = "name" if "name" in called.body else "cluster_name"
    return resolver.text(called.body.get(key), called.spot.to(key))
