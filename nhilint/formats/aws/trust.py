"""One statement of a trust policy becomes a way into a role.

Sources: docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html and id_roles_create_for-idp_oidc.html, read
2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.aws.conditions import (
    conditions,
    is_operator,
    keeps_strangers_out,
    names_a_source,
    narrows,
    unread_condition,
)
from nhilint.formats.aws.federation import (
    before_review,
    impossible,
    issuer_kind,
    issuer_of,
    of_tenant,
    widest,
    widest_as_written,
    widest_first,
)
from nhilint.formats.aws.granted import texts_of_principals
from nhilint.formats.aws.principals import principals
from nhilint.formats.aws.refused_subjects import refuses_pull_requests
from nhilint.formats.aws.token_claims import OF_ONE, named_by_claims, scope_of_claims
from nhilint.formats.aws.words import unfilled
from nhilint.model.fact import Known, Unknown, known_records, value_of
from nhilint.model.vocabulary.trust import Trust
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.aws.federation import IssuerKind, SubjectScope
    from nhilint.formats.node import Node
    from nhilint.model.fact import Fact, Many
    from nhilint.model.vocabulary.statement import Condition, Principal

_DEPUTY_KEYS = frozenset({"aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid", "aws:sourceorgpaths"})
_BY_SAML = frozenset({"sts:assumerolewithsaml", "sts:tagsession", "sts:setsourceidentity"})
_NO_ACCOUNT = Deferred(r"^(?:arn:aws:iam::)?(?:1{12}|0{12}|123456789012)(?::root)?$")
_BY_NAME = frozenset({"sts:assumerole", "sts:tagsession", "sts:setsourceidentity"})
"""Actions with which nobody enters by the token of an issuer
(docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html)."""
_ENTERING = ("sts:assumerole", "sts:*", "*")


def is_trust(statement: Node) -> bool:
    """Whether a statement is about becoming a role: it names principals, no resource, and only actions of entering."""
    names_somebody = statement["Principal"].exists or statement["NotPrincipal"].exists
    if not names_somebody or statement["Resource"].exists or statement["NotResource"].exists:
        return False
    actions = [str(item.value).lower() for item in statement["Action"].items()]
    entering = (action.startswith("sts:") or action in ("*", "rolesanywhere:*") for action in actions)
    return bool(actions) and all(entering)


_SERVICE_ACCOUNT = "system:serviceaccount:"


def trust(node: Node, name: str, own_account: str | None) -> Trust | None:
    """The way in that an Allow statement opens; None for a Deny and for actions that only decorate a session."""
    actions = [str(item.value).lower() for item in node["Action"].items()]
    if node["Effect"].value != "Allow" or not any(action.startswith(_ENTERING) for action in actions):
        return None
    who = principals(node["Principal"], own_account)
    condition_list = conditions(node["Condition"])
    if node["NotPrincipal"].exists:
        who = (Unknown("everybody but those named", node["NotPrincipal"].at),)
    anyone = _any_kind(who, "anyone", node)
    return Trust(
        at=node.at,
        name=Known(name, node.at),
        principals=who,
        anyone=anyone,
        external=_external(who, node),
        not_principals=texts_of_principals(node["NotPrincipal"]),
        placeholder=_is_to_be_filled_in(who, node),
        conditions=condition_list,
        conditioned=_conditioned(condition_list, anyone),
        external_id=_asks_for(condition_list, frozenset({"sts:externalid"}), node),
        deputy_guarded=_asks_for(condition_list, _DEPUTY_KEYS, node),
        services=_values(who, "service", node),
        **_federated(who, condition_list, node),  # type: ignore[arg-type]  # a fact for each keyword
    )


def _is_to_be_filled_in(who: Many[Principal], node: Node) -> Fact[bool]:
    """Whether only accounts with a number that no account has are admitted. Who enters by a token is of no account,
    also where nobody can tell whose token it is."""
    named = known_records(who)
    unread = who if isinstance(who, Unknown) else next((one for one in who if isinstance(one, Unknown)), None)
    if not all(map(_is_no_account, named)) or not _is_by_name(node):
        return Known(value=False, at=node.at)
    return unread or Known(bool(named), node.at)


def _is_by_name(node: Node) -> bool:
    """Whether nobody enters by the token of an issuer."""
    return all(str(item.value).lower() in _BY_NAME for item in node["Action"].items())


def _is_no_account(one: Principal) -> bool:
    return _NO_ACCOUNT.match(value_of(one.value) or "") is not None


def _conditioned(condition_list: Many[Condition], anyone: Fact[bool]) -> Fact[bool]:
    """Whether conditions limit who comes in; where anyone may, what strangers meet as well counts for nothing."""
    return keeps_strangers_out(condition_list) if value_of(anyone) else narrows(condition_list, names_callers=True)


def _federated(who: Many[Principal], condition_list: Many[Condition], node: Node) -> dict[str, Fact[object]]:
    if all(str(item.value).lower() in _BY_SAML for item in node["Action"].items()):
        return {"issuer_kind": Known("saml", node["Action"].at)}  # whatever provider fills it in: people enter here
    federated = [p for p in known_records(who) if isinstance(p.kind, Known) and p.kind.value == "federated"]
    stated = federated[0].value if federated else _issuer_by_keys(condition_list, node)
    if not isinstance(stated, Known):
        if _is_by_name(node):
            return {}  # tokens come in by other actions, whoever it is that a variable names
        unread = who if isinstance(who, Unknown) else next((p for p in who if isinstance(p, Unknown)), None)
        return dict.fromkeys(("issuer", "issuer_kind", "subject_scope"), unread)
    kind = _kind_of(stated.value, condition_list)
    issuer = issuer_of(stated.value) or (stated.value if kind == "kubernetes" else None)
    facts: dict[str, Fact[object]] = {"issuer_kind": Known(kind, stated.at)}
    if issuer is None:
        return facts
    facts["issuer"] = Known(issuer, stated.at)
    if isinstance(condition_list, Unknown):
        return facts | {"subject_scope": condition_list}
    asked = list(_asked(condition_list, issuer))
    audiences = [c for claim, c in asked if claim == "aud"]
    facts["audience"] = audiences[0].values if audiences else unread_condition(condition_list)
    subjects = [c for claim, c in asked if claim == "sub" and _likens(c)]
    told = tuple((claim, c) for claim, c in asked if claim != "sub" and _likens(c))
    if subjects:
        named = subjects[0].values
        facts["subjects"] = Known(widest_first(kind, named.value), named.at) if isinstance(named, Known) else named
        if isinstance(named, Known):
            facts["subjects_before_review"] = Known(before_review(kind, named.value), named.at)
            of_subject = [c for claim, c in asked if claim == "sub"]
            facts["refuses_pull_requests"] = Known(refuses_pull_requests(named.value, of_subject), named.at)
        facts["subject_operator"] = subjects[0].operator
        by_subject = _narrowest(kind, issuer, subjects)
        facts["impossible_subjects"] = _impossible(kind, subjects)
    else:
        by_subject = Known("any", (node["Condition"] if node["Condition"].exists else node).at)
        facts["subjects"] = named_by_claims(told)
    facts["subject_scope"] = _admitted(kind, issuer, by_subject, told, condition_list)
    return facts


def _admitted(
    kind: IssuerKind,
    issuer: str,
    by_subject: Fact[SubjectScope],
    told: tuple[tuple[str, Condition], ...],
    condition_list: Many[Condition],
) -> Fact[SubjectScope]:
    """What the subject and all other claims leave together; a key that is filled in may ask for any of them."""
    if not isinstance(by_subject, Known):
        return by_subject
    scope = scope_of_claims(kind, told, by_subject.value)
    if not isinstance(scope, str):
        return scope
    hidden = next((c for c in known_records(condition_list) if _is_hidden(c)), None)
    unread = unread_condition(condition_list) if hidden is None else Unknown("a template", hidden.at)
    if unread is not None and scope not in OF_ONE:
        return unread
    return Known(of_tenant(kind, issuer, scope), by_subject.at)


def _is_hidden(condition: Condition) -> bool:
    """Whether nobody can tell which claim a condition asks for, or how it compares."""
    key = condition.key.value if isinstance(condition.key, Known) else ""
    operator = condition.operator.value if isinstance(condition.operator, Known) else ""
    return (key.endswith("}") and unfilled(key) is not None) or not is_operator(operator)


def _likens(condition: Condition) -> bool:
    """Whether a comparison asks for one of its values, rather than for any other or for a claim to be there."""
    operator = condition.operator.value if isinstance(condition.operator, Known) else ""
    bare = operator.rpartition(":")[2].removesuffix("IfExists")
    return bare in ("StringEquals", "StringEqualsIgnoreCase", "StringLike", "ArnLike", "ArnEquals")


_EMPTY_BY_DEFAULT = "${issuer}"
"""What stands for an issuer that a variable leaves empty until somebody sets it: keys begin with the colon then."""


def _issuer_by_keys(condition_list: Many[Condition], node: Node) -> Fact[str]:
    """The issuer that conditions name by their keys, where the provider is not read: another's tokens lack them."""
    who = node["Principal"]
    alone = who["Federated"].exists and sum(1 for _ in who.entries()) == 1
    if not alone or isinstance(condition_list, Unknown) or any(isinstance(one, Unknown) for one in condition_list):
        return None
    keys = [one.key.value if isinstance(one.key, Known) else "" for one in known_records(condition_list)]
    hosts = {key.rpartition(":")[0] for key in keys if not key.startswith(("aws:", "sts:"))}
    host = (hosts.pop() or _EMPTY_BY_DEFAULT) if len(hosts) == 1 else ""
    kind = _kind_of(host, condition_list) if host else "other"
    told = kind == "kubernetes" or (kind != "other" and not unfilled(host))
    return Known(host, who["Federated"].at) if told else None


