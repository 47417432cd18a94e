"""Pods, and the controllers that make them: the service account they run as, and when nothing of them runs.

Sources, read 2026-11-22: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/ (fields),
https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/cron-job-v1/ (suspend).
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from nhilint.formats.kubernetes.container_credentials import credentials_of
from nhilint.formats.kubernetes.containers import MOST_CONTAINERS, command_of, containers_of
from nhilint.formats.kubernetes.hazards import hazards_of
from nhilint.formats.kubernetes.installers import installs_once
from nhilint.formats.kubernetes.names import name_of, namespace_of, object_name
from nhilint.formats.kubernetes.node_owners import release_of, runs_on_every_node
from nhilint.formats.kubernetes.node_work import is_of_control_plane, tends_node
from nhilint.formats.kubernetes.parts import StatedWorkload
from nhilint.knowledge.credentials.fingerprints import fingerprint, run_key
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.formats.node import Node
    from nhilint.model.fact import Fact

POD_AT: dict[str, tuple[str, ...]] = {
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
WORKLOADS = frozenset(POD_AT)
_PATCH_FOLDERS = frozenset({"overlays", "patches", "components"})
_TASKS = ".taskfiles"
_OF_ONE_NODE = "kubernetes.io/hostname"
_SLEEPS = Deferred(
    r"(?:(?:/bin/|/usr/bin/)?(?:ba|a)?sh -c (?:-- )?)?(?:while (?:true|:|\[ 1 \]); ?do )?(?:exec )?(?:/bin/|/usr/bin/)?"
    r"(?:sleep (?:\d{1,9}[smhd]?|inf(?:inity)?)|tail -f /dev/null);?(?: ?done;?)?"
)
"""A command that does nothing, so that somebody can enter the container."""
_OF_THE_INSTANCE = Deferred(
    r"(?<!\S)--(?:(?:ingress|controller|watch-ingress|gateway)-class(?:-name)?|(?:leader-)?election-id|leader-election-name|"
    r"instance(?:-(?:id|name))?|shard(?:-id)?)(?:=|\s+)\S+"
)
"""Options by which several instances of one program are told apart, and the lock that those of one name share
(https://kubernetes.github.io/ingress-nginx/user-guide/multiple-ingress/, read 2026-11-23)."""
_HOOK_ENDS = "helm.sh/hook-delete-policy"


def workload(node: Node) -> StatedWorkload | None:
    """A workload; None for a patch, which names no image or does not say which pods are its own."""
    if _is_patch(node):
        return None
    pod = node.at_path(*POD_AT[str(node["kind"].value)])
    return read_pod(node, pod, mounts=pod["automountServiceAccountToken"].boolean())


def _is_patch(node: Node) -> bool:
    """Whether a file that is kept as a patch leaves out the selector, without which `apps/v1` takes no workload."""
    if node["apiVersion"].value != "apps/v1" or node.at_path("spec", "selector").exists:
        return False
    *folders, name = node.path.lower().split("/")
    return "patch" in name or not _PATCH_FOLDERS.isdisjoint(folders)


def is_run_by_hand(node: Node) -> bool:
    """Whether a bare pod or job is one errand, which a person starts and takes away again.

    It stands on one node and ends, or as a pod only sleeps there, for whoever then enters it; or it is a template of
    the runner of tasks that people call (taskfile.dev, whose files of a project are kept in `.taskfiles` by habit).
    """
    kind = node["kind"].value
    if kind not in ("Pod", "Job"):
        return False
    if _TASKS in node.path.split("/")[:-1]:
        return True
    pod = node.at_path(*POD_AT[kind])
    if pod["nodeName"].exists and (kind == "Job" or pod["restartPolicy"].value == "Never"):
        return True
    pinned = pod["nodeName"].exists or pod.at_path("nodeSelector", _OF_ONE_NODE).exists
    return kind == "Pod" and pinned and _only_sleeps(pod)


def _only_sleeps(pod: Node) -> bool:
    containers = list(containers_of(pod))
    return bool(containers) and all(_SLEEPS.fullmatch(command_of(one).strip()) for one in containers)


def is_taken_away(node: Node) -> bool:
    """Whether an object of a chart is there while the chart is installed or upgraded, and gone when that has worked.

    Source: https://helm.sh/docs/topics/charts_hooks/#hook-deletion-policies, read 2026-11-22.
    """
    policy = node.at_path("metadata", "annotations", _HOOK_ENDS).value
    return isinstance(policy, str) and "hook-succeeded" in policy


def is_unserved(node: Node) -> bool:
    """Whether no API server since Kubernetes 1.16 takes an object of its version, so that nothing can apply it.

    Source, known, page not re-read: https://kubernetes.io/docs/reference/using-api/deprecation-guide/#v1-16.
    """
    version = node["apiVersion"].value
    old = version in ("apps/v1beta1", "apps/v1beta2")
    return old or (version == "extensions/v1beta1" and node["kind"].value in WORKLOADS)


def is_at_rest(node: Node) -> bool:
    """Whether a controller is told to run no pods at all until somebody changes that."""
    spec = node["spec"]
    count = spec["replicas"].value
    return (isinstance(count, int) and not isinstance(count, bool) and count == 0) or spec["suspend"].value is True


def read_pod(node: Node, pod: Node, *, mounts: Fact[bool], runs_agent: bool = False) -> StatedWorkload | None:
    """The workload of an object whose pod's specification stands at `pod`; None where no container names an image."""
    containers = list(containers_of(pod))
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
        hazards=() if tends_node(node, pod, containers) else hazards_of(pod),
        credentials=tuple(credentials_of(containers)),
        runs_agent=runs_agent,
        images=tuple(str(one["image"].value) for one in containers if one["image"].is_text),
        of_control_plane=is_of_control_plane(pod),
        installs_once=installs_once(node, containers),
        on_every_node=runs_on_every_node(node, pod),
        release=release_of(node),
        on_windows=pod.at_path("nodeSelector", "kubernetes.io/os").value == "windows",
        program=_program(pod),
        main_image=next((str(one["image"].value) for one in pod["containers"].items() if one["image"].is_text), ""),
    )


def _program(pod: Node) -> str:
    """A mark of what the main containers run, but for the name of the instance; arguments may hold secrets, so that no
    text is kept."""
    containers = islice(pod["containers"].items(), MOST_CONTAINERS)
    named = [f"{one['image'].value} {_OF_THE_INSTANCE.sub(' ', command_of(one))}" for one in containers]
    return fingerprint("\n".join(named), run_key()) if named else ""
