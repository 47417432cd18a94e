"""Accounts that a controller takes to apply what an object says, by the object's `spec.serviceAccountName`.

No pod runs as such an account: the controller asks for a token of it, or impersonates it, whenever it applies the
object. Who may write such an object in the account's namespace has what the account has, and so has who may make a pod
there. Where what is applied is a release that the object names, or what Flux's own source has (`flux-system`, which it
was set up with), this repository's review decides it, as it does for the controllers themselves; what else a source of
Flux or Kluctl names, and what a template of Kluctl is filled with, others may write. Sources:
https://carvel.dev/kapp-controller/docs/develop/security-model/ (App: an account of its own namespace, with whose rights
its resources are managed; read 2026-11-23); the same field of the other kinds, known, pages not re-read:
https://kluctl.io/docs/gitops/spec/v1beta1/kluctldeployment/, https://github.com/kluctl/template-controller and
https://fluxcd.io/flux/components/kustomize/kustomizations/#role-based-access-control (Kustomization, HelmRelease) and
https://fluxcd.io/flux/components/helm/helmreleases/#chart-template (chart.spec.sourceRef, chartRef).
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
_OWN_SOURCE = "flux-system"
APPLIED_FROM_HERE = "no pod here runs as it, and a controller takes it only to apply what this repository names"


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
        decided_here=_is_decided_here(node),
        at=account.at,
    )


def _is_decided_here(node: Node) -> bool:
    """Whether an object applies a release that it names, or what Flux was set up with."""
    kind, spec = node["kind"].value, node["spec"]
    if kind == "HelmRelease":
        source, packed = spec.at_path("chart", "spec", "sourceRef"), spec.at_path("chartRef", "kind").value
        return source["kind"].value == "HelmRepository" or packed == "OCIRepository" or _is_own(source)
    return kind == "PackageInstall" or (kind == "Kustomization" and _is_own(spec["sourceRef"]))


def _is_own(source: Node) -> bool:
    return str(source["name"].value) == _OWN_SOURCE


def said_of_appliers(appliers: Sequence[StatedApplier], *, opens_cloud: bool) -> str:
    """What makes the account of such objects less near than one that a pod holds."""
    if not opens_cloud and all(one.decided_here for one in appliers):
        return APPLIED_FROM_HERE
    kinds = " and ".join(sorted({one.kind for one in appliers}))
    return (
        f"no pod here runs as it, but a controller applies each {kinds} that names it with its rights: "
        "who may write one in its namespace has them"
    )
