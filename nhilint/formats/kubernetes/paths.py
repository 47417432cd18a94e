"""What a principal holds and how its pods are set up becomes the known ways to more privilege that are open to it."""

from __future__ import annotations

from posixpath import dirname
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from nhilint.formats.kubernetes.granted import CHANGING, gives_nothing_any_more, is_everything, matchable
from nhilint.formats.kubernetes.names import OPEN, in_words
from nhilint.formats.kubernetes.parts import OPEN_DAEMON
from nhilint.knowledge.kubernetes import by_id, opened
from nhilint.model.fact import Known, Unknown, value_of
from nhilint.model.vocabulary.escalation import Escalation, LesserWay
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nhilint.formats.kubernetes.cluster import Held, Principal
    from nhilint.formats.kubernetes.parts import StatedRole, StatedRule, StatedToken, StatedWorkload
    from nhilint.knowledge.kubernetes import Rule
    from nhilint.model.fact import Fact
    from nhilint.model.place import Place

_GROUPS = {
    "system:anonymous": "k8s-subject-anonymous",
    "system:unauthenticated": "k8s-subject-anonymous",
    "system:authenticated": "k8s-subject-authenticated",
    "system:serviceaccounts": "k8s-subject-serviceaccounts",
    "system:masters": "k8s-subject-masters",
}
_FROM_THE_WIDEST = ("k8s-subject-anonymous", "k8s-subject-authenticated", "k8s-subject-serviceaccounts")
_READING = ("k8s-secrets-list", "k8s-secrets-get", "k8s-secrets-watch")
_CHANGING = (
    "k8s-bind",
    "k8s-escalate",
    "k8s-impersonate",
    "k8s-token-request",
    "k8s-csr-approve",
    "k8s-webhooks",
    "k8s-pod-exec",
    "k8s-pod-patch",
    "k8s-pod-create",
)
_DELETING = "k8s-delete-all"
_KUBELET = "k8s-nodes-proxy"
_FROM_THE_GRAVEST: tuple[tuple[str, ...], ...] = (
    ("k8s-escalate", "k8s-bind"),
    ("k8s-impersonate",),
    ("k8s-token-request",),
    ("k8s-csr-approve", "k8s-csr-sign"),
    ("k8s-pod-exec", "k8s-pod-exec-get", "k8s-pod-ephemeral", "k8s-pod-attach"),
    (_KUBELET,),
    _READING,
    ("k8s-webhooks", "k8s-admissionpolicy"),
    ("k8s-pod-create", "k8s-workload-create", "k8s-pod-patch"),
    ("k8s-bind-people",),
    ("k8s-argo-workflows", "k8s-argocd-app", "k8s-flux"),
    ("k8s-psp-scc", "k8s-pv-create", "k8s-spiffe", "k8s-externalsecrets"),
    (_DELETING,),
    ("k8s-nonresource-all", "k8s-service-status"),
)
"""Families of paths that one decision takes away, each told by the first of its paths that is open."""
_IN_THE_CLOUD = ("k8s-azure-roles", "k8s-google-roles", "k8s-aws-roles", "k8s-azure-federation", "k8s-crossplane")
"""Paths that lead out of the cluster: told by themselves, whatever is open within it, by the first that is open."""
_TO_THE_NODE = ("k8s-pod-privileged", "k8s-pod-containersock", "k8s-pod-hostpid", "k8s-pod-caps", "k8s-pod-hostpath",
                OPEN_DAEMON)  # fmt: skip
"""What leads from a pod to its node, from the gravest on; a daemon leads there beside the privilege it has alone."""
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
_OF_ITS_NAMESPACE, _OF_ANY_NAMESPACE = "of its namespace", "of any namespace"
_NAMED = 20
"""Verbs, and resources, of a rule that a way names."""


class Reaching(NamedTuple):
    """A stated rule on its way to be matched: its role, and whether it was granted for the whole cluster."""

    rule: StatedRule
    role: StatedRole
    cluster_wide: bool


def through_rules(
    reaching: Sequence[Reaching], *, of_agent: bool = False, for_people: bool = False
) -> Iterator[Escalation | Unknown]:
    """Paths that the rules open together; and that there may be more, where a rule could not be read.

    A rule that holds everything is told as such, not by every path that it opens; for the whole cluster
    `admin` says it. Of the paths into every namespace the gravest is told, with the others beside it. For an agent
    those are graver that change something.
    """
    readable: list[tuple[Reaching, Rule]] = []
    unread: list[Unknown] = []
    for one in reaching:
        rule = matchable(one.rule)
        if isinstance(rule, Unknown):
            unread.append(rule)
        else:
            readable.append((one, rule))
    if any(one.cluster_wide and is_everything(rule) for one, rule in readable):
        return
    whole = [(one, rule) for one, rule in readable if is_everything(rule)]
    if whole:
        yield _through_rule("k8s-cluster-admin", *whole[0])
        return
    found = opened([rule for _, rule in readable], cluster_wide=[one.cluster_wide for one, _ in readable])
    told = dict(_telling([(path.id, index) for path, index in found], [rule for _, rule in readable]))
    if for_people:
        told.pop("k8s-argo-workflows", None)  # whom Argo Workflows lets in as the account submits workflows
    if "k8s-bind" in told:
        told.pop("k8s-bind-people", None)
    wide = {path_id for path_id, index in told.items() if readable[index][0].cluster_wide}
    by_star = _KUBELET in told and _is_star(readable[told[_KUBELET]][1])
    order = _order(of_agent=of_agent, by_star=by_star)
    heads = [next(iter(way)) for family in order if (way := [one for one in family if one in wide])]
    head = readable[told[heads[0]]][0].rule if heads else None
    others = [(path_id, readable[told[path_id]][0].rule) for path_id in heads[1:]]
    lesser = tuple(_named_wide(path_id, _verbs_at(rule) if rule is head else rule.at) for path_id, rule in others)
    ranked = {path_id for family in _FROM_THE_GRAVEST for path_id in family} & wide
    ranked |= {one for one in _IN_THE_CLOUD if one in wide} - {next((one for one in _IN_THE_CLOUD if one in wide), "")}
    for path_id, index in told.items():
        if path_id in heads[:1]:
            yield replace(_through_rule(path_id, *readable[index]), lesser=lesser)
        elif path_id not in ranked:
            yield _through_rule(path_id, *readable[index])
    yield from unread[:1]


