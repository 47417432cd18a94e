"""A cluster becomes its machine identities: service accounts with what they hold, groups of everybody, loose roles.

People and their groups are not machine identities; what is bound to them alone is left to those who manage people.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from nhilint.formats.kubernetes.account_workloads import workloads_of
from nhilint.formats.kubernetes.applied_as import said_of_appliers
from nhilint.formats.kubernetes.deploying import only_deploy
from nhilint.formats.kubernetes.granted import keeps_custom_resources, provisions_volumes
from nhilint.formats.kubernetes.held_rights import (
    BUILT_IN,
    administering_roles,
    administers,
    built_in_roles,
    grants_of,
    is_admin,
)
from nhilint.formats.kubernetes.holders import with_holders
from nhilint.formats.kubernetes.names import in_words
from nhilint.formats.kubernetes.node_owners import node_owners
from nhilint.formats.kubernetes.paths import Reaching, through_pods, through_rules, through_tokens
from nhilint.formats.kubernetes.waiting_roles import waiting
from nhilint.formats.kubernetes.wide_subjects import through_subject
from nhilint.model.fact import Known, Unknown, value_of
from nhilint.model.resource import Resource
from nhilint.model.vocabulary.cluster import ClusterBinding
from nhilint.model.vocabulary.identity import Identity
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nhilint.formats.kubernetes.cluster import Cluster, Held, Principal
    from nhilint.formats.kubernetes.parts import (
        StatedAccount,
        StatedApplier,
        StatedAssociation,
        StatedRole,
        StatedToken,
        StatedWorkload,
    )
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.cluster import CloudIdentity
    from nhilint.model.vocabulary.escalation import Escalation

_RUNNER = Deferred(r"(?i)(^|[^a-z])runners?($|[^a-z])")
_KEEPER = Deferred(r"(?i)controller|operator|manager|listener")
_RUNNER_IMAGE = Deferred(r"(?i)(^|/)(actions-runner|github-runner|gitlab-runner)([:@]|$)")
"""Sources: docs.github.com/en/actions/concepts/runners/actions-runner-controller (ghcr.io/actions/actions-runner) and
docs.gitlab.com/runner/install/docker (gitlab/gitlab-runner), read 2026-11-22."""
_MOST_GRANTS = 50_000
"""Rules of all principals of one cluster together: roles of many rules, bound to many, multiply."""


def identities(cluster: Cluster, own_groups: frozenset[str] = frozenset()) -> Iterator[Resource]:
    """The identities of a cluster, service accounts first, then roles that wait to be bound.

    `own_groups` are the API groups of custom resources that the repository defines.
    """
    workloads = _by_account(cluster)
    tokens: dict[Principal, list[StatedToken]] = defaultdict(list)
    for token in cluster.tokens:
        tokens[cluster.account_named(token.account, token.namespace)].append(token)
    appliers = _appliers(cluster)
    declared = {cluster.account_named(account.name, account.namespace): account for account in cluster.accounts}
    associations: dict[Principal, list[StatedAssociation]] = defaultdict(list)
    for given in cluster.associations:
        associations[cluster.account_named(given.name, given.namespace)].append(given)
    running = {principal: cluster.run_from_here(some) for principal, some in workloads.items()}
    owners = node_owners(running, declared, frozenset((*workloads, *tokens)))
    budget = _MOST_GRANTS
    for principal, held in sorted(cluster.principals().items(), key=_is_named):
        if principal.kind == "service_account" or _is_many(principal.name):
            held = cluster.decided_here(held, workloads[principal])  # noqa: PLW2901 - the same, as far as it is one's own
            held, budget = _within(budget, held)  # noqa: PLW2901 - the same, as far as it is followed
            named_by = (running.get(principal, []), tokens[principal], associations[principal])
            facts = _identity(principal, held, declared.get(principal), *named_by)
            loose = _loose(principal, held, cluster, declared)
            facts = replace(facts, loose_bindings=loose) if loose else facts
            if principal in appliers and not any((workloads[principal], *named_by)):
                less = said_of_appliers(appliers[principal], opens_cloud=bool(facts.cloud))
                facts = replace(facts, lessened_by=Known(less, facts.at))
            if principal in owners:
                facts = replace(facts, owns_nodes=Known(owners[principal], at=facts.at))
            if any(map(cluster.answers_admission, workloads[principal])):
                facts = replace(facts, answers_admission=Known(value=True, at=facts.at))
            facts = _keeping_own(facts, (role for one in held for role in one.roles), own_groups)
            used = (workloads[principal], tokens[principal])
            told = with_holders(facts)
            yield Resource("identity", _shown(principal), "kubernetes", told, _setting(cluster, held, *used))
    for role in cluster.unbound():
        facts = with_holders(_keeping_own(waiting(role), (role,), own_groups))
        yield Resource("identity", in_words(role.name), "kubernetes", facts, cluster.setting_of((role,)))


def _appliers(cluster: Cluster) -> dict[Principal, list[StatedApplier]]:
    """What controllers apply as an account of its own; `default` is every pod's of its namespace besides."""
    found: dict[Principal, list[StatedApplier]] = defaultdict(list)
    for one in cluster.appliers:
        if one.account != "default":
            found[cluster.account_named(one.account, one.namespace)].append(one)
    return found