def _kind_of(stated: str, condition_list: Many[Condition]) -> IssuerKind:
    """Which issuer it is, by its address; a cluster with an address of its own is known by the subjects of its tokens.

    Source: kubernetes.io/docs/reference/access-authn-authz/authentication/#service-account-tokens, known, not re-read.
    """
    kind = issuer_kind(stated)
    asked = () if isinstance(condition_list, Unknown) else known_records(condition_list)
    subjects = (c for c in asked if isinstance(c.key, Known) and c.key.value.endswith(":sub"))
    named = [value for c in subjects if isinstance(c.values, Known) for value in c.values.value]
    accounts = bool(named) and all(value.startswith(_SERVICE_ACCOUNT) for value in named)
    return "kubernetes" if kind == "other" and accounts else kind


def _impossible(kind: IssuerKind, subjects: list[Condition]) -> Fact[tuple[str, ...]]:
    """Subjects that no token has, where that leaves none; unknown where a text is filled in later."""
    for condition in subjects:
        operator = condition.operator.value if isinstance(condition.operator, Known) else ""
        if not isinstance(condition.values, Known):
            return condition.values
        if any(unfilled(value) for value in condition.values.value):
            return Unknown("a template", condition.at)
        never = impossible(kind, condition.values.value, operator)
        if never and len(never) == len(condition.values.value):
            return Known(never, condition.at)
    return Known((), subjects[0].at)


