"""Pods, and the controllers that make them: the service account they run as, and what opens the node to them.

Sources, read 2026-11-22: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/ (fields),
https://kubernetes.io/docs/concepts/security/pod-security-standards/ (what the baseline forbids),
https://kubernetes.io/docs/concepts/storage/projected-volumes/#serviceaccounttoken (an hour unless stated).
https://cert-manager.io/docs/usage/csi-driver/ (organizations: the groups of a client certificate),
https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/cron-job-v1/ (suspend).
NET_ADMIN is left out of the capabilities: it stays within the pod's own network unless that is the node's.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.kubernetes.backups import saves_etcd
from nhilint.formats.kubernetes.daemons import open_daemon_at
from nhilint.formats.kubernetes.names import name_of, namespace_of, object_name
from nhilint.formats.kubernetes.parts import OPEN_DAEMON, Hazard, StatedWorkload
from nhilint.formats.mcp.dialect import Expansion
from nhilint.formats.mcp.holding import Slot, read_slot
from nhilint.knowledge.credentials import is_credential_name
from nhilint.knowledge.credentials.fingerprints import fingerprint, run_key
from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.credential import Credential
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.fact import Fact
    from nhilint.source.value import Value

_POD_AT: dict[str, tuple[str, ...]] = {
    "Pod": ("spec",),
    "Deployment": ("spec", "template", "spec"),
    "StatefulSet": ("spec", "template", "spec"),
    "DaemonSet": ("spec", "template", "spec"),
    "ReplicaSet": ("spec", "template", "spec"),
    "ReplicationController": ("spec", "template", "spec"),
    "DeploymentConfig": ("spec", "template", "spec"),  # OpenShift, apps.openshift.io/v1
    "Job": ("spec", "template", "spec"),
    "CronJob": ("spec", "jobTemplate", "spec", "template", "spec"),
}
WORKLOADS = frozenset(_POD_AT)

_CONTAINERS = ("initContainers", "containers")
_SWITCHES = {
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
_PATCH_FOLDERS = frozenset({"overlays", "patches", "components"})
_TASKS = ".taskfiles"
_HOOK_ENDS = "helm.sh/hook-delete-policy"
_STORE_KEY = "AWS_SECRET_ACCESS_KEY"
_ENDPOINT = Deferred(
    r"^(?:AWS_ENDPOINT_URL(?:_S3)?|(?:[A-Z0-9]{1,20}_){0,3}(?:S3|MINIO|R2|AWS)_(?:[A-Z0-9]{1,20}_)?ENDPOINT(?:_URL)?)$"
)
"""Variables that name another store than Amazon S3 (docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html,
read 2026-11-22; the others by habit)."""
_REPOSITORIES = frozenset({"RESTIC_REPOSITORY", "RESTIC_REPOSITORY_FILE"})
"""Where restic keeps its copies: `s3:` and an endpoint, Amazon's or another
(https://restic.readthedocs.io/en/stable/030_preparing_a_new_repo.html, read 2026-11-22)."""
_TOLD_ENDPOINT = Deferred(
    r"--(?:[a-z0-9]{1,12}-){0,3}endpoint(?:-url)?(?:=|\s{1,8})[\"']?([^\s\"']{1,200})|"
    r"\"\w{0,20}[Ee]ndpoint\"\s{0,8}:\s{0,8}\"(https?://[\w-]{1,63}\.[\w-]{1,63}\.svc[.:/\"][^\s\"']{0,100})|"
    r"\b(?:[A-Z0-9]{1,20}_){0,3}ENDPOINT(?:_URL)?=[\"']?(https?://[^\s\"']{1,200})|"
    r"\bmc (?:alias set|config host add) \S{1,60} [\"']?(https?://[^\s\"']{1,200})"
)
"""The same as an option of a command (`aws --endpoint-url http://…`, `--s3-endpoint=…`), as a service of the cluster
in the JSON that the command sends (`"endpoint": "http://minio.store.svc:9000"`), as a variable of its shell, or as the
host behind a name for MinIO's client (https://github.com/minio/mc, README.md, read 2026-11-22)."""
_CERTIFICATES = "csi.cert-manager.io"
_MASTERS = "system:masters"
_INTO_THE_NODE = Deferred(
    r"\bnsenter\b[^\n;|&]{0,80}(?:(?:\s-t\s?|\s--target[= ])1\b|/proc/1/ns/)|"
    r"\bmount\b[^\n;|&]{0,80}\s-t\s?(?:nfs4?|cifs|ceph|glusterfs)\b"
)
"""Enters the namespaces of the node's first process (util-linux, nsenter(1)), or mounts a file system of the network,
which only the node's administrator may (mount(8))."""
_COMPONENT = Deferred(r"(?:/\S{1,60}/)?(?:kube-(?:apiserver|controller-manager|scheduler|proxy)|kubelet|etcd)\b")
"""Starts a part of the cluster itself, which a node runs from its folder of manifests."""
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
_LONGEST_COMMAND = 20_000
_SHORTEST_FOLDER = 2
_PKI = "/etc/kubernetes/pki"
"""https://kubernetes.io/docs/setup/best-practices/certificates/, read 2026-11-22."""
_MOST_CONTAINERS = 200
_MOST_VARIABLES = 500


def workload(node: Node) -> StatedWorkload | None:
    """A workload; None for a patch, which names no image or does not say which pods are its own."""
    if _is_patch(node):
        return None
    pod = node.at_path(*_POD_AT[str(node["kind"].value)])
    return read_pod(node, pod, mounts=pod["automountServiceAccountToken"].boolean())


def _is_patch(node: Node) -> bool:
    """Whether a file that is kept as a patch leaves out the selector, without which `apps/v1` takes no workload."""
    if node["apiVersion"].value != "apps/v1" or node.at_path("spec", "selector").exists:
        return False
    *folders, name = node.path.lower().split("/")
    return "patch" in name or not _PATCH_FOLDERS.isdisjoint(folders)


def is_run_by_hand(node: Node) -> bool:
    """Whether a bare pod or job is one errand, which a person starts and takes away again.

    It stands on one node, or is a template of the runner of tasks that people call (taskfile.dev, whose files of a
    project are kept in `.taskfiles` by habit).
    """
    kind = node["kind"].value
    if kind not in ("Pod", "Job"):
        return False
    if _TASKS in node.path.split("/")[:-1]:
        return True
    pod = node.at_path(*_POD_AT[kind])
    return pod["nodeName"].exists and (kind == "Job" or pod["restartPolicy"].value == "Never")


def is_taken_away(node: Node) -> bool:
    """Whether an object of a chart is there while the chart is installed or upgraded, and gone when that has worked.

    Source: https://helm.sh/docs/topics/charts_hooks/#hook-deletion-policies, read 2026-11-22.
    """
    policy = node.at_path("metadata", "annotations", _HOOK_ENDS).value
    return isinstance(policy, str) and "hook-succeeded" in policy


def is_at_rest(node: Node) -> bool:
    """Whether a controller is told to run no pods at all until somebody changes that."""
    spec = node["spec"]
    count = spec["replicas"].value
    return (isinstance(count, int) and not isinstance(count, bool) and count == 0) or spec["suspend"].value is True


def read_pod(node: Node, pod: Node, *, mounts: Fact[bool], runs_agent: bool = False) -> StatedWorkload | None:
    """The workload of an object whose pod's specification stands at `pod`; None where no container names an image."""
    containers = list(_containers(pod))
    is_filled_in = node["kind"].value == "DeploymentConfig" and containers  # its triggers name the image
    if not is_filled_in and not any(container["image"].exists for container in containers):
        return None
    account = pod.first("serviceAccountName", "serviceAccount")
    return StatedWorkload(
        kind=str(node["kind"].value),
        name=object_name(node) or str(node["kind"].value),
        namespace=namespace_of(node.at_path("metadata", "namespace")),
        at=node.at_path("metadata", "name").at,
        account=name_of(account) or None,
        account_at=account.at if account.exists else pod.at,
        mounts=mounts,
        hazards=() if _tends_node(node, pod, containers) else hazards_of(pod),
        credentials=tuple(credentials_of(containers)),
        runs_agent=runs_agent,
        images=tuple(str(one["image"].value) for one in containers if one["image"].is_text),
        of_control_plane=_is_of_control_plane(pod),
        on_windows=pod.at_path("nodeSelector", "kubernetes.io/os").value == "windows",
        program=_program(pod),
        main_image=next((str(one["image"].value) for one in pod["containers"].items() if one["image"].is_text), ""),
    )


def _tends_node(node: Node, pod: Node, containers: list[Node]) -> bool:
    """Whether it is a part of the cluster, or a job that works on the node as a DaemonSet does.

    A job that does takes no other's work: its own command enters the node, a device is all that it has of it, it saves
    etcd, or it is run once, by a script of a ConfigMap, on files of the node.
    """
    if node["kind"].value == "Pod":
        return any(_COMPONENT.match(_command(container)) for container in containers)
    if node["kind"].value not in ("Job", "CronJob"):
        return False
    paths = [volume.at_path("hostPath", "path").value for volume in pod["volumes"].items() if volume["hostPath"].exists]
    of_a_device = bool(paths) and all(isinstance(path, str) and path.startswith("/dev/") for path in paths)
    runs_errand = node["kind"].value == "Job" and _is_errand_on_files(pod, containers)
    return of_a_device or runs_errand or saves_etcd(node, pod) or any(map(_enters_node, containers))


def _is_errand_on_files(pod: Node, containers: list[Node]) -> bool:
    """Whether every container runs a script that a ConfigMap beside it holds, and has only files of the node."""
    scripts = [volume["name"].value for volume in pod["volumes"].items() if volume["configMap"].exists]
    runs = (any(_is_run_from(one, mount) for mount in _mounts(one, scripts)) for one in containers)
    return all(runs) and {hazard.id for hazard in hazards_of(pod)} == {"k8s-pod-hostpath"}


def _mounts(container: Node, volumes: list[Value]) -> list[Node]:
    """Where a container has the volumes of these names."""
    return [one for one in islice(container["volumeMounts"].items(), _MOST_VARIABLES) if one["name"].value in volumes]


def _is_run_from(container: Node, mount: Node) -> bool:
    """Whether the command is a file of a mounted folder, with or without a shell before it."""
    folder, command = mount["mountPath"].value, _command(container).split(" ", 2)
    if not isinstance(folder, str) or len(folder) < _SHORTEST_FOLDER:
        return False
    told = command[1:2] if command[0].rpartition("/")[2] in ("sh", "bash") else command[:1]
    return any(one == folder or one.startswith(folder.rstrip("/") + "/") for one in told)


def _enters_node(container: Node) -> bool:
    return _INTO_THE_NODE.search(_command(container)) is not None


def _prepares_node(container: Node) -> bool:
    """Whether it starts before the others and only does what its command says: settings of the kernel, owners."""
    if "initContainers" not in container.at.pointer:
        return False
    if not _command(container):
        return _sets_kernel(container)
    told = re.sub(r"^(?:/bin/)?(?:ba)?sh\s+-[a-z]{0,4}c\s", "", _command(container))
    told = _INTO_SETTING.sub("", told)
    stated = (_SHELL_WORDS.sub("", step.strip()) for step in re.split(r"[;\n]|&&|\|\|", told))
    steps = [step.partition(" ")[0] for step in stated if step]
    return bool(steps) and _PREPARING.issuperset(steps) and not re.search(r"\$\(|`|\||<|>", told.replace("||", ""))


def _sets_kernel(container: Node) -> bool:
    """Whether an image that is run as it is sets a value of the kernel, by its name or a variable's."""
    image = container["image"].value
    repository = _TAG.sub("", image) if isinstance(image, str) else ""
    names = (variable["name"].value for variable in islice(container["env"].items(), _MOST_VARIABLES))
    return repository.endswith("sysctl") or "SYSCTL_KEY" in names


def _program(pod: Node) -> str:
    """A mark of what the main containers run; arguments may hold secrets, so that no text is kept."""
    named = [f"{one['image'].value} {_command(one)}" for one in islice(pod["containers"].items(), _MOST_CONTAINERS)]
    return fingerprint("\n".join(named), run_key()) if named else ""


def _command(container: Node) -> str:
    """The command of a container with its arguments, as one text of bounded length."""
    words = [word.value for key in ("command", "args") for word in islice(container[key].items(), _MOST_VARIABLES)]
    return " ".join(word for word in words if isinstance(word, str))[:_LONGEST_COMMAND]


def hazards_of(pod: Node) -> tuple[Hazard, ...]:
    """What of a pod's specification opens its node, the first of each kind."""
    found = list(_hazards(pod, list(_containers(pod))))
    return tuple({hazard.id: hazard for hazard in reversed(found)}.values())[::-1]


def _is_of_control_plane(pod: Node) -> bool:
    """Whether it has the keys that a cluster's own control plane signs with; a managed one's are on no node."""
    paths = (volume.at_path("hostPath", "path").value for volume in pod["volumes"].items())
    return any(isinstance(path, str) and path.startswith(_PKI) for path in paths)


def _containers(pod: Node) -> Iterator[Node]:
    for key in _CONTAINERS:
        for number, item in enumerate(pod[key].items()):
            if item.is_mapping and number < _MOST_CONTAINERS:
                yield item


def _hazards(pod: Node, containers: list[Node]) -> Iterator[Hazard]:
    for key, path in _SWITCHES.items():
        if pod[key].value is True:
            yield Hazard(path, pod[key].at)
    for container in containers:
        security = container["securityContext"]
        if security["privileged"].value is True and not _prepares_node(container):
            yield Hazard("k8s-pod-privileged", security["privileged"].at)
            if listens := open_daemon_at(container, _command(container)):
                yield Hazard(OPEN_DAEMON, listens)
            continue  # holds every capability already
        for item in security.at_path("capabilities", "add").items():
            name = item.value.upper().removeprefix("CAP_") if isinstance(item.value, str) else ""
            if name in _CAPABILITIES or (name == _OVER_PROCESSES and pod["hostPID"].value is True):
                yield Hazard("k8s-pod-caps", item.at)
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
    mounts = [mount for container in containers for mount in _mounts(container, [name])]
    return bool(mounts) and all(mount["readOnly"].value is True for mount in mounts)


def hazard_of_path(path: str) -> str | None:
    """The known way that a path of the node opens, by its public id."""
    text = path.rstrip("/") or "/"
    if _SOCKET.fullmatch(text):
        return "k8s-pod-containersock"
    return "k8s-pod-hostpath" if text in _HOST_PATHS else None


def _of_volume(volume: Node) -> Iterator[Hazard]:
    certificate = volume["csi"]
    if certificate["driver"].value == _CERTIFICATES:
        groups = certificate.at_path("volumeAttributes", f"{_CERTIFICATES}/organizations")
        if isinstance(groups.value, str) and _MASTERS in [one.strip() for one in groups.value.split(",")]:
            yield Hazard("k8s-pod-masters", groups.at)
    path = volume.at_path("hostPath", "path")
    if isinstance(path.value, str):
        found = hazard_of_path(path.value)
        if found:
            yield Hazard(found, path.at)
    for source in volume.at_path("projected", "sources").items():
        seconds = source.at_path("serviceAccountToken", "expirationSeconds")
        if isinstance(seconds.value, int) and seconds.value > _LONG_SECONDS:
            yield Hazard("k8s-pod-projected-long", seconds.at)


def credentials_of(containers: list[Node]) -> Iterator[Credential]:
    """Credentials in the environment of containers: in clear, or taken from a Secret."""
    for container in containers:
        for number, variable in enumerate(container["env"].items()):
            name, value = variable["name"].value, variable["value"]
            if not isinstance(name, str) or number >= _MOST_VARIABLES:
                continue
            if isinstance(value.value, str):
                slot = Slot(name, value.at, "env", is_credential_name(name))
                yield from read_slot(value.value, slot, Expansion())[0]
            elif variable.at_path("valueFrom", "secretKeyRef").is_mapping and is_credential_name(name):
                found = _from_secret(name, variable.at_path("valueFrom", "secretKeyRef"))
                yield replace(found, opens_own_store=_own_store(container)) if name == _STORE_KEY else found


def _own_store(container: Node) -> Fact[bool]:
    """Where a container is told of another endpoint than Amazon's, by a variable or an option of its command.

    Nobody names one for S3 itself.
    """
    for number, variable in enumerate(container["env"].items()):
        name, value = variable["name"].value, variable["value"].value
        if number >= _MOST_VARIABLES or not isinstance(name, str):
            break
        if name in _REPOSITORIES and (name != "RESTIC_REPOSITORY" or not isinstance(value, str)):
            return Unknown("the place of restic's copies is stated elsewhere", variable.at)
        named = name in _REPOSITORIES or _ENDPOINT.search(name) is not None
        if named and not (isinstance(value, str) and "amazonaws.com" in value):
            return Known(value=True, at=variable.at)
    told = [one[one.lastindex or 0] for one in islice(_TOLD_ENDPOINT.finditer(_command(container)), _MOST_VARIABLES)]
    elsewhere = bool(told) and not any("amazonaws.com" in one for one in told)
    return Known(value=True, at=container.at) if elsewhere else None


def _from_secret(name: str, reference: Node) -> Credential:
    """One that the pod may do without is not said to be there."""
    stated = name_of(reference["name"])
    return Credential(
        at=reference.at,
        name=Known(name, reference.at),
        reference=Known(stated, reference.at) if stated else None,
        source=Known("secret_store", reference.at),
        location=Known("env", reference.at),
        resolves=None if reference["optional"].value is True else Known(value=True, at=reference.at),
    )