def _keeping_own(facts: Identity, roles: Iterable[StatedRole], own_groups: frozenset[str]) -> Identity:
    """The same, told as a part of the project's own operator where it keeps a kind that the repository defines."""
    rules = (rule for role in roles for rule in role.rules if not isinstance(rule, Unknown))
    keeps = bool(own_groups) and any(keeps_custom_resources(rule, own_groups) for rule in rules)
    told = Known(value=True, at=facts.at)
    return replace(facts, reconciles=told, reconciles_own=told) if keeps else facts


def _is_named(entry: tuple[Principal, list[Held]]) -> bool:
    """Whether pods have to name an account to have its rights: what holds for several is told first of the default one,
    which all the others have."""
    return entry[0].kind != "service_account" or entry[0].name != "default"


def _is_many(name: str) -> bool:
    """Whether a name stands for many who were not meant; `system:masters` holds everything without any binding."""
    return name.startswith("system:") and name != "system:masters"


def _setting(
    cluster: Cluster, held: list[Held], workloads: Sequence[StatedWorkload], tokens: Sequence[StatedToken]
) -> str:
    """The role of an account by what gives it rights and what uses it; an agent's is always one's own."""
    if any(workload.runs_agent for workload in workloads):
        return cluster.setting
    roles = tuple(role for one in held for role in one.roles)
    return cluster.setting_of((*(one.binding for one in held), *roles, *workloads, *tokens))


def _within(budget: int, held: list[Held]) -> tuple[list[Held], int]:
    """Held roles as far as the budget of rules goes; the rest count as declared elsewhere, which is not known."""
    kept: list[Held] = []
    for one in held:
        budget -= sum(len(role.rules) for role in one.roles)
        kept.append(one if budget >= 0 else one._replace(roles=()))
    return kept, budget


def _identity(
    principal: Principal,
    held: Sequence[Held],
    account: StatedAccount | None,
    workloads: Sequence[StatedWorkload],
    tokens: Sequence[StatedToken],
    associations: Sequence[StatedAssociation],
) -> Identity:
    at = _place(held, account, workloads, (*associations, *tokens))
    stated = [(rule, role, one.cluster_wide) for one in held for role in one.roles for rule in role.rules]
    reaching = [Reaching(rule, role, wide) for rule, role, wide in stated if not isinstance(rule, Unknown)]
    unread = [rule for rule, _, _ in stated if isinstance(rule, Unknown)]
    elsewhere = [one for one in held if not one.roles and one.binding.role_name not in BUILT_IN]
    keeps = not _runs_jobs(principal, workloads) and any(keeps_custom_resources(one.rule) for one in reaching)
    escalations = (
        *_by_rights(principal, held, reaching, account, workloads),
        *through_pods(workloads),
        *through_tokens(_telling(tokens, account, is_bound=bool(held))),
        *unread[:1],
    )
    return Identity(
        at=at,
        name=Known(_shown(principal), at),
        provider=Known("kubernetes", at),
        kind=Known(_kind(principal), at),
        namespace=Known(principal.namespace, at) if principal.namespace else None,
        grants=(*grants_of(reaching), *unread, *(_undeclared(one) for one in elsewhere)),
        managed=built_in_roles(held, at),
        managed_admin=administering_roles(held, at),
        escalations=escalations,
        admin=is_admin(reaching, unread, at),
        reconciles=Known(keeps, at),
        provisions_volumes=Known(provisions_volumes(one.rule for one in reaching), at),
        workloads=tuple(workloads_of(sorted(workloads, key=_is_no_agent), account)),
        cloud=tuple(_cloud(account, associations)),
        taken_by=Known("deployment", at) if only_deploy(workloads) else None,
    )


