"""Rules as a file states them become grants for conditions to read, and rules that can be matched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.kubernetes.names import in_words
from nhilint.knowledge.kubernetes import Rule, is_kubernetes_own, out_of_reach, spelled_right
from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.statement import Grant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nhilint.formats.kubernetes.parts import StatedRole, StatedRule
    from nhilint.model.fact import Fact

_BUILT_IN = frozenset(
    f"{name}.k8s.io"
    for name in (
        "admissionregistration", "apiextensions", "apiregistration", "authentication", "authorization", "certificates",
        "coordination", "discovery", "events", "flowcontrol.apiserver", "internal.apiserver", "metrics", "networking",
        "custom.metrics", "external.metrics", "node", "rbac.authorization", "resource", "scheduling", "storage",
        "storagemigration",
    )
)  # fmt: skip
"""Groups that the API server brings along, or that an API server of metrics answers: no custom resources. The groups of
Kubernetes' projects (`gateway.networking.k8s.io`, `snapshot.storage.k8s.io`) are defined by their releases.
Source: https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.34/ (API groups), read 2026-11-22."""
CHANGING = frozenset({"create", "update", "patch", "delete", "deletecollection", "*"})
_NAMED = 60


def matchable(stated: StatedRule) -> Rule | Unknown:
    """The rule for matching, unless a part of it that decides is not known."""
    for fact in (stated.verbs, stated.groups, stated.resources, stated.names, stated.urls):
        if isinstance(fact, Unknown):
            return fact
    return Rule(
        verbs=_set(stated.verbs),
        groups=_set(stated.groups),
        resources=_set(stated.resources),
        names=_set(stated.names),
        urls=_set(stated.urls),
    )


_USED_WITHIN_A_NAMESPACE = frozenset({"podsecuritypolicies", "securitycontextconstraints"})
"""Belong to no namespace, but admission asks for their use in the namespace of the pod, so that a Role gives it.
Source: kubernetes.io/docs/concepts/security/pod-security-policy (v1.24, "Authorizing policies"), read 2026-11-22."""


def grant(stated: StatedRule, role: StatedRole, *, cluster_wide: bool, besides: Sequence[StatedRole] = ()) -> Grant:
    """The grant that a rule is to whoever holds the role, and `besides` others for the whole cluster."""
    rule = matchable(stated)
    everything: Fact[bool] = rule if isinstance(rule, Unknown) else Known(is_everything(rule), stated.at)
    named = isinstance(stated.names, Known) and bool(stated.names.value)
    idle = () if isinstance(rule, Unknown) else _in_vain(rule, role, besides)
    return Grant(
        at=stated.at,
        name=Known(in_words(role.name), stated.at),
        effect=Known("allow", stated.at),
        actions=_actions(rule, stated),
        resources=stated.names if named else Known(("*",), stated.at),
        all_actions=everything,
        all_resources=Known(cluster_wide and not named, stated.at),
        role=Known(f"{role.kind} {in_words(role.name)}", role.at),
        cluster_wide=Known(cluster_wide, stated.at),
        wildcards=_wildcards(stated),
        services=rule
        if isinstance(rule, Unknown)
        else Known(tuple(sorted(g or "core" for g in rule.groups)), stated.at),
        out_of_reach=rule if isinstance(rule, Unknown) else Known(idle, stated.at),
        meant_resources=Known(meant, stated.at) if (meant := _spelled_otherwise(idle)) else None,
        changes=rule if isinstance(rule, Unknown) else Known(not CHANGING.isdisjoint(rule.verbs), stated.at),
    )


def is_everything(rule: Rule) -> bool:
    """Whether it leaves nothing out of the core group, which holds secrets, pods and tokens."""
    return "*" in rule.verbs and "*" in rule.resources and not rule.names and not rule.groups.isdisjoint({"*", ""})


def keeps_custom_resources(stated: StatedRule, groups: frozenset[str] | None = None) -> bool:
    """Whether it writes the status or finalizers of custom resources, which only the controller of their kind does.

    With `groups` those of these groups alone count, and who watches their kinds and writes them does as well: older
    controllers write the status with the rest, and say with what they have done that it is done.

    Source: https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/ (status
    subresource, finalizers), read 2026-11-22. A group that is built into Kubernetes says nothing;
    with a star for the group it is the kind that says it.
    """
    rule = matchable(stated)
    if isinstance(rule, Unknown) or rule.verbs.isdisjoint({"update", "patch", "*"}):
        return False
    if groups is not None and rule.groups.isdisjoint(groups):
        return False
    if not any(map(_is_of_custom_resources, rule.groups)) and not ("*" in rule.groups and _names_a_custom_part(rule)):
        return False
    if groups is not None and not rule.verbs.isdisjoint({"watch", "*"}):
        return True
    return "*" in rule.resources or any(one.endswith(("/status", "/finalizers")) for one in rule.resources)


def _is_of_custom_resources(group: str) -> bool:
    return "." in group and group not in _BUILT_IN


def _names_a_custom_part(rule: Rule) -> bool:
    parts = (one for one in rule.resources if one.endswith(("/status", "/finalizers")) and not one.startswith("*"))
    return any(not is_kubernetes_own(one) for one in parts)


def gives_nothing_any_more(stated: StatedRule) -> bool:
    """Whether it only names pod security policies, which no supported cluster serves.

    Source: kubernetes.io/docs/concepts/security/pod-security-policy (removed in 1.25), read 2026-11-23.
    """
    rule = matchable(stated)
    return not isinstance(rule, Unknown) and rule.resources == {"podsecuritypolicies"} and not rule.urls


def provisions_volumes(stated: Iterable[StatedRule]) -> bool:
    """Whether one holder makes volumes and tells that they are attached, as only the parts of a storage driver do.

    Source: https://kubernetes-csi.github.io/docs/external-provisioner.html and external-attacher.html (RBAC rules of
    their deployments: create on persistentvolumes, patch on volumeattachments/status), read 2026-11-22.
    """
    makes = tells = False
    for rule in map(matchable, stated):
        if isinstance(rule, Unknown):
            continue
        makes = makes or ("persistentvolumes" in rule.resources and not rule.verbs.isdisjoint({"create", "*"}))
        tells = tells or (
            "volumeattachments/status" in rule.resources and not rule.verbs.isdisjoint({"patch", "update", "*"})
        )
    return makes and tells


_ASKED_BY_EVERYBODY = frozenset({"selfsubjectaccessreviews", "selfsubjectrulesreviews"})
"""Kubernetes gives them to every account (`system:basic-user`), so that a role that misses them takes nothing away."""


def _in_vain(rule: Rule, role: StatedRole, besides: Sequence[StatedRole]) -> tuple[str, ...]:
    """What the rule names in vain, unless another rule says it right: old groups are left standing so.

    The other one may be of the same role, or of one that the same holder has for the whole cluster.
    """
    asked = rule.resources - _ASKED_BY_EVERYBODY
    if "use" in rule.verbs:
        asked -= _USED_WITHIN_A_NAMESPACE
    idle = sorted(_idle(asked, rule, role))
    others = [
        (matchable(other), holding)
        for holding in ((role, *besides) if idle else ())
        for other in holding.rules
        if not isinstance(other, Unknown)
    ]
    return tuple(name for name in idle if not any(_gives(other, spelled_right(name), held) for other, held in others))


def _spelled_otherwise(idle: Sequence[str]) -> tuple[str, ...]:
    return tuple(spelled_right(name) for name in idle if spelled_right(name) != name)


def _idle(asked: frozenset[str], rule: Rule, role: StatedRole) -> Iterator[str]:
    wide = role.kind == "ClusterRole"
    return (name for name in asked if out_of_reach(name, rule.groups, cluster_wide=wide))


def _gives(rule: Rule | Unknown, name: str, role: StatedRole) -> bool:
    return isinstance(rule, Rule) and name in rule.resources and not any(_idle(frozenset({name}), rule, role))


def _actions(rule: Rule | Unknown, stated: StatedRule) -> Fact[tuple[str, ...]]:
    if isinstance(rule, Unknown):
        return rule
    things = [*sorted(rule.resources), *sorted(rule.urls)]
    words = tuple(f"{verb} {thing}" for verb in sorted(rule.verbs) for thing in things)
    return Known(words[:_NAMED], stated.at)


def _wildcards(stated: StatedRule) -> Fact[tuple[str, ...]]:
    found: list[str] = []
    for key, fact in (("apiGroups", stated.groups), ("resources", stated.resources), ("verbs", stated.verbs)):
        if isinstance(fact, Unknown):
            return fact
        if isinstance(fact, Known) and "*" in fact.value:
            found.append(key)
    return Known(tuple(found), stated.at)


def _set(fact: Fact[tuple[str, ...]]) -> frozenset[str]:
    return frozenset(fact.value) if isinstance(fact, Known) else frozenset()
