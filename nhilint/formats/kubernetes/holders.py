"""What the holder of a right in a cluster is, as far as its account's name and that of its role tell.

Controllers watch objects everywhere and seldom have a right that could be narrowed to a namespace; some of them bring
secrets from a store, copy or issue them, so that reading and writing secrets is their work. What signs in to such a
store, or to storage, as the accounts that it serves, or runs each of its parts as another one, has tokens made. A
program that watches or looks over a cluster, saves it, or speaks for people who signed in has another such reason.
The names are those that the programs' own charts and manifests give their accounts, from a survey.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.kubernetes.deploying import taker_by_name
from nhilint.model.fact import Known, Unknown, value_of
from nhilint.model.vocabulary.escalation import Escalation, Holder
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.model.vocabulary.identity import Identity

_NAMES: dict[Holder, Deferred] = {
    "controller": Deferred(
        r"(?i)controller|operator|manager|gateway|ingress|argo-?(?:cd|workflow|rollout|event)|rook|longhorn",
        r"|(?:^|[^a-z])(?:contour|kong|ambassador|emissary|kube-state-metrics|ingress-nginx|nginx-ingress|traefik",
        r"|istiod|velero|kyverno|crossplane|upbound|cnrm|ack|aso)(?:$|[^a-z])",
    ),
    "provisioner": Deferred(r"(?i)provisioner"),
    "keeper_of_secrets": Deferred(
        r"(?i)external-?secret|sealed-?secret|secrets?-?store|secrets?-?(?:sync|gen|manag)|vault-secret|bank-vaults",
        r"|vault-operator|(?:one|1)password|infisical|doppler|bitwarden|akeyless|conjur|cert-manager",
        r"|(?:^|[/-])acme(?:[/-]|$)|cainjector|replicator|reflector|reloader|prometheus-operator|persistent-volume-binder",
    ),
    "signs_in_for_others": Deferred(
        r"(?i)external-secret|cert-manager|csi-(?:(?:driver-|secrets-store-)?provider|cephfs|rbd|nfs)",
        r"|(?:cephfs|rbd|nfs)-(?:csi|nodeplugin|ctrlplugin|provisioner)|(?:cloud|kube)-controller-manager",
    ),
    "inspector": Deferred(
        r"(?i)helm-(?:release|exporter|dashboard)|kubescape|popeye|trivy|(?:security|vulnerability|compliance)-?scan"
    ),
    "backup": Deferred(r"(?i)(?:^|[^a-z])(?:backup|dump)s?(?:$|[^a-z])"),
    "keeper_of_roles": Deferred(
        r"(?i)rbac-?manager|permission-?manager|capsule|(?:^|[^a-z])(?:hnc|hierarchical)(?:[^a-z]|$)"
    ),
    "issuer_of_identities": Deferred(r"(?i)spire"),
    "admission": Deferred(r"(?i)ca-?injector|(?:sidecar|agent)-?injector|gatekeeper|webhook|admission"),
    "proxy_of_people": Deferred(
        r"(?i)(?:^|[^a-z])(?:(?:auth|oidc|api|kube|cluster)?-?proxy|impersonator|web-?ui)(?:$|[^a-z])"
    ),
    "monitor": Deferred(
        r"(?i)prometheus|promtail|loki|alloy|grafana|telegraf|metrics?|monitor|observab|telemetry|otel|adot|exporter",
        r"|fluent-?(?:bit|d)|logging|data-?dog|new-?relic|dynatrace|cloudwatch|cwagent|victoria|vmagent|kubecost",
        r"|opencost|kepler|netdata|zabbix|sysdig|splunk|instana|appdynamics|coralogix|signoz|sumologic|elastic",
        r"|(?:file|metric)beat|cadvisor|heapster|dash0|circonus|(?:^|[^a-z])(?:nr|vector|logs?|stats)(?:$|[^a-z])",
    ),
}

_ROUTER = Deferred(
    r"(?i)(?:^|[^a-z])(?:kube-?state-?metrics|traefik|ingress-nginx|nginx-ingress|haproxy|contour|kong|ambassador|emissary",
    r"|envoy-gateway-role)(?:$|[^a-z])",
)
"""Roles of programs that read secrets for what they route, count or show, in whatever namespace it stands."""


def with_holders(facts: Identity) -> Identity:
    """The same identity; its name tells who becomes it, and with each role to its ways what the holder of that is."""
    name = value_of(facts.name) or ""
    taker = taker_by_name(name)
    if taker and facts.taken_by is None:
        facts = replace(facts, taken_by=Known(taker, facts.at))
    ways = facts.escalations
    return facts if isinstance(ways, Unknown) else replace(facts, escalations=tuple(_told(one, name) for one in ways))


def _told(way: Escalation | Unknown, name: str) -> Escalation | Unknown:
    if not isinstance(way, Escalation):
        return way
    role = value_of(way.through) or ""
    sorts = _sorts_of(f"{name} {role}")
    return replace(way, held_by=Known((*sorts, "router") if _ROUTER.search(role) else sorts, way.at))


@lru_cache(maxsize=2_000)
def _sorts_of(names: str) -> tuple[Holder, ...]:
    return tuple(sort for sort, pattern in _NAMES.items() if pattern.search(names))
