"""What a principal holds and how its pods are set up becomes the known ways to more privilege that are open to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from nhilint.formats.kubernetes.granted import is_everything, matchable
from nhilint.formats.kubernetes.names import in_words
from nhilint.formats.kubernetes.parts import OPEN_DAEMON
from nhilint.knowledge.kubernetes import by_id, opened
from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.escalation import Escalation, LesserWay

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nhilint.formats.kubernetes.parts import StatedRole, StatedRule, StatedToken, StatedWorkload
    from nhilint.knowledge.kubernetes import Rule
    from nhilint.model.place import Place

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
    ("k8s-csr-approve", "k8s-csr-sign", "k8s-csr-approve-nodes"),
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
_OF_ITS_NAMESPACE, _OF_ANY_NAMESPACE = "of its namespace", "of any namespace"
_NAMED = 20
"""Verbs, and resources, of a rule that a way names."""


class Reaching(NamedTuple):
    """A stated rule on its way to be matched: its role, and whether it was granted for the whole cluster."""

    rule: StatedRule
    role: StatedRole
    cluster_wide: bool


_Read = tuple[Reaching, "Rule"]
"""A rule on its way, and the form of it that is matched."""


def through_rules(
    reaching: Sequence[Reaching], *, of_agent: bool = False, for_people: bool = False
) -> Iterator[Escalation | Unknown]:
    """Paths that the rules open together; and that there may be more, where a rule could not be read.

    A rule that holds everything is told as such, not by every path that it opens; for the whole cluster
    `admin` says it. Of the paths into every namespace the gravest is told, with the others beside it. For an agent
    those are graver that change something.
    """
    readable, unread = _matchable(reaching)
    if any(one.cluster_wide and is_everything(rule) for one, rule in readable):
        return
    whole = [(one, rule) for one, rule in readable if is_everything(rule)]
    if whole:
        yield _through_rule("k8s-cluster-admin", *whole[0])
        return
    yield from _from_the_gravest(_open_paths(readable, for_people=for_people), readable, of_agent=of_agent)
    yield from unread[:1]


def _matchable(reaching: Iterable[Reaching]) -> tuple[list[_Read], list[Unknown]]:
    """The rules as they are matched, and those that could not be read."""
    readable: list[_Read] = []
    unread: list[Unknown] = []
    for one in reaching:
        rule = matchable(one.rule)
        if isinstance(rule, Unknown):
            unread.append(rule)
        else:
            readable.append((one, rule))
    return readable, unread


def _open_paths(readable: Sequence[_Read], *, for_people: bool) -> dict[str, int]:
    """The paths to tell, each with the rule that opens it, by its position."""
    rules = [rule for _, rule in readable]
    found = opened(rules, cluster_wide=[one.cluster_wide for one, _ in readable])
    told = dict(_telling([(path.id, index) for path, index in found], rules))
    if for_people:
        told.pop("k8s-argo-workflows", None)  # whom Argo Workflows lets in as the account submits workflows
    if "k8s-bind" in told:
        told.pop("k8s-bind-people", None)
    return told


def _from_the_gravest(told: dict[str, int], readable: Sequence[_Read], *, of_agent: bool) -> Iterator[Escalation]:
    """The paths, those into every namespace as one: the gravest of them, with the first of each other family."""
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
                yield replace(escalation(hazard.id, hazard.at, through), lesser=lesser)
            elif hazard.id not in _TO_THE_NODE:
                yield escalation(hazard.id, hazard.at, through)


def through_tokens(tokens: Iterable[StatedToken]) -> Iterator[Escalation]:
    """Tokens that never expire, and other credentials that are made for an account."""
    for token in tokens:
        yield escalation(token.way, token.at, f"{token.kind} {in_words(token.name)}")


def _through_rule(id: str, one: Reaching, rule: Rule) -> Escalation:  # noqa: A002 - the path's own word
    what = tuple(sorted(rule.verbs)[:_NAMED]) + tuple(sorted(rule.resources | rule.urls)[:_NAMED])
    through = f"{one.role.kind} {in_words(one.role.name)}"
    return escalation(id, one.rule.at, through, actions=what, cluster_wide=one.cluster_wide)


def escalation(
    id: str,  # noqa: A002 - the path's own word
    at: Place,
    through: str,
    *,
    actions: tuple[str, ...] | None = None,
    cluster_wide: bool = False,
) -> Escalation:
    """The way of that id, open by what stands there."""
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