def _narrowest(kind: IssuerKind, issuer: str, subjects: list[Condition]) -> Fact[SubjectScope]:
    """Several conditions must all hold, so the narrowest of them counts; any unreadable one leaves it unknown,
    unless what is written of it already says enough."""
    scopes: list[Known[SubjectScope]] = []
    for condition in subjects:
        if isinstance(condition.values, Unknown):
            return condition.values
        values = condition.values.value if condition.values else ()
        templated = next((v for v in values if "${" in v or "{{" in v or "<" in v), None)
        operator = condition.operator.value if isinstance(condition.operator, Known) else ""
        if templated is not None:
            at_least = widest_as_written(kind, values, operator)
            if at_least is None:
                return Unknown("a template", condition.at)
            scopes.append(Known(at_least, condition.at))
            continue
        scopes.append(Known(of_tenant(kind, issuer, widest(kind, values, operator)), condition.at))
    order = ("any", "organization", "repository", "pull_request", "workload", "branch_or_environment")
    return max(scopes, key=lambda scope: order.index(scope.value))


def _asked(condition_list: Many[Condition], issuer: str) -> Iterator[tuple[str, Condition]]:
    """Claims of the issuer's token that conditions ask for. Key names are compared in lower case."""
    for condition in known_records(condition_list):
        key = condition.key.value if isinstance(condition.key, Known) else ""
        host, found, claim = key.rpartition(":")
        if found and (host in ("", issuer.lower()) or "${" in host):
            yield claim, condition


def _asks_for(condition_list: Many[Condition], keys: frozenset[str], node: Node) -> Fact[bool]:
    if isinstance(condition_list, Unknown):
        return condition_list
    for condition in known_records(condition_list):
        if isinstance(condition.key, Known) and condition.key.value in keys and names_a_source(condition):
            return Known(value=True, at=condition.at)
    return unread_condition(condition_list) or Known(value=False, at=node.at)


def _any_kind(who: Many[Principal], kind: str, node: Node) -> Fact[bool]:
    found = next((p for p in known_records(who) if isinstance(p.kind, Known) and p.kind.value == kind), None)
    if found is not None:
        return Known(value=True, at=found.at)
    unread = who if isinstance(who, Unknown) else next((p for p in who if isinstance(p, Unknown)), None)
    return unread if unread is not None else Known(value=False, at=node["Principal"].at)


def _external(who: Many[Principal], node: Node) -> Fact[bool]:
    facts = [p.external for p in known_records(who) if p.external is not None]
    foreign = next((f for f in facts if isinstance(f, Known) and f.value), None)
    if foreign is not None:
        return foreign
    unknown = next((f for f in facts if isinstance(f, Unknown)), None)
    return unknown if unknown is not None else Known(value=False, at=node["Principal"].at)


def _values(who: Many[Principal], kind: str, node: Node) -> Fact[tuple[str, ...]]:
    found = [
        p.value.value
        for p in known_records(who)
        if isinstance(p.kind, Known) and p.kind.value == kind and isinstance(p.value, Known)
    ]
    return Known(tuple(found), node["Principal"].at) if found else None
