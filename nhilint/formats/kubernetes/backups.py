"""Jobs that save the cluster's own store: they run where etcd keeps its files, and need those of the node.

Source, read 2026-11-22: https://kubernetes.io/docs/tasks/administer-cluster/configure-upgrade-etcd/ (backing up an etcd
cluster: of a running member, from its host). OpenShift's own script asks for the root of a control plane's node.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.formats.node import Node

_SAVES = Deferred(
    r"(?i)(?:^|[^a-z])etcd[-_]?(?:backup|snapshot)s?(?:[^a-z]|$)|(?:backup|snapshot)[-_]?etcd(?:[^a-z]|$)"
)
_ETCD = "/var/lib/etcd"


def saves_etcd(node: Node, pod: Node) -> bool:
    """Whether a job is called after saving etcd, itself or its chart, and has the folder of etcd or the root."""
    name = node.at_path("metadata", "name").value
    names = [name if isinstance(name, str) else "", *node.path.split("/")]
    return any(map(_SAVES.search, names)) and any(map(_holds_etcd, pod["volumes"].items()))


def _holds_etcd(volume: Node) -> bool:
    path = volume.at_path("hostPath", "path").value
    return isinstance(path, str) and (path == "/" or (path.rstrip("/") + "/").startswith(f"{_ETCD}/"))