def _is_no_agent(workload: StatedWorkload) -> bool:
    """Agents and their tools are told first: whoever steers them has what the account has."""
    return not workload.runs_agent


def _by_rights(
    principal: Principal,
    held: Sequence[Held],
    reaching: Sequence[Reaching],
    account: StatedAccount | None,
    workloads: Sequence[StatedWorkload],
) -> Iterator[Escalation | Unknown]:
    """Ways that its name and its roles open; where one leads to everything by itself, rules add nothing."""
    by_name = tuple(through_subject(principal, held))
    is_told = any(map(administers, held)) or any(value_of(one.id) == "k8s-subject-anonymous" for one in by_name)
    yield from by_name
    yield from through_rules(
        () if is_told else reaching,
        of_agent=any(one.runs_agent for one in workloads),
        for_people=account is not None and account.signs_people_in,
    )


def _runs_jobs(principal: Principal, workloads: Sequence[StatedWorkload]) -> bool:
    """Whether it is a runner of CI jobs, by its name or by its image: it writes custom resources as a person would."""
    named = principal.kind == "service_account" and _RUNNER.search(principal.name) is not None
    return (named and _KEEPER.search(principal.name) is None) or any(
        _RUNNER_IMAGE.search(image) for workload in workloads for image in workload.images
    )


def _telling(tokens: Sequence[StatedToken], account: StatedAccount | None, *, is_bound: bool) -> Iterator[StatedToken]:
    """The credentials made for an account, without tokens that a product asks for to let people in, and those of an
    account that is made along with them and given nothing."""
    wanted = account is not None and account.signs_people_in
    along = {account.at.path} if account is not None and not is_bound else set()
    return (one for one in tokens if not (one.kind == "Secret" and (wanted or one.at.path in along)))


def _cloud(
    account: StatedAccount | None, associations: Sequence[StatedAssociation]
) -> Iterator[CloudIdentity | Unknown]:
    """The cloud identities of an account, each once: two clusters of one module may give it the same role."""
    seen: set[str] = set()
    for one in (*(account.cloud if account else ()), *(given.cloud for given in associations)):
        name = "" if isinstance(one, Unknown) else value_of(one.identity) or ""
        if not name or name not in seen:
            seen.add(name)
            yield one


def _undeclared(held: Held) -> Unknown:
    return Unknown("a role that is declared elsewhere", held.binding.role_at)


def _by_account(cluster: Cluster) -> dict[Principal, list[StatedWorkload]]:
    found: dict[Principal, list[StatedWorkload]] = defaultdict(list)
    for workload in cluster.workloads:
        found[cluster.account_of(workload)].append(workload)
    return found


def _loose(
    principal: Principal, held: Sequence[Held], cluster: Cluster, declared: dict[Principal, StatedAccount]
) -> tuple[ClusterBinding, ...]:
    """Bindings to an account that is not declared, where others of its namespace are."""
    if principal.kind != "service_account" or principal in declared or principal.name == "default":
        return ()
    if "{{" in principal.name or " " in principal.name or not principal.namespace:
        return ()
    if principal.namespace not in cluster.declared_namespaces:
        return ()
    return tuple(
        ClusterBinding(
            at=one.subject.at,
            name=Known(in_words(one.binding.name), one.binding.at),
            role=Known(in_words(one.binding.role_name), one.binding.role_at),
        )
        for one in held
    )


def _place(
    held: Sequence[Held],
    account: StatedAccount | None,
    workloads: Sequence[StatedWorkload],
    others: Sequence[StatedAssociation | StatedToken],
) -> Place:
    """Where the identity is declared, or else first named."""
    if account is not None:
        return account.at
    if held:
        return held[0].subject.at
    return workloads[0].account_at if workloads else others[0].at


def _shown(principal: Principal) -> str:
    name = in_words(principal.name)
    return f"{principal.namespace}/{name}" if principal.namespace else name


def _kind(principal: Principal) -> Literal["service_account", "group", "user"]:
    if principal.kind == "service_account":
        return "service_account"
    return "group" if principal.kind == "group" else "user"
