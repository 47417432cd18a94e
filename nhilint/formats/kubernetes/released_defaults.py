"""Bindings that a chart makes by itself: a release that does not switch them off gives its account those rights.

Told by the name of the chart where a release of Flux or an Application of Argo CD states it, and by the keys of its
values that decide; values that come from elsewhere (`valuesFrom`) may decide otherwise, so that nothing is told then.
Source, read 2026-11-23: https://github.com/kubernetes-sigs/headlamp (charts/headlamp, README.md:
clusterRoleBinding.create is true, clusterRoleName is cluster-admin; templates/clusterrolebinding.yaml).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.kubernetes.names import name_of
from nhilint.formats.kubernetes.parts import StatedBinding, StatedSubject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.kubernetes.parts import Part
    from nhilint.formats.node import Node

_ADMINISTERING = frozenset({"headlamp"})
"""Charts that bind the account of what they run to cluster-admin, by values called `clusterRoleBinding`."""
_CHART_AT = (("spec", "chart", "spec", "chart"), ("spec", "source", "chart"))
_ELSEWHERE = (("spec", "valuesFrom"), ("spec", "source", "helm", "valueFiles"), ("spec", "source", "helm", "values"))
_ADMIN = "cluster-admin"


def binds_by_default(node: Node, values: Node) -> bool:
    """Whether a release is of such a chart, and its values leave the binding as it is."""
    if _chart(node).value not in _ADMINISTERING or any(node.at_path(*route).exists for route in _ELSEWHERE):
        return False
    told = values["clusterRoleBinding"]
    makes, role = told["create"], told["clusterRoleName"]
    return (not makes.exists or makes.value is True) and (not role.exists or role.value == _ADMIN)


def bound_by_default(node: Node, values: Node, release: str, namespace: str) -> Iterator[Part]:
    """The binding that the chart makes, at the place that names the chart."""
    chart = _chart(node)
    full = name_of(values["fullnameOverride"]) or (
        release if str(chart.value) in release else f"{release}-{chart.value}"
    )
    own = name_of(values.at_path("serviceAccount", "name"))
    account = own or ("default" if values.at_path("serviceAccount", "create").value is False else full)
    subject = StatedSubject("ServiceAccount", account, namespace, chart.at)
    yield StatedBinding("ClusterRoleBinding", full, "", chart.at, "ClusterRole", _ADMIN, chart.at, (subject,))


def _chart(node: Node) -> Node:
    first, second = (node.at_path(*route) for route in _CHART_AT)
    return first if first.exists else second
