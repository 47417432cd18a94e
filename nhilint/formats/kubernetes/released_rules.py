"""Rules that the values of a release add to a cluster role of a chart from elsewhere become a grant of that release.

Told by the names that charts give such values: a list of rules below `clusterRole` of `rbac` or of the whole, or under
a key that ends in `ClusterRoleRules` (kyverno's `backgroundController.rbac.clusterRole.extraResources`, weave-gitops'
`rbac.extraClusterRoleRules`). The chart binds the role for the whole cluster to an account that it names itself; here
that account is called `release NAME`, with what stands above `rbac` for one of several. Left out are lists whose key
does not say how far they reach (`rbac.extraRules`), what `create: false` or `enabled: false` beside them switches off,
and values in files. Sources, read 2026-11-23: charts/kyverno/values.yaml and
charts/kyverno/templates/background-controller/clusterrole.yaml in https://github.com/kyverno/kyverno (extraResources
become rules of a cluster role that is aggregated into the bound one).
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from nhilint.formats.kubernetes.parts import StatedBinding, StatedRole, StatedSubject
from nhilint.formats.kubernetes.rbac import rules_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.kubernetes.parts import Part
    from nhilint.formats.node import Node

_ROLE = "clusterrole"
_ENDS = "clusterrolerules"
_RIGHTS = ("rbac", "clusterRole")
_OFF = ("create", "enabled")
_MOST = 2_000
_MOST_LISTS = 20
_DEEPEST = 6


def adds_rules(values: Node) -> bool:
    """Whether the values of a release hold a list of rules for a cluster role."""
    return next(_lists(values, (), 0), None) is not None


def rules_given(values: Node, release: str, namespace: str) -> Iterator[Part]:
    """The roles that a release is given so, each bound to the release's account; no account has a blank in its name."""
    for route, node in islice(_lists(values, (), 0), _MOST_LISTS):
        above = next((route[:index] for index, key in enumerate(route) if key in _RIGHTS), ())
        account = " ".join(("release", release, *above))
        name = f"{release} {'.'.join(route)}"
        kind, at = "ClusterRole", node.at
        yield StatedRole(kind, name, "", at, tuple(rules_of(node)), frozenset(), at)
        subject = StatedSubject("ServiceAccount", account, namespace, at)
        yield StatedBinding("ClusterRoleBinding", name, "", at, kind, name, at, (subject,))


def _lists(node: Node, route: tuple[str, ...], depth: int) -> Iterator[tuple[tuple[str, ...], Node]]:
    if any(node[key].value is False for key in _OFF):
        return
    for key, inner in islice(node.entries(), _MOST):
        below = (*route, key)
        if inner.is_list:
            if _is_of_cluster(below) and inner[0]["verbs"].is_list:
                yield below, inner
        elif inner.is_mapping and depth < _DEEPEST:
            yield from _lists(inner, below, depth + 1)


def _is_of_cluster(route: tuple[str, ...]) -> bool:
    """Whether a value is one of a chart's rights, and says that it goes into a role of the cluster."""
    *above, last = (one.lower() for one in route)
    if last.endswith(_ENDS):
        return True
    return any(one.endswith(_ROLE) for one in above) and ("rbac" in above or above[0] == _ROLE)
