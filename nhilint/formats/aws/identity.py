"""A principal with everything that is attached to it becomes an identity, whatever syntax brought it together.

A reader hands over nodes in the policy language's own keys. A document or statement that it could not resolve arrives
as a node that is no mapping, and stays unknown: nothing is judged safe because it was not read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from nhilint.formats.aws.deployers import DEPLOYS
from nhilint.formats.aws.effective import (
    escalations_beyond,
    found_escalations,
    is_admin,
    reached,
    steps_of,
    undecided_ways,
)
from nhilint.formats.aws.granted import grant
from nhilint.formats.aws.holders import taken_by
from nhilint.formats.aws.lent import lent_grants, lent_statements
from nhilint.formats.aws.people import GroupOf, group_of, turns_away_keys_alone
from nhilint.formats.aws.single_use import only_reports, only_sends_mail
from nhilint.formats.aws.slips import slips_of
from nhilint.formats.aws.statement import denied_everywhere, read_statement, without_other_accounts
from nhilint.formats.aws.strangers import turned_away
from nhilint.formats.aws.trust import trust
from nhilint.formats.aws.ways_in import words_of
from nhilint.formats.aws.whole_services import told_besides, whole_services
from nhilint.formats.aws.words import unfilled
from nhilint.formats.secret_operators import brings_secrets
from nhilint.knowledge import aws
from nhilint.model.fact import Known, Unknown, known_records, value_of
from nhilint.model.vocabulary.identity import AttachedPolicy, Identity, ResourcePolicy
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhilint.formats.aws.holders import Taker
    from nhilint.formats.aws.statement import Statement
    from nhilint.formats.node import Node
    from nhilint.model.fact import Fact, Many
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.authority import PolicySlip, WholeServices
    from nhilint.model.vocabulary.credential import Credential
    from nhilint.model.vocabulary.escalation import Escalation, EscalationStep
    from nhilint.model.vocabulary.statement import Grant
    from nhilint.model.vocabulary.trust import Trust

IdentityKind = Literal["role", "user", "group", "policy", "control_policy"]

_WRITING = frozenset({"write", "permissions"})
_LOOKING = frozenset({"list", "read"})
_RUN_NO_CODE = ("schedule", "definition")
"""Takers that no way to more privilege is told of."""
_ASKS_FOR_SECOND_FACTOR = Deferred(
    r"(?:force|require|enforce)s?[-_]?mfa|mfa[-_]?(?:requir|enforc)", flags=re.IGNORECASE
)
"""Names of managed policies that deny who has given no second factor."""
LIMITS = Deferred(
    r"(?:^|[/_.-])(?:scps?|rcps?|service[-_]?control|resource[-_]?control|boundar(?:y|ies)|guardrails?|"
    r"vpc[-_]?endpoints?|vpce|endpoint[-_]polic(?:y|ies)|session[-_]polic(?:y|ies))(?:[/_.-]|$)|"
    r"permissions?boundary|servicecontrolpolicy|resourcecontrolpolicy|"
    r"(?-i:[A-Za-z0-9](?:Boundar(?:y|ies)|Guardrails?)(?:Policy|Policies)?(?:[/_.-]|$))",
    flags=re.IGNORECASE,
)
"""Names of files, folders and policies that only ever limit: nothing inside such a document tells it apart."""


class Holding(Struct, frozen=True, kw_only=True):
    """A principal as a reader brought it together.

    `documents` are identity policies, `attached` those of managed policies that the same file has and that are judged
    by themselves, `trust` the trust policy, `managed` one node for each policy attached by ARN or
    name, `managed_at` the list of them where the file has one, `session` the longest session in seconds. `account` is
    the account that the file names, if it does. `own` are the ARNs, or what stands for them in the same file, of the
    principal and of policies that it carries. `name_at` is where the file states the name that the
    cloud will know; None for a label, a logical id or a name that the cloud completes. `called` is what the file
    states of a name that a run completes; `signs_in` says that a password is made for a user, as people need it, and
    `fills_in_account` that the file has its own account filled in wherever it means it.
    """

    kind: IdentityKind
    name: str
    at: Place
    documents: tuple[Node, ...] = ()
    attached: tuple[Node, ...] = ()
    trust: Node | None = None
    managed: tuple[Node, ...] = ()
    managed_at: Place | None = None
    arn: Fact[str] = None
    account: str | None = None
    boundary: Fact[str] = None
    session: Fact[float] = None
    credentials: Many[Credential] = ()
    own: tuple[str, ...] = ()
    name_at: Place | None = None
    called: str = ""
    signs_in: bool = False
    fills_in_account: bool = False


def identity(holding: Holding) -> Identity:
    """The facts of a principal."""
    limits = holding.kind == "control_policy"
    written, unread = _written(holding)
    denied, order = denied_everywhere(written), _positions(holding.documents)
    own = tuple(grant(one, index, holding.account, denied, written) for index, one in zip(order, written, strict=True))
    trusts = tuple(_trusts(holding.trust, holding.account))
    taker = _taken_by(holding, trusts, own)
    lent = _lent_by_aws(holding, taker, trusts)
    held = [*written, *lent]
    grants, broad = (*own, *lent_grants(lent, held)), reached(held)
    escalations: Many[Escalation] = () if limits else _escalations(holding, held, broad, unread)
    admin = Known(value=False, at=holding.at) if limits else _admin(is_admin(held, broad, holding.at), unread)
    return Identity(
        at=holding.at,
        name=Known(holding.name, holding.name_at or holding.at),
        provider=Known("aws", holding.at),
        kind=Known(holding.kind, holding.at),
        group_of=_whose(holding),
        arn=holding.arn,
        grants=(*grants, *unread),
        whole_services=() if limits else _told_whole(grants, escalations, taker, admin),
        slips=_slips(holding, written, order, own),
        trusts=trusts,
        taken_by=taker,
        brings_secrets=brings_secrets(f"{holding.name} {holding.called}", trusts, holding.at),
        only_sends_mail=_only_sends_mail(holding, own, unread),
        only_reports=Known(_only_reports(holding, own, unread), holding.at),
        managed=_managed(holding),
        managed_admin=_administering(holding),
        admin_attachments=tuple(AttachedPolicy(at=n.at, policy=Known(str(n.value), n.at)) for n in _strong(holding)),
        boundary=holding.boundary,
        session_hours=_hours(holding.session),
        escalations=escalations,
        escalation_steps=tuple(_steps(escalations, holding, held)),
        admin=admin,
        lifts_denials=Known(value=True, at=holding.at) if value_of(admin) and broad != aws.everything() else None,
        changes_something=_changes_something(grants, unread, holding.at),
        only_reads=Known(not unread and _only_reads(own, holding), holding.at),
        credentials=holding.credentials,
    )


def _whose(holding: Holding) -> Known[GroupOf] | None:
    """Whose a group is."""
    whose = group_of(holding.name) if holding.kind == "group" else None
    return Known(whose, holding.at) if whose is not None else None


def _written(holding: Holding) -> tuple[list[Statement], list[Unknown]]:
    """The statements of its documents, and those that could not be read."""
    nodes, unread = held_statements(holding.documents)
    written = [read_statement(node) for node in nodes]
    return [without_other_accounts(one) for one in written] if holding.fills_in_account else written, unread


def _told_whole(
    grants: Sequence[Grant], escalations: Many[Escalation], taker: Known[Taker], admin: Fact[bool]
) -> Many[WholeServices]:
    """The services that it holds as a whole, as far as neither a way to more nor the administration of all says so."""
    told = () if taker.value in _RUN_NO_CODE else escalations
    return told_besides(whole_services(grants), told, administers=value_of(admin) is True)


def _lent_by_aws(holding: Holding, taker: Known[Taker], trusts: Many[Trust]) -> list[Statement]:
    """What AWS-managed policies open that are not judged as administrators' already. People and what deploys, be it a
    function that is called so, are meant to hold them, and a boundary limits them."""
    deploys = taker.value == "deployment" or not DEPLOYS.isdisjoint(words_of(holding.name))
    meant = deploys or taker.value == "people" or holding.kind in ("group", "control_policy")
    named = filter(_is_named, holding.managed)
    quiet = meant or holding.boundary is not None or bool(_strong(holding))
    return [] if quiet else lent_statements(named, trusts, has_keys=bool(holding.credentials))


def _slips(
    holding: Holding, held: list[Statement], order: list[int], grants: Sequence[Grant]
) -> tuple[PolicySlip, ...]:
    """The slips of its own documents. Who is denied everything without a second factor, or carries a policy that is
    called after that, is turned away whatever a condition on it lets pass."""
    named = [str(node.value) for node in holding.managed]
    found = slips_of(held, order, given=aws.given_on_everything(named))
    asked = any(map(_ASKS_FOR_SECOND_FACTOR.search, named)) or any(map(turns_away_keys_alone, grants))
    return tuple(one for one in found if not (asked and value_of(one.word) == "aws:MultiFactorAuthPresent"))


def _taken_by(holding: Holding, trusts: Many[Trust], grants: Sequence[Grant]) -> Known[Taker]:
    if holding.signs_in:
        return Known("people", holding.at)
    managed = tuple(str(node.value) for node in holding.managed)
    of_groups = _lent(holding)[0] if holding.kind == "user" else ()
    called = f"{holding.name} {holding.called}"
    return taken_by(holding.kind, called, trusts, holding.at, (*grants, *of_groups), managed)


def statements_of_boundary(document: Node) -> tuple[Grant, ...] | None:
    """The statements of a permissions boundary; None where not all of it could be read."""
    nodes, unread = held_statements((document,))
    held = [read_statement(node) for node in nodes]
    return None if unread else tuple(grant(statement, index, None) for index, statement in enumerate(held))


def resource_policy(document: Node, name: str, at: Place, service: str | None = None) -> ResourcePolicy:
    """The facts of a policy that stands on a resource; its service is told by its actions where the reader cannot."""
    nodes, unread = held_statements((document,))
    held = [read_statement(node) for node in nodes]
    grants = tuple(grant(statement, index, None) for index, statement in enumerate(held))
    services = {s for g in grants if isinstance(g.services, Known) for s in g.services.value}
    told = service or (next(iter(services)) if len(services) == 1 else None)
    return ResourcePolicy(
        at=at,
        name=Known(name, at),
        provider=Known("aws", at),
        service=Known(told, at) if told else None,
        network_endpoint=Known(service is None and _of_endpoint(f"{at.path}/{name}", grants), at),
        keeps_strangers_out=Known(turned_away(grants), at),
        grants=(*grants, *unread),
        slips=slips_of(held, range(len(held)), of_bucket=told == "s3"),
    )


def _changes_something(grants: tuple[Grant, ...], unread: list[Unknown], at: Place) -> Fact[bool]:
    """Whether an Allow holds an action that writes; unknown where none is seen and something was not read."""
    allowed = [g for g in grants if isinstance(g.effect, Known) and g.effect.value == "allow"]
    for g in allowed:
        if isinstance(g.levels, Known) and not _WRITING.isdisjoint(g.levels.value):
            return Known(value=True, at=g.at)
    unknown = next((g.levels for g in allowed if isinstance(g.levels, Unknown)), None)
    return unknown or (unread[0] if unread else Known(value=False, at=at))


def _only_reads(grants: tuple[Grant, ...], holding: Holding) -> bool:
    """Whether policies are known and none of them does more than look at what is no secret."""
    lent, unread = _lent(holding)
    managed = holding.managed
    allowed = [g for g in (*grants, *lent) if g.effect != Known("deny", g.effect.at if g.effect else g.at)]
    looks = all(
        isinstance(g.levels, Known) and _LOOKING.issuperset(g.levels.value) and not value_of(g.store_reads)
        for g in allowed
    )
    named = all(_is_named(node) and aws.managed_policy_level(str(node.value)) == "read" for node in managed)
    return bool(allowed or managed) and looks and named and not unread


def _lent(holding: Holding) -> tuple[tuple[Grant, ...], list[Unknown]]:
    """What policies give that are judged by themselves."""
    nodes, unread = held_statements(holding.attached)
    return tuple(grant(read_statement(node), index, holding.account) for index, node in enumerate(nodes)), unread


def _only_sends_mail(holding: Holding, grants: tuple[Grant, ...], unread: list[Unknown]) -> Known[bool]:
    """Whether it sends mail and no more: by its own documents, and by those of policies that the same file attaches."""
    lent, further = _lent(holding)
    return only_sends_mail((*grants, *lent), (*unread, *further), holding.at)


def _only_reports(holding: Holding, grants: tuple[Grant, ...], unread: list[Unknown]) -> bool:
    """Whether it sends logs, metrics and traces and no more, by the same documents."""
    lent, further = _lent(holding)
    return not unread and not further and only_reports((*grants, *lent), holding.managed)


def _of_endpoint(path_and_name: str, grants: tuple[Grant, ...]) -> bool:
    """Whether a document of which the reader does not know where it stands belongs to a network endpoint."""
    return bool(LIMITS.search(path_and_name)) or any(map(_lets_all_pass, grants))


def _lets_all_pass(stated: Grant) -> bool:
    """Whether a statement allows everything on everything, which only makes sense on a network endpoint."""
    facts = (stated.all_actions, stated.all_resources)
    return all(isinstance(fact, Known) and fact.value for fact in facts)


def held_statements(documents: Sequence[Node]) -> tuple[list[Node], list[Unknown]]:
    """The statements of several documents in order, and what could not be read of them."""
    held: list[Node] = []
    unread: list[Unknown] = []
    for document in documents:
        if not document.is_mapping:
            unread.append(document.unknown("not resolvable from the file"))
            continue
        for item in document["Statement"].items():
            if item.is_mapping:
                held.append(item)
            else:
                unread.append(item.unknown("not resolvable from the file"))
    return held, unread


def _positions(documents: Sequence[Node]) -> list[int]:
    """Where each statement stands in its own document, in the order of `held_statements`."""
    stated = (document["Statement"].items() for document in documents if document.is_mapping)
    return [index for items in stated for index, item in enumerate(items) if item.is_mapping]


def _escalations(
    holding: Holding, held: list[Statement], broad: aws.ActionSet, unread: list[Unknown]
) -> Many[Escalation]:
    """The ways found; and that there may be more, where something was not read and nothing worse was found."""
    bounded = holding.boundary is not None
    found: tuple[Escalation, ...]
    if holding.attached:
        found = escalations_beyond(held, [_read(document) for document in holding.attached], has_boundary=bounded)
    else:
        found = found_escalations(held, broad, has_boundary=bounded, own=holding.own)
    grave = any(e.kind != Known("resource-access", e.at) for e in found)
    open_question = unread[0] if unread else undecided_ways(held, broad)
    return found if grave or open_question is None else (*found, open_question)


def _steps(ways: Many[Escalation], holding: Holding, held: list[Statement]) -> Iterator[EscalationStep]:
    """The links of the first way, one for each place that grants some of it."""
    first = next(iter(known_records(ways)), None)
    if first is not None:
        attached = (statement for document in holding.attached for statement in _read(document))
        yield from steps_of(first, [*held, *attached])


def _read(document: Node) -> list[Statement]:
    nodes, _ = held_statements((document,))
    return [read_statement(node) for node in nodes]


def _admin(told: Fact[bool], unread: list[Unknown]) -> Fact[bool]:
    return unread[0] if unread and isinstance(told, Known) and not told.value else told


def _trusts(document: Node | None, account: str | None) -> Iterator[Trust | Unknown]:
    if document is None:
        return
    held, unread = held_statements((document,))
    for index, statement in enumerate(held):
        sid = statement["Sid"]
        name = str(sid.value) if sid.is_text and sid.value else f"statement {index + 1}"
        way_in = trust(statement, name, account)
        if way_in is not None:
            yield way_in
    yield from unread


def _managed(holding: Holding) -> Fact[tuple[str, ...]]:
    named = tuple(str(node.value) for node in holding.managed if _is_named(node))
    if not holding.managed:
        return Known((), holding.managed_at) if holding.managed_at else None
    if len(named) < len(holding.managed):
        return next(node.unknown("a template") for node in holding.managed if not _is_named(node))
    return Known(named, holding.managed_at or holding.managed[0].at)


def _administering(holding: Holding) -> Fact[tuple[str, ...]]:
    """Those that administer. One that is known counts, whatever else is attached."""
    strong = _strong(holding)
    if strong:
        return Known(tuple(str(node.value) for node in strong), holding.managed_at or strong[0].at)
    unnamed = next((node for node in holding.managed if not _is_named(node)), None)
    if unnamed is not None:
        return unnamed.unknown("a template")
    at = holding.managed_at or (holding.managed[0].at if holding.managed else None)
    return Known((), at) if at else None


def _strong(holding: Holding) -> list[Node]:
    """Attached policies that administer everything or identities."""
    named = (node for node in holding.managed if _is_named(node))
    return [node for node in named if aws.managed_policy_level(str(node.value)) in ("admin", "iam")]


def _is_named(node: Node) -> bool:
    return node.is_text and not unfilled(str(node.value))


def _hours(seconds: Fact[float]) -> Fact[float]:
    return Known(seconds.value / 3600, seconds.at) if isinstance(seconds, Known) else seconds
