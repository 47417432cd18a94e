"""Controllers that put whatever a repository or a backup has into a cluster, known by the image that they run.

They hold the power of what they install, whatever their account is called. Argo CD is none here: its image runs the
servers that people reach as well. Images as their projects publish them, known, pages not re-read:
https://github.com/pusher/faros (a repository's objects, by GitTrack), https://fluxcd.io/flux/components/ and
https://github.com/fluxcd/flux (the first Flux), https://velero.io/docs/main/basic-install/ (before: Heptio Ark),
https://kluctl.io/docs/gitops/, https://carvel.dev/kapp-controller/, https://fleet.rancher.io/ and
https://github.com/rancher/system-upgrade-controller.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.formats.kubernetes.parts import StatedWorkload

_IMAGE = Deferred(
    r"(?:^|/)(?:pusher/faros|fluxcd/(?:(?:kustomize|helm)-controller|flux|helm-operator)|weaveworks/flux",
    r"|heptio-images/(?:ark|velero)|velero/velero|kluctl/kluctl|(?:carvel-dev|vmware-tanzu|k14s)/kapp-controller",
    r"|rancher/(?:fleet-agent|system-upgrade-controller))(?:[:@]|$)",
)


def only_deploy(workloads: Sequence[StatedWorkload]) -> bool:
    """Whether something runs as an account, and all of it is such a controller."""
    mains = [one.main_image for one in workloads]
    return bool(mains) and all(_IMAGE.search(image) for image in mains)
