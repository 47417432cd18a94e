"""Accounts whose pods own every node already, so that what their role allows adds little for whoever takes them over.

A privileged container can do on its node what root can; one on every node reaches the tokens of all pods that run
there. An account that nothing here runs as, and that was installed with such a one into the same namespace, is taken
over by whoever may start pods there, and such pods may run privileged and as the other account.
Sources, read 2026-11-23: https://kubernetes.io/docs/concepts/security/pod-security-standards/ (privileged),
https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/ (every node unless a selector or affinity says
else), https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/ (app.kubernetes.io/instance).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nhilint.formats.kubernetes.names import OPEN, plain_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nhilint.formats.kubernetes.cluster import Principal
    from nhilint.formats.kubernetes.parts import StatedAccount, StatedWorkload
    from nhilint.formats.node import Node

Ownership = Literal["its_pods", "beside_it"]

_OWNING = frozenset({"k8s-pod-privileged", "k8s-pod-containersock"})
_OF_ALL_NODES = frozenset({"kubernetes.io/os", "beta.kubernetes.io/os"})
_LINUX = "linux"
_INSTANCE = "app.kubernetes.io/instance"


def runs_on_every_node(node: Node, pod: Node) -> bool:
    """Whether an object is a DaemonSet that asks for nothing of its nodes but Linux."""
    asked = dict(pod["nodeSelector"].entries())
    bound = any(key not in _OF_ALL_NODES or value.value != _LINUX for key, value in asked.items())
    is_whole = not pod["nodeSelector"].exists or (bool(asked) and not bound)
    return node["kind"].value == "DaemonSet" and is_whole and not pod.at_path("affinity", "nodeAffinity").exists


def release_of(node: Node) -> str:
    """The installation that an object says it belongs to; empty where it says nothing, or nothing that is known."""
    stated = node.at_path("metadata", "labels", _INSTANCE).value
    return plain_name(stated) if isinstance(stated, str) else ""


def node_owners(
    running: Mapping[Principal, Sequence[StatedWorkload]],
    declared: Mapping[Principal, StatedAccount],
    used: frozenset[Principal],
) -> dict[Principal, Ownership]:
    """The accounts that own every node by their own pods, and those that stand beside such a one unused.

    `used` are those that something runs as, or that a credential is made for.
    """
    owners: dict[Principal, Ownership] = {}
    installed: set[tuple[str, str]] = set()
    for principal, workloads in running.items():
        owning = [one for one in workloads if owns_its_nodes(one)]
        if owning and principal.name != "default":
            owners[principal] = "its_pods"
            installed.update((principal.namespace, one.release) for one in owning if one.release)
    for principal, account in declared.items():
        known = principal.namespace not in ("", OPEN) and principal not in used
        if known and (principal.namespace, account.release) in installed:
            owners.setdefault(principal, "beside_it")
    return owners


def owns_its_nodes(workload: StatedWorkload) -> bool:
    """Whether its pods run on every node, and own it."""
    return workload.on_every_node and any(hazard.id in _OWNING for hazard in workload.hazards)
