"""A role bound to a subject that stands for many, who were not meant, becomes a way to more that all of them have.

A group of everybody who asks, of whoever signs in or of all accounts is one, and so is the account that pods run as
which name none. A role that shows nothing but what everybody may see does not count.
"""

from __future__ import annotations

from posixpath import dirname
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.kubernetes.granted import CHANGING, gives_nothing_any_more, matchable
from nhilint.formats.kubernetes.names import OPEN, in_words
from nhilint.formats.kubernetes.paths import escalation
from nhilint.knowledge.kubernetes import opened
from nhilint.model.fact import Known, Unknown, value_of
from nhilint.model.vocabulary.escalation import LesserWay
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.kubernetes.cluster import Held, Principal
    from nhilint.knowledge.kubernetes import Rule
    from nhilint.model.fact import Fact
    from nhilint.model.vocabulary.escalation import Escalation

_GROUPS = {
    "system:anonymous": "k8s-subject-anonymous",
    "system:unauthenticated": "k8s-subject-anonymous",
    "system:authenticated": "k8s-subject-authenticated",
    "system:serviceaccounts": "k8s-subject-serviceaccounts",
    "system:masters": "k8s-subject-masters",
}
_FROM_THE_WIDEST = ("k8s-subject-anonymous", "k8s-subject-authenticated", "k8s-subject-serviceaccounts")
_OPEN_TO_ALL = frozenset(
    {"system:public-info-viewer", "system:discovery", "system:basic-user", "system:service-account-issuer-discovery"}
)
"""Roles that Kubernetes itself gives to everybody."""
_LOOKING = Deferred(r"^view$|(?<!secret-)(?<!secrets-)(?:^|[-:.])(?:view|viewer|read-?only)(?:-role)?$")
"""What a role that is declared elsewhere is called if it only shows, as Kubebuilder and OpenShift call them."""
_CONFINED = Deferred(r":scc:(?:restricted|nonroot)")
_BESIDE_A_CONTROLLER = Deferred(r"(?:^|-)(?:leader-election|proxy|metrics-auth|metrics-reader)-role$")
"""Roles that kubebuilder writes beside that of the controller: to elect a leader, to ask who calls, to read metrics
(https://book.kubebuilder.io/reference/metrics, read 2026-11-22)."""
_SHOWN = Deferred(r"(?:^|-)(?:user|ui|console)-(?:settings|preferences|features)$")
"""What a ConfigMap is called that keeps what a console shows each of its people, as seen in clusters of OpenShift
Virtualization: everybody who signs in writes there. No page of the vendor that says so was found."""


def through_subject(principal: Principal, held: Iterable[Held]) -> Iterator[Escalation]:
    """That the principal stands for many who were not meant."""
    path = _subject_path(principal)
    telling = [one for one in held if path and _matters(one, path) and not _is_said_of_more(one, path)]
    found = [_bound(one, path) for one in telling if path]
    filled_in = {one.subject.at: dirname(one.subject.at.path) for one in telling if _is_filled_in(one)}
    if path != "k8s-subject-default":
        yield from found
        return
    places: dict[str, list[Escalation]] = {}
    for one in found:
        places.setdefault(filled_in.get(one.at, ""), []).append(one)
    for together in places.values():
        first, *others = sorted(together, key=_strength)
        yield replace(first, lesser=tuple(LesserWay(at=one.at, name=_with_role(one)) for one in others))


def _is_filled_in(held: Held) -> bool:
    """Whether the subject's namespace is filled in later: files of two folders then seldom mean one account."""
    return (held.subject.namespace or held.binding.namespace) == OPEN


def _strength(bound: Escalation) -> tuple[bool, bool, bool, bool]:
    """The order of what is bound to one account: for the whole cluster first, then what lets pods out to the node.

    What a scaffold writes beside a controller's own role comes last.
    """
    role = " ".join(value_of(bound.actions) or ())
    beside, confined = _BESIDE_A_CONTROLLER.search(role) is not None, _CONFINED.search(role) is not None
    return beside, not value_of(bound.cluster_wide), "privileged" not in role, confined


def _with_role(bound: Escalation) -> Known[str]:
    role = ", ".join(value_of(bound.actions) or ())
    return Known(f"{role} by {value_of(bound.through)}", bound.at)


def _bound(held: Held, path: str) -> Escalation:
    through = f"{held.binding.kind} {in_words(held.binding.name)}"
    role = (in_words(held.binding.role_name),)
    found = escalation(path, held.subject.at, through, actions=role, cluster_wide=held.cluster_wide)
    return replace(found, only_shows=_only_shows(held))


def _is_said_of_more(held: Held, path: str) -> bool:
    """Whether the same binding names a group that is wider still, so that one word says both."""
    named = {_GROUPS.get(subject.name) for subject in held.binding.subjects if subject.kind == "Group"}
    return path in _FROM_THE_WIDEST and not named.isdisjoint(_FROM_THE_WIDEST[: _FROM_THE_WIDEST.index(path)])


def _only_shows(held: Held) -> Fact[bool]:
    """Whether a role lets its holder look around, but neither change anything nor take a known way to more."""
    if not held.roles:
        return Known(_LOOKING.search(held.binding.role_name) is not None, held.binding.role_at)
    rules = [rule if isinstance(rule, Unknown) else matchable(rule) for role in held.roles for rule in role.rules]
    unknown = next((rule for rule in rules if isinstance(rule, Unknown)), None)
    if unknown is not None:
        return unknown
    read = [rule for rule in rules if not isinstance(rule, Unknown)]
    changes = any(not rule.verbs.isdisjoint(CHANGING) for rule in read)
    ways = changes or opened(read, cluster_wide=[held.cluster_wide] * len(read))
    return Known(not ways, held.binding.role_at)


def _matters(held: Held, path: str) -> bool:
    """Whether a role means something in the hands of so many: what only shows a named thing to everybody does not."""
    if held.binding.role_name in _OPEN_TO_ALL:
        return False
    stated = [rule for role in held.roles for rule in role.rules]
    if stated and all(not isinstance(rule, Unknown) and gives_nothing_any_more(rule) for rule in stated):
        return False
    if path == "k8s-subject-default" or not held.roles:
        return True
    rules = [matchable(rule) for rule in stated if not isinstance(rule, Unknown)]
    rules = [rule for rule in rules if isinstance(rule, Unknown) or not _is_of_a_console(rule)]
    read = [rule for rule in rules if not isinstance(rule, Unknown)]
    if len(read) < len(rules) or any(not rule.verbs.isdisjoint(CHANGING) for rule in read):
        return True
    if path == "k8s-subject-anonymous":
        return any(not rule.names and rule.resources for rule in read)
    return bool(opened(read, cluster_wide=[held.cluster_wide] * len(read)))


def _is_of_a_console(rule: Rule) -> bool:
    """Whether all that a rule reaches are ConfigMaps, named one by one, that keep what people see of a console."""
    only_maps = rule.groups == {""} and rule.resources == {"configmaps"}
    return only_maps and bool(rule.names) and all(map(_SHOWN.search, rule.names))


def _subject_path(principal: Principal) -> str | None:
    if principal.kind == "service_account":
        return "k8s-subject-default" if principal.name == "default" else None
    if principal.name.startswith("system:serviceaccounts:"):
        return "k8s-subject-ns-serviceaccounts"
    return _GROUPS.get(principal.name)
