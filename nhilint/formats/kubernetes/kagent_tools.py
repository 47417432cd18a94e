"""What a tool of an agent on Kubernetes does, by the name under which the agent lists it.

Sources, read 2026-11-22: the tools that pkg/*/ of kagent-dev/tools registers (k8s_*, helm_*, istio_*, argo_*, cilium_*,
prometheus_*, kubescape_*, shell), which work on the cluster with the server's own account. A name of any other server
only tells whether it reads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.capability import Capability
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.model.category import Access, Category
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.capability import Gate

_OF_THE_CLUSTER = ("k8s_", "helm_", "istio_", "argo_", "cilium_", "prometheus_", "kubescape_")
_DELETES = frozenset({"delete", "uninstall", "flush"})
_CHANGES = frozenset(
    {"apply", "create", "patch", "scale", "rollout", "label", "annotate", "remove", "upgrade", "repo", "install", "set",
     "promote", "pause", "connect", "disconnect", "manage", "toggle", "update"}
)  # fmt: skip
_READS = frozenset(
    {"get", "list", "search", "query", "read", "fetch", "describe", "find", "show", "lookup", "view", "check", "count"}
)
_WORD = Deferred(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def only_reads(name: str) -> bool:
    """Whether a tool's name begins with a verb of reading, perhaps after the name of its server."""
    words = [word.lower() for word in _WORD.findall(name)[:2]]
    return any(word in _READS for word in words)


def of_the_cluster(name: str, at: Place, gate: Gate) -> Capability | None:
    """What one of kagent's own tools does; None for a tool of another server."""
    if name == "shell":
        return _capability("code_execution", "execute", name, at, gate)
    for prefix in _OF_THE_CLUSTER:
        if name.startswith(prefix):
            return _capability("infra", _access(name.removeprefix(prefix)), name, at, gate)
    return None


def _access(rest: str) -> Access:
    verb = rest.partition("_")[0]
    if verb in _DELETES:
        return "delete"
    if verb == "execute":
        return "execute"
    return "write" if verb in _CHANGES else "read"


def _capability(category: Category, access: Access, name: str, at: Place, gate: Gate) -> Capability:
    runs = access == "execute"
    return Capability(
        at=at,
        category=Known(category, at),
        access=Known(access, at),
        source=Known("known", at),
        reads_untrusted=Unknown("a matter of what runs in the cluster", at),
        sends_out=Unknown("a matter of what the cluster may reach", at) if runs else Known(value=False, at=at),
        private_data=Known(access in ("read", "execute"), at),
        gate=Known(gate, at),
        through=Known(name, at),
    )
