"""Kinds of a cluster that show what there is and hold no data: names, sizes, states, what happened.

Who reads them learns what runs where, and takes nothing over by it. Pods and workloads are none (their variables often
have credentials in clear), nor are maps and secrets, logs, and the custom resources of products in whose objects
settings are written out (an Application of Argo CD has the values of its chart, a MachineConfig the files of a node).
Kinds that a rule names one by one in the group of a project's own are taken for such: the conventions of the API have
secrets referred to. Sources, known, pages not re-read: https://kubernetes.io/docs/reference/kubernetes-api/ and
https://github.com/kubernetes/community/blob/master/contributors/devel/sig-architecture/api-conventions.md.
"""

from __future__ import annotations

from nhilint.knowledge.kubernetes.resource import is_kubernetes_own, out_of_reach

_READING = frozenset({"get", "list", "watch"})
_SHOWN = {
    "core": frozenset(
        {"namespaces", "nodes", "events", "services", "endpoints", "persistentvolumes", "persistentvolumeclaims",
         "resourcequotas", "limitranges", "componentstatuses", "nodes/metrics", "nodes/stats"}
    ),
    "events.k8s.io": frozenset({"events"}),
    "metrics.k8s.io": frozenset({"nodes", "pods"}),
    "discovery.k8s.io": frozenset({"endpointslices"}),
    "storage.k8s.io": frozenset({"storageclasses", "csinodes", "csidrivers", "volumeattachments"}),
    "scheduling.k8s.io": frozenset({"priorityclasses"}),
    "apiextensions.k8s.io": frozenset({"customresourcedefinitions"}),
    "apiregistration.k8s.io": frozenset({"apiservices"}),
    "coordination.k8s.io": frozenset({"leases"}),
    "autoscaling": frozenset({"horizontalpodautoscalers"}),
    "policy": frozenset({"poddisruptionbudgets"}),
    "networking.k8s.io": frozenset({"ingresses", "ingressclasses", "networkpolicies"}),
    "extensions": frozenset({"ingresses", "networkpolicies"}),
}  # fmt: skip
_WITH_SETTINGS = (
    "argoproj.io", "bootstrap.cluster.x-k8s.io", "camel.apache.org", "cattle.io", "controlplane.cluster.x-k8s.io",
    "crossplane.io", "fluxcd.io", "infrastructure.cluster.x-k8s.io", "kubevirt.io", "openshift.io",
    "serving.knative.dev", "tekton.dev", "upbound.io",
)  # fmt: skip
"""Groups in whose objects settings, files of machines or variables of containers are written out."""
_ADDRESSES = frozenset({"/metrics", "/healthz", "/livez", "/readyz", "/version"})
_SHOWN_PARTS = frozenset({"", "status", "scale", "api"})
"""The parts of a custom resource that show its state, or, of a Prometheus, its numbers."""


def shows_metadata(action: str, groups: tuple[str, ...]) -> bool:
    """Whether a verb and a kind, as in "list nodes", only show such a kind in each of the groups that serves it."""
    verb, _, kind = action.partition(" ")
    if verb not in _READING or not kind or "*" in kind:
        return False
    if kind.startswith("/"):
        return kind in _ADDRESSES
    return bool(groups) and all(_is_shown(kind, group) for group in groups)


def _is_shown(kind: str, group: str) -> bool:
    if group in _SHOWN:
        own = frozenset({"" if group == "core" else group})
        return kind in _SHOWN[group] or out_of_reach(kind, own, cluster_wide=True)
    if "." not in group or (group.endswith(".k8s.io") and is_kubernetes_own(kind)):
        return False
    is_of_settings = any(group == one or group.endswith(f".{one}") for one in _WITH_SETTINGS)
    return not is_of_settings and kind.partition("/")[2] in _SHOWN_PARTS
