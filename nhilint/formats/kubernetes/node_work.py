"""Work on a node itself: parts of the cluster, and jobs that tend the node they run on and take nobody else's work.

Source: https://kubernetes.io/docs/setup/best-practices/certificates/ (keys of the control plane), read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.kubernetes.backups import saves_etcd
from nhilint.formats.kubernetes.containers import command_of, mounts_of
from nhilint.formats.kubernetes.hazards import hazards_of
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.formats.node import Node

_INTO_THE_NODE = Deferred(
    r"\bnsenter\b[^\n;|&]{0,80}(?:(?:\s-t\s?|\s--target[= ])1\b|/proc/1/ns/)|"
    r"\bmount\b[^\n;|&]{0,80}\s-t\s?(?:nfs4?|cifs|ceph|glusterfs)\b|"
    r"\bcrictl\b[^\n;|&]{0,80}\srmi\s[^\n;|&]{0,40}--prune\b|\bctr\b[^\n;|&]{0,80}\simages?\s+prune\b|"
    r"(?:^|[\s;|&])fstrim\s[^\n;|&]{0,80}/"
)
"""Enters the namespaces of the node's first process (util-linux, nsenter(1)), mounts a file system of the network or
gives the free blocks of one of the node back, which only its administrator may (mount(8), fstrim(8)), or takes away the
images that nothing on the node runs any more, by the socket of its runtime (github.com/kubernetes-sigs/cri-tools,
docs/crictl.md, from a survey)."""
_COMPONENT = Deferred(r"(?:/\S{1,60}/)?(?:kube-(?:apiserver|controller-manager|scheduler|proxy)|kubelet|etcd)\b")
"""Starts a part of the cluster itself, which a node runs from its folder of manifests."""
_SHORTEST_FOLDER = 2
_PKI = "/etc/kubernetes/pki"
"""https://kubernetes.io/docs/setup/best-practices/certificates/, read 2026-11-22."""


def tends_node(node: Node, pod: Node, containers: list[Node]) -> bool:
    """Whether it is a part of the cluster, or a job that works on the node as a DaemonSet does.

    A job that does takes no other's work: its own command enters the node, a device is all that it has of it, it saves
    etcd, or it is run once, by a script of a ConfigMap, on files of the node.
    """
    if node["kind"].value == "Pod":
        return any(_COMPONENT.match(command_of(container)) for container in containers)
    if node["kind"].value not in ("Job", "CronJob"):
        return False
    paths = [volume.at_path("hostPath", "path").value for volume in pod["volumes"].items() if volume["hostPath"].exists]
    of_a_device = bool(paths) and all(isinstance(path, str) and path.startswith("/dev/") for path in paths)
    runs_errand = node["kind"].value == "Job" and _is_errand_on_files(pod, containers)
    return of_a_device or runs_errand or saves_etcd(node, pod) or any(map(_enters_node, containers))


def is_of_control_plane(pod: Node) -> bool:
    """Whether it has the keys that a cluster's own control plane signs with; a managed one's are on no node."""
    paths = (volume.at_path("hostPath", "path").value for volume in pod["volumes"].items())
    return any(isinstance(path, str) and path.startswith(_PKI) for path in paths)


def _is_errand_on_files(pod: Node, containers: list[Node]) -> bool:
    """Whether every container runs a script that a ConfigMap beside it holds, and has only files of the node."""
    scripts = [volume["name"].value for volume in pod["volumes"].items() if volume["configMap"].exists]
    runs = (any(_is_run_from(one, mount) for mount in mounts_of(one, scripts)) for one in containers)
    return all(runs) and {hazard.id for hazard in hazards_of(pod)} == {"k8s-pod-hostpath"}


def _is_run_from(container: Node, mount: Node) -> bool:
    """Whether the command is a file of a mounted folder, with or without a shell before it."""
    folder, command = mount["mountPath"].value, command_of(container).split(" ", 2)
    if not isinstance(folder, str) or len(folder) < _SHORTEST_FOLDER:
        return False
    told = command[1:2] if command[0].rpartition("/")[2] in ("sh", "bash") else command[:1]
    return any(one == folder or one.startswith(folder.rstrip("/") + "/") for one in told)


def _enters_node(container: Node) -> bool:
    return _INTO_THE_NODE.search(command_of(container)) is not None