def _order(*, of_agent: bool, by_star: bool) -> Sequence[tuple[str, ...]]:
    """Families of paths from the gravest on; reading comes last for an agent.

    The kubelet comes last of all where a star opens it: what reads everything is told for the secrets that it reads.
    """
    late = ([_READING] if of_agent else []) + ([(_KUBELET,)] if by_star else [])
    return sorted(_FROM_THE_GRAVEST, key=lambda family: late.index(family) + 1 if family in late else 0)


def _verbs_at(rule: StatedRule) -> Place:
    """Where a rule lists its verbs: a further way through the rule that is told already needs a place of its own."""
    return rule.verbs.at if rule.verbs is not None else rule.at


def _named(path_id: str, at: Place) -> LesserWay:
    return LesserWay(at=at, id=Known(path_id, at), name=Known(by_id()[path_id].name, at))


def _named_wide(path_id: str, at: Place) -> LesserWay:
    """A further way into every namespace."""
    return replace(_named(path_id, at), name=Known(_of_any(by_id()[path_id].name), at))


def _of_any(name: str) -> str:
    """What a holder does, in the words for every namespace."""
    return name.replace(_OF_ITS_NAMESPACE, _OF_ANY_NAMESPACE)


def _telling(found: list[tuple[str, int]], rules: list[Rule]) -> Iterator[tuple[str, int]]:
    """The paths to tell: of one star for every core resource what it reads, changes (the gravest) and deletes.

    Beside them the kubelet, which a star that only reads opens as well: its `get` starts commands in any pod.
    """
    stars = {index for index, rule in enumerate(rules) if _is_star(rule)}
    by_star = [path_id for path_id, index in found if index in stars]
    told = {
        next((one for one in _READING if one in by_star), ""),
        next((one for one in _CHANGING if one in by_star), ""),
        _DELETING,
        _KUBELET,
    }
    for path_id, index in found:
        if index not in stars or path_id in told:
            yield path_id, index


def _is_star(rule: Rule) -> bool:
    """Whether a rule leaves open which core resources it means."""
    return "*" in rule.resources and not rule.groups.isdisjoint({"", "*"})


def through_pods(workloads: Iterable[StatedWorkload]) -> Iterator[Escalation]:
    """Paths that the settings of pods open; of those to the node the gravest of each workload, with the others."""
    for workload in workloads:
        through = f"{workload.kind} {in_words(workload.name)}"
        found = {hazard.id: hazard for hazard in reversed(workload.hazards)}
        first, *others = [found.get(path_id) for path_id in _TO_THE_NODE if path_id in found] or [None]
        for hazard in reversed(found.values()):
            if hazard is first and hazard.id != OPEN_DAEMON:
                lesser = tuple(_named(other.id, other.at) for other in others if other)
                yield replace(_escalation(hazard.id, hazard.at, through), lesser=lesser)
            elif hazard.id not in _TO_THE_NODE:
                yield _escalation(hazard.id, hazard.at, through)


def through_tokens(tokens: Iterable[StatedToken]) -> Iterator[Escalation]:
    """Tokens that never expire, and other credentials that are made for an account."""
    for token in tokens:
        yield _escalation(token.way, token.at, f"{token.kind} {in_words(token.name)}")


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
    found = _escalation(path, held.subject.at, through, actions=role, cluster_wide=held.cluster_wide)
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


def _through_rule(id: str, one: Reaching, rule: Rule) -> Escalation:  # noqa: A002 - the path's own word
    what = tuple(sorted(rule.verbs)[:_NAMED]) + tuple(sorted(rule.resources | rule.urls)[:_NAMED])
    through = f"{one.role.kind} {in_words(one.role.name)}"
    return _escalation(id, one.rule.at, through, actions=what, cluster_wide=one.cluster_wide)


def _escalation(
    id: str,  # noqa: A002 - the path's own word
    at: Place,
    through: str,
    *,
    actions: tuple[str, ...] | None = None,
    cluster_wide: bool = False,
) -> Escalation:
    path = by_id()[id]
    return Escalation(
        at=at,
        id=Known(path.id, at),
        name=Known(_of_any(path.name) if cluster_wide else path.name, at),
        kind=Known(path.kind, at),
        actions=Known(actions, at) if actions is not None else None,
        url=Known(path.url, at),
        cluster_wide=Known(cluster_wide, at),
        through=Known(through, at),
    )
