"""What in a pod's specification opens the node that it runs on: switches, capabilities, paths, tokens that last.

Sources, read 2026-11-22: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/ (fields),
https://kubernetes.io/docs/concepts/security/pod-security-standards/ (what the baseline forbids),
https://kubernetes.io/docs/concepts/storage/projected-volumes/#serviceaccounttoken (an hour unless stated),
https://cert-manager.io/docs/usage/csi-driver/ (organizations: the groups of a client certificate).
NET_ADMIN is left out of the capabilities: it stays within the pod's own network unless that is the node's.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from nhilint.formats.kubernetes.containers import MOST_VARIABLES, command_of, containers_of, mounts_of
from nhilint.formats.kubernetes.daemons import open_daemon_at
from nhilint.formats.kubernetes.parts import OPEN_DAEMON, Hazard
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node

SWITCHES = {
    "hostPID": "k8s-pod-hostpid",
    "hostNetwork": "k8s-pod-hostnetwork",
    "hostIPC": "k8s-pod-hostipc",
    "shareProcessNamespace": "k8s-pod-sharepid",
}
_CAPABILITIES = frozenset({"ALL", "SYS_ADMIN", "SYS_MODULE", "SYS_RAWIO", "DAC_READ_SEARCH"})
_OVER_PROCESSES = "SYS_PTRACE"
"""Reaches the processes that the pod sees: the node's only beside `hostPID` (https://man7.org/linux/man-pages/man7/
pid_namespaces.7.html, read 2026-11-22)."""
_SOCKET = Deferred(
    r"(?:/host)?(?:/var)?/run/(?:docker|balena|balena-engine|dockershim|podman/podman|cri-dockerd|cri-docker|"
    r"(?:k3s/|k0s/|dockershim/|docker/)?(?:containerd/)?containerd|crio/crio|docker/docker)\.sock|"
    r"/var/snap/(?:docker|microk8s)/common/run/(?:docker|containerd)\.sock"
)
"""Where the runtimes of nodes listen; a daemon that a pod brings along has its socket in a folder of its own."""
_HOST_PATHS = frozenset(
    {"/", "/etc", "/etc/kubernetes", "/proc", "/root", "/home", "/run", "/var", "/var/lib", "/var/lib/kubelet",
     "/var/lib/docker", "/var/log", "/var/run"}
)  # fmt: skip
_CERTIFICATES = "csi.cert-manager.io"
_MASTERS = "system:masters"
_PREPARING = frozenset(
    {"sysctl", "chown", "chmod", "mount", "ulimit", "swapoff", "modprobe", "mkdir", "echo", "true", "set"}
)
"""Commands by which a container that starts first readies the node or a disk for the others, by habit of databases."""
_SHELL_WORDS = Deferred(r"^(?:(?:if|then|elif|else|fi|!)(?:\s{1,8}|$))+")
"""Words of the shell before a command, which only say when it runs."""
_INTO_SETTING = Deferred(r"\d?>{1,2}\s{0,4}(?:/proc/sys/[\w./-]{1,100}|/dev/null)(?=\s|$|;)")
"""Where such a command may send its words: into a setting of the kernel, or away."""
_TAG = Deferred(r"(?::[^:/]{1,128})?(?:@\S{1,200})?$")
"""What comes after the name of an image."""
_LONG_SECONDS = 86_400


def hazards_of(pod: Node) -> tuple[Hazard, ...]:
    """What of a pod's specification opens its node."""
    return tuple(_hazards(pod, list(containers_of(pod))))


def hazard_of_path(path: str) -> str | None:
    """The known way that a path of the node opens, by its public id."""
    text = path.rstrip("/") or "/"
    if _SOCKET.fullmatch(text):
        return "k8s-pod-containersock"
    return "k8s-pod-hostpath" if text in _HOST_PATHS else None


def _hazards(pod: Node, containers: list[Node]) -> Iterator[Hazard]:
    for key, path in SWITCHES.items():
        if pod[key].value is True:
            yield Hazard(path, pod[key].at)
    for container in containers:
        security, called = container["securityContext"], str(container["name"].value)
        if security["privileged"].value is True and not _prepares_node(container):
            yield Hazard("k8s-pod-privileged", security["privileged"].at, called)
            if listens := open_daemon_at(container, command_of(container)):
                yield Hazard(OPEN_DAEMON, listens, called)
            continue  # holds every capability already
        for item in security.at_path("capabilities", "add").items():
            name = item.value.upper().removeprefix("CAP_") if isinstance(item.value, str) else ""
            if name in _CAPABILITIES or (name == _OVER_PROCESSES and pod["hostPID"].value is True):
                yield Hazard("k8s-pod-caps", item.at, called)
    for volume in pod["volumes"].items():
        if not _only_looks(volume, containers):
            yield from _of_volume(volume)


def _only_looks(volume: Node, containers: list[Node]) -> bool:
    """Whether it is the node's `/proc` for reading alone, as exporters of metrics have it.

    What leads out of a container there is written (`sys/kernel/core_pattern`); the files of processes ask for a
    capability.
    """
    path, name = volume.at_path("hostPath", "path").value, volume["name"].value
    if not isinstance(path, str) or path.rstrip("/") != "/proc":
        return False
    mounts = [mount for container in containers for mount in mounts_of(container, [name])]
    return bool(mounts) and all(mount["readOnly"].value is True for mount in mounts)


def _of_volume(volume: Node) -> Iterator[Hazard]:
    certificate, called = volume["csi"], str(volume["name"].value)
    if certificate["driver"].value == _CERTIFICATES:
        groups = certificate.at_path("volumeAttributes", f"{_CERTIFICATES}/organizations")
        if isinstance(groups.value, str) and _MASTERS in [one.strip() for one in groups.value.split(",")]:
            yield Hazard("k8s-pod-masters", groups.at, called)
    path = volume.at_path("hostPath", "path")
    if isinstance(path.value, str):
        found = hazard_of_path(path.value)
        if found:
            yield Hazard(found, path.at, called)
    for source in volume.at_path("projected", "sources").items():
        seconds = source.at_path("serviceAccountToken", "expirationSeconds")
        if isinstance(seconds.value, int) and seconds.value > _LONG_SECONDS:
            yield Hazard("k8s-pod-projected-long", seconds.at, called)


def _prepares_node(container: Node) -> bool:
    """Whether it starts before the others and only does what its command says: settings of the kernel, owners."""
    if "initContainers" not in container.at.pointer:
        return False
    if not command_of(container):
        return _sets_kernel(container)
    told = re.sub(r"^(?:/bin/)?(?:ba)?sh\s+-[a-z]{0,4}c\s", "", command_of(container))
    told = _INTO_SETTING.sub("", told)
    stated = (_SHELL_WORDS.sub("", step.strip()) for step in re.split(r"[;\n]|&&|\|\|", told))
    steps = [step.partition(" ")[0] for step in stated if step]
    return bool(steps) and _PREPARING.issuperset(steps) and not re.search(r"\$\(|`|\||<|>", told.replace("||", ""))


def _sets_kernel(container: Node) -> bool:
    """Whether an image that is run as it is sets a value of the kernel, by its name or a variable's."""
    image = container["image"].value
    repository = _TAG.sub("", image) if isinstance(image, str) else ""
    names = (variable["name"].value for variable in islice(container["env"].items(), MOST_VARIABLES))
    return repository.endswith("sysctl") or "SYSCTL_KEY" in names
