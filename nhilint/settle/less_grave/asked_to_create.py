"""That `get` alone on pods/exec runs commands is doubtful where all clusters whose version is stated ask for `create`.

From Kubernetes 1.35 on the API server asks for `create` when a request opens a websocket to pods/exec, pods/attach or
pods/portforward, unless the gate AuthorizePodWebsocketUpgradeCreatePermission is switched off. Versions are those of
images of kube-apiserver and of the kubelet, and of what upgrades a cluster (KubernetesUpgrade); an older one anywhere
leaves it as it is. Source, read 2026-11-23: https://github.com/kubernetes/kubernetes/pull/134577.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.model.fact import known_records, value_of
from nhilint.model.finding import Confidence
from nhilint.model.vocabulary.identity import Identity
from nhilint.settle.less_grave.facts_behind import facts_behind
from nhilint.settle.lowered import without_consequence
from nhilint.settle.own_words import first_texts
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.model.finding import Finding
    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

CHECK = "commands-in-any-pod"
_BY_GET = "k8s-pod-exec-get"
_ASKS_SINCE = 35
_READ = (".yaml", ".yml", ".json", ".j2", ".tf", ".tfvars", ".hcl", ".tftpl", ".tpl", ".tmpl", ".nix", ".sh", ".toml",
         ".env", ".py", ".ts", "Makefile")  # fmt: skip
_MOST = 4_000
_STATED = Deferred(
    r"(?:kube-apiserver|/kubelet|kindest/node|hyperkube|rancher/k3s|rancher/rke2-runtime):v1\.(\d{1,3})\.",
    r"""|kind:[ \t]*KubernetesUpgrade\b(?:\n(?!---)[^\n]*){0,20}?\n[ \t]+version:[ \t]*["']?v?1\.(\d{1,3})\.""",
    r"|(?i:kube(?:rnetes)?|cluster|k8s|k3s|eks|gke|aks)_?(?:master_?)?version",
    r"""["']?[ \t]*[:=][ \t]*["']?v?1\.(\d{1,3})\b""",
)
_GATE = "AuthorizePodWebsocketUpgradeCreatePermission"


def retold(findings: tuple[Finding, ...], resources: tuple[Resource, ...], tree: Tree) -> tuple[Finding, ...]:
    """The findings; those on that way with low confidence where no cluster here takes it."""
    asked = {one.fingerprint for one in findings if _is_by_get(one, resources)}
    oldest = _oldest(tree) if asked else None
    if oldest is None or oldest < _ASKS_SINCE:
        return findings
    doubt = f"the clusters here run Kubernetes 1.{oldest}, where `get` on pods/exec opens nothing without `create`"
    return tuple(without_consequence(one, doubt) if one.fingerprint in asked else one for one in findings)


def _is_by_get(finding: Finding, resources: tuple[Resource, ...]) -> bool:
    if finding.check != CHECK or finding.confidence == Confidence.LOW:
        return False
    accounts = facts_behind(finding, resources, Identity)
    ways = {
        value_of(way.id) for one in accounts for way in known_records(one.escalations) if way.at == finding.place
    } & {_BY_GET, "k8s-pod-exec", "k8s-pod-attach", "k8s-pod-ephemeral"}
    return ways == {_BY_GET}


def _oldest(tree: Tree) -> int | None:
    """The oldest minor version that is stated; None where none is, or where the gate is spoken of."""
    found: set[int] = set()
    for _, text in first_texts(tree, lambda path: path.endswith(_READ), _MOST):
        if _GATE in text:
            return None
        found |= {int(next(filter(None, match))) for match in _STATED.findall(text)}
    return min(found, default=None)
