"""Accounts that a controller takes to apply what an object says, by the object's `spec.serviceAccountName`.

No pod runs as such an account: the controller asks for a token of it, or impersonates it, whenever it applies the
object. Who may write such an object in the account's namespace has what the account has, and so has who may make a pod
there. Sources: https://carvel.dev/kapp-controller/docs/develop/security-model/ (App: an account of its own namespace,
with whose rights its resources are managed; read 2026-11-23); the same field of the other kinds, known, pages not re-
read: https://kluctl.io/docs/gitops/spec/v1beta1/kluctldeployment/, https://github.com/kluctl/template-controller and
https://fluxcd.io/flux/components/kustomize/kustomizations/#role-based-access-control (Kustomization, HelmRelease).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.kubernetes.names import name_of, namespace_of, object_name
from nhilint.formats.kubernetes.parts import StatedApplier

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.formats.node import Node

_APPLIED = {
    "PackageInstall": "packaging.carvel.dev/",
    "App": "kappctrl.k14s.io/",
    "ObjectTemplate": "templates.kluctl.io/",
    "KluctlDeployment": "gitops.kluctl.io/",
    "Kustomization": "kustomize.toolkit.fluxcd.io/",
    "HelmRelease": "helm.toolkit.fluxcd.io/",
}


def takes_account(node: Node) -> bool:
    """Whether a controller applies what an object says with the rights of an account that the object names."""
    group = _APPLIED.get(str(node["kind"].value))
    of_the_kind = group is not None and str(node["apiVersion"].value).startswith(group)
    return of_the_kind and bool(name_of(node.at_path("spec", "serviceAccountName")))


def applier(node: Node) -> StatedApplier:
    """Such an object, with the account."""
    account = node.at_path("spec", "serviceAccountName")
    return StatedApplier(
        kind=str(node["kind"].value),
        name=object_name(node),
        account=name_of(account),
        namespace=namespace_of(node.at_path("metadata", "namespace")),
        at=account.at,
    )


def said_of_appliers(appliers: Sequence[StatedApplier]) -> str:
    """What makes the account of such objects less near than one that a pod holds."""
    kinds = " and ".join(sorted({one.kind for one in appliers}))
    return (
        f"no pod here runs as it, but a controller applies each {kinds} that names it with its rights: "
        "who may write one in its namespace has them"
    )
