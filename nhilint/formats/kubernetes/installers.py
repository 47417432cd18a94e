"""Jobs that are one errand: their only container is told to install something, and its image is pinned.

The words are the ones that the tools' own documentation names: https://helm.sh/docs/helm/helm_install/,
https://helm.sh/docs/helm/helm_upgrade/, https://kubernetes.io/docs/reference/kubectl/generated/kubectl_apply/,
https://docs.cilium.io/en/stable/gettingstarted/k8s-install-default/, as known on 2026-11-23, pages not re-read. What a
shell runs is not looked into.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.kubernetes.containers import command_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.formats.node import Node

_INSTALLING = {
    "cilium": ("install", "upgrade"),
    "helm": ("install", "upgrade"),
    "istioctl": ("install", "upgrade"),
    "kubectl": ("apply", "create"),
}
_FLOATING = frozenset({"", "latest", "edge", "main", "master", "stable", "nightly"})


def installs_once(node: Node, containers: Sequence[Node]) -> bool:
    """Whether an object is such a Job."""
    if node["kind"].value != "Job" or len(containers) != 1:
        return False
    image = containers[0]["image"].value
    return (
        isinstance(image, str) and _is_pinned(image) and _installs(command_of(containers[0]).split(maxsplit=2), image)
    )


def _installs(words: list[str], image: str) -> bool:
    """Whether the first words are such a tool and what it installs by; the tool may be what the image starts itself."""
    tool = words[0].rpartition("/")[2] if words else ""
    if tool in _INSTALLING:
        return words[1:2] != [] and words[1] in _INSTALLING[tool]
    started = image.rpartition("/")[2].partition("@")[0].partition(":")[0].partition("-")[0]
    return tool in _INSTALLING.get(started, ())


def _is_pinned(image: str) -> bool:
    name, _, digest = image.partition("@")
    return bool(digest) or name.rpartition("/")[2].partition(":")[2] not in _FLOATING
