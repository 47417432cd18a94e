"""`aws_eks_pod_identity_association` in a module: service accounts of a cluster and the roles that they are given.

Source: github.com/hashicorp/terraform-provider-aws, website/docs/r/eks_pod_identity_association.html.markdown, read
2026-11-22. References to the account or namespace of an object of the module are followed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.kubernetes.associations import association
from nhilint.formats.terraform.kubernetes_objects import ObjectResolver
from nhilint.formats.terraform.referents import resource_named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nhilint.formats.kubernetes.parts import Manifest
    from nhilint.formats.terraform.fragment import Fragment
    from nhilint.formats.terraform.module import Module

KIND = "aws_eks_pod_identity_association"


def pod_identities(module: Module, by_path: Mapping[str, Fragment]) -> Iterator[Manifest]:
    """The associations of a module, each in the setting of its file."""
    resolver = ObjectResolver(module)
    for block in module.of_kind(KIND):
        name = "target_role_arn" if "target_role_arn" in block.body else "role_arn"
        named = resource_named(block.body.get(name))
        own = ".".join(named) if named is not None and named[0] == "aws_iam_role" else None
        with resolver.instance(block):
            account, namespace, role = (
                resolver.node(block.body.get(key), block.spot.to(key)) for key in ("service_account", "namespace", name)
            )
            found = association(account, namespace, role, block.at, by_path[block.at.path].setting, own)
        if found is not None:
            yield found
