"""What decides which workload gets a SPIFFE identity, and whether whoever starts a workload writes it.

Labels, names and images are written by the pod itself, in any namespace; the namespace, the node, an object's id and
the digest of an image are not. A service account's name is unique in its namespace only. Sources, read 2026-11-22:
github.com/spiffe/spire, doc/plugin_agent_workloadattestor_{k8s,docker}.md; github.com/spiffe/spire-controller-manager,
docs/clusterspiffeid-crd.md (templates, selectors).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.model.fact import Known, Unknown
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.formats.node import Node
    from nhilint.model.fact import Fact
    from nhilint.model.place import Place

_ACTION = Deferred(r"\{\{(.{0,300}?)\}\}", flags=re.DOTALL)
_FIELD = Deferred(r"\.(TrustDomain|ClusterName|ClusterDomain|(?:PodMeta|PodSpec|NodeMeta|NodeSpec)\.\w{1,60})")
_OWN = Deferred(r"\.(?:TrustDomain|ClusterName|ClusterDomain|PodMeta|PodSpec|NodeMeta|NodeSpec)\b")
_WRITTEN = frozenset(
    {"k8s:sa", "k8s:pod-label", "k8s:pod-name", "k8s:pod-owner", "k8s:container-name", "k8s:container-image",
     "k8s:pod-image", "k8s:pod-init-image", "k8s:pod-image-count", "k8s:pod-init-image-count", "docker:label",
     "docker:env"}
)  # fmt: skip
_WRITTEN_FIELDS = {
    "PodSpec.ServiceAccountName": "the name of the service account",
    "PodMeta.Labels": "labels of the pod",
    "PodMeta.Annotations": "annotations of the pod",
    "PodMeta.Name": "the name of the pod",
}
_LATER = "a template"


def written_selectors(selectors: Sequence[str], at: Place) -> Fact[tuple[str, ...]]:
    """The selectors of an entry if all of them are written by the workload; empty where one of them is not."""
    if any("${" in one or "{{" in one for one in selectors):
        return Unknown(_LATER, at)
    is_written = bool(selectors) and all(_kind(one) in _WRITTEN and "@sha256:" not in one for one in selectors)
    return Known(tuple(selectors) if is_written else (), at)


def _kind(selector: str) -> str:
    return ":".join(selector.split(":")[:2])


def written_template(spec: Node) -> Fact[tuple[str, ...]]:
    """What a workload writes that alone decides over its name in a ClusterSPIFFEID, across all namespaces."""
    template = spec["spiffeIDTemplate"]
    if not template.is_text:
        return Unknown("not a text", template.at)
    found = [_field(action) for action in _ACTION.findall(template.value)]
    fields = {field for field in found if field}
    if _is_bounded(spec) or any(field not in _WRITTEN_FIELDS for field in fields if "." in field):
        return Known((), template.at)
    if None in found or "${" in template.value or _may_select_later(spec):
        return Unknown(_LATER, template.at)
    named = tuple(_WRITTEN_FIELDS[field] for field in sorted(fields) if field in _WRITTEN_FIELDS)
    return Known(named or _chosen_by_selector(spec["podSelector"]), template.at)


def selects_every_pod(spec: Node) -> bool:
    """Whether a ClusterSPIFFEID is for every pod of the cluster: no selector that could leave one out."""
    return not any(
        _says_something(spec[name]) for name in ("podSelector", "namespaceSelector", "workloadSelectorTemplates")
    )


def _field(action: str) -> str | None:
    """The data that an action of a template prints; None for one that is not the controller's own."""
    if _OWN.search(action) is None:
        return None
    hit = _FIELD.search(action)
    return hit[1] if hit else "PodMeta.all"


def _is_bounded(spec: Node) -> bool:
    """Whether namespaces, accounts or other facts of the platform leave pods out."""
    extra = [item.value for item in spec["workloadSelectorTemplates"].items() if isinstance(item.value, str)]
    return _says_something(spec["namespaceSelector"]) or any(_kind(one) not in _WRITTEN for one in extra)


def _may_select_later(spec: Node) -> bool:
    return any(isinstance(spec[name].value, str) for name in ("podSelector", "namespaceSelector"))


def _chosen_by_selector(node: Node) -> tuple[str, ...]:
    return ("labels of the pod",) if _says_something(node) else ("every pod of the cluster",)


def _says_something(node: Node) -> bool:
    if node.is_mapping:
        return any(inner.value for _, inner in node.entries())
    return bool(node.value) if node.exists else False
