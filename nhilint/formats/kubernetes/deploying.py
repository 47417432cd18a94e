"""Controllers that put whatever a repository or a backup has into a cluster, and accounts that people sign in as.

Such a controller holds the power of what it installs. It is known by the image that it runs, whatever its account is
called, or by the name that its project's manifests and chart give the account or its role. Argo CD is known by name
alone: its image runs the servers that people reach as well. Images as their projects publish them, and names from a
survey, pages not re-read:
https://github.com/pusher/faros (a repository's objects, by GitTrack), https://fluxcd.io/flux/components/ and
https://github.com/fluxcd/flux (the first Flux), https://velero.io/docs/main/basic-install/ (before: Heptio Ark),
https://kluctl.io/docs/gitops/, https://carvel.dev/kapp-controller/, https://fleet.rancher.io/,
https://github.com/rancher/system-upgrade-controller and, for `flux-applier`, as which Azure's extension for Flux
applies what a namespace is given, https://learn.microsoft.com/azure/azure-arc/kubernetes/conceptual-gitops-flux2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.formats.kubernetes.parts import StatedWorkload

_IMAGE = Deferred(
    r"(?:^|/)(?:pusher/faros|fluxcd/(?:(?:kustomize|helm)-controller|flux|helm-operator)|weaveworks/flux",
    r"|heptio-images/(?:ark|velero)|velero/velero|kluctl/kluctl|(?:carvel-dev|vmware-tanzu|k14s)/kapp-controller",
    r"|rancher/(?:fleet-agent|system-upgrade-controller))(?:[:@]|$)",
)

_CONTROLLER = Deferred(
    r"(?:^|/)(?:(?:[a-z0-9-]+-)?argocd-application-controller|(?:kustomize|helm)-controller|argocd-manager|gitops-agent",
    r"|flux-applier|fleet-(?:agent|controller-bootstrap)|config-management-operator)$",
    r"|/(?:(?:kluctl|kapp)-controller|kapp-controller-sa|(?:flux|package)-operator|velero(?:-server)?)$",
    r"|^(?:argo-?cd|openshift-gitops)/.*application-controller$|^(?:velero|system-upgrade(?:-controller)?)/|^heptio-ark/ark$",
    r"|^crossplane-system/.*(?:provider-(?:helm|kubernetes)|(?:helm|kubernetes)-provider)",
)
"""Accounts, with their namespace, and roles of those controllers."""
_SIGN_IN = Deferred(r"/(?:headlamp-admin|admin-user)$")
"""Accounts that the guides of dashboards make for people, from a survey: in the repository kubernetes/dashboard
docs/user/access-control/creating-sample-user.md."""


def taker_by_name(name: str) -> Literal["people", "deployment"] | None:
    """Who becomes an account (`namespace/name`) or a role by what it is called, where that tells."""
    if _SIGN_IN.search(name):
        return "people"
    return "deployment" if _CONTROLLER.search(name) else None


def only_deploy(workloads: Sequence[StatedWorkload]) -> bool:
    """Whether something runs as an account, and all of it is such a controller."""
    mains = [one.main_image for one in workloads]
    return bool(mains) and all(_IMAGE.search(image) for image in mains)
