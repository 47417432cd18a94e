"""Where Kubernetes' own resources live: their API groups, and whether they belong to a namespace.

A list of what roles name most, kept by hand. Source: https://kubernetes.io/docs/reference/kubernetes-api/ (groups and
scopes), read 2026-11-22; `extensions` and the like are what older clusters served. Custom resources are not known.
"""

from __future__ import annotations

from functools import cache

_NAMESPACED = """
: pods services endpoints configmaps secrets serviceaccounts events persistentvolumeclaims replicationcontrollers
: resourcequotas limitranges podtemplates bindings namespaces
apps extensions: deployments daemonsets replicasets
extensions: replicationcontrollers
apps: statefulsets controllerrevisions
batch: jobs cronjobs
autoscaling: horizontalpodautoscalers
networking.k8s.io extensions: ingresses networkpolicies
policy: poddisruptionbudgets
coordination.k8s.io: leases
discovery.k8s.io: endpointslices
rbac.authorization.k8s.io: roles rolebindings
events.k8s.io: events
storage.k8s.io: csistoragecapacities
authorization.k8s.io: localsubjectaccessreviews
metrics.k8s.io: pods
"""
_OF_THE_CLUSTER = """
: nodes persistentvolumes componentstatuses
rbac.authorization.k8s.io: clusterroles clusterrolebindings
storage.k8s.io: storageclasses volumeattachments csidrivers csinodes
certificates.k8s.io: certificatesigningrequests signers
admissionregistration.k8s.io: validatingwebhookconfigurations mutatingwebhookconfigurations
admissionregistration.k8s.io: validatingadmissionpolicies validatingadmissionpolicybindings
apiextensions.k8s.io: customresourcedefinitions
apiregistration.k8s.io: apiservices
scheduling.k8s.io: priorityclasses
networking.k8s.io: ingressclasses
node.k8s.io: runtimeclasses
authentication.k8s.io: tokenreviews
authorization.k8s.io: subjectaccessreviews selfsubjectaccessreviews selfsubjectrulesreviews
metrics.k8s.io: nodes
policy extensions: podsecuritypolicies
"""
_MISSPELT: dict[str, str] = {
    "pods/logs": "pods/log",
    "pods/port-forward": "pods/portforward",
    "pods/ephemeralcontainer": "pods/ephemeralcontainers",
    "pods/evictions": "pods/eviction",
    "nodes/metric": "nodes/metrics",
    "nodes/logs": "nodes/log",
    "serviceaccounts/tokens": "serviceaccounts/token",
}
"""What people write for the parts of a resource that there are."""
_READ_BY_BINDING = frozenset({"clusterroles"})
"""What a role of one namespace may name with effect although it belongs to none: `bind` is asked there."""


def out_of_reach(resource: str, groups: frozenset[str], *, cluster_wide: bool) -> bool:
    """Whether a rule for this resource in these groups gives nothing at all; only said of Kubernetes' own.

    A star, a group that is not Kubernetes' own and a resource that is not listed leave it open. Names are compared
    letter by letter, so that one in capitals means nothing.
    """
    right = spelled_right(resource)
    served = _groups().get(right.partition("/")[0])
    if not served or "*" in groups or not groups <= _own_groups():
        return False
    if groups.isdisjoint(served) or resource != right:
        return True
    name = right.partition("/")[0]
    return not cluster_wide and name in _cluster_names() and name not in _READ_BY_BINDING


def is_kubernetes_own(resource: str) -> bool:
    """Whether it is, or is a part of, a resource that Kubernetes itself serves."""
    return spelled_right(resource).partition("/")[0] in _groups()


def spelled_right(resource: str) -> str:
    """The resource that a rule means: in small letters, with the part that there is."""
    return _MISSPELT.get(resource.lower(), resource.lower())


@cache
def _groups() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in (_NAMESPACED + _OF_THE_CLUSTER).strip().splitlines():
        groups, _, names = line.partition(":")
        for name in names.split():
            found[name] = found.get(name, frozenset()) | frozenset(groups.split() or [""])
    return found


@cache
def _own_groups() -> frozenset[str]:
    return frozenset().union(*_groups().values())


@cache
def _cluster_names() -> frozenset[str]:
    return frozenset(name for line in _OF_THE_CLUSTER.strip().splitlines() for name in line.partition(":")[2].split())
