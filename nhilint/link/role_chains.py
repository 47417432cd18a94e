"""Roles of AWS meet principals that another module or template of the repository declares: who may become them.

Within one file the format has joined them. Across files only a full ARN without a wildcard says who is meant, and it
means the one declaration of the repository that states that name. It means none where two declare the name, where
ARNs of two accounts have it, or where what the role states belongs to another account. A permission to assume every
role joins nothing here: which of the repository's modules share an account, no file says.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias

from msgspec.structs import replace

from nhilint.formats.aws.words import OWN_ACCOUNT
from nhilint.knowledge.aws import account_of
from nhilint.model.fact import Known, known_records, value_of
from nhilint.model.vocabulary import Identity
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nhilint.model.place import Place
    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.statement import Grant

_ACCOUNT = rf"(\d{{12}}|{re.escape(OWN_ACCOUNT)})"
_ARN = Deferred(rf"arn:aws[\w-]{{0,12}}:iam::{_ACCOUNT}:(role|user)/(?:[\w+=,.@/-]{{1,500}}/)?([\w+=,.@-]{{1,64}})")
_ASSUME = "sts:AssumeRole"

_Named: TypeAlias = tuple[str, str]
"""The kind of a principal, role or user, and its name."""


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The resources with every chain of roles that leads from one file to another."""
    identities = [
        (r, r.facts) for r in resources if isinstance(r.facts, Identity) and value_of(r.facts.provider) == "aws"
    ]
    mentioned: dict[_Named, set[str]] = defaultdict(set)
    for _, facts in identities:
        for match in _named_by(facts):
            mentioned[match[2], match[3]].add(match[0])
    arns = _meant(identities, mentioned) if mentioned else {}
    if not arns:
        return resources
    from nhilint.formats.aws.role_chains import Member, with_role_chains

    parts = [(r, facts) for r, facts in identities if r.at in arns or next(_named_by(facts), None) is not None]
    chained: dict[int, Identity] = {}
    for setting in dict.fromkeys(resource.setting for resource, _ in parts):
        members = [(r, facts) for r, facts in parts if r.setting == setting]
        found = with_role_chains([Member(_narrowed(facts), arns.get(r.at, ())) for r, facts in members])
        chained.update({id(r): facts for (r, _), facts in zip(members, found, strict=True)})
    return tuple(_with_chains(r, chained[id(r)]) if id(r) in chained else r for r in resources)


def _named_by(facts: Identity) -> Iterator[re.Match[str]]:
    """The principals that an identity's trust policy admits, or its permissions let it become, by their full ARN."""
    entered = (arn for grant in _entering(facts) for arn in _exact(grant))
    return (match for arn in (*_admitted(facts), *entered) if (match := _ARN.fullmatch(arn)) is not None)


def _meant(
    identities: list[tuple[Resource, Identity]], mentioned: Mapping[_Named, set[str]]
) -> dict[Place, tuple[str, ...]]:
    """The ARNs that mean each declaration of the repository."""
    declared: dict[_Named, list[Identity]] = defaultdict(list)
    for _, facts in identities:
        named = (value_of(facts.kind) or "", value_of(facts.name) or "")
        if (
            named in mentioned
            and isinstance(facts.name, Known)
            and (facts.name.at != facts.at or facts.arn is not None)
        ):
            declared[named].append(facts)
    return {
        held[0].at: tuple(sorted(mentioned[named]))
        for named, held in declared.items()
        if len(held) == 1 and _fits(held[0], mentioned[named])
    }


def _fits(facts: Identity, arns: set[str]) -> bool:
    """Whether all ARNs belong to one account, and to the one that the declaration itself belongs to."""
    accounts = {account for arn in arns if (account := account_of(arn)) is not None}
    own = account_of(value_of(facts.arn) or "")
    federated = {
        account
        for trust in known_records(facts.trusts)
        for principal in known_records(trust.principals)
        if value_of(principal.kind) == "federated"
        and (account := account_of(value_of(principal.value) or "")) is not None
    }
    return len(accounts | federated | ({own} if own else set())) <= 1


def _admitted(facts: Identity) -> Iterator[str]:
    for trust in known_records(facts.trusts):
        yield from (value_of(principal.value) or "" for principal in known_records(trust.principals))


def _entering(facts: Identity) -> Iterator[Grant]:
    """The statements that let a principal assume roles named one by one."""
    for grant in known_records(facts.grants):
        allows = value_of(grant.effect) == "allow" and _ASSUME in (value_of(grant.actions) or ())
        if allows and next(_exact(grant), None) is not None:
            yield grant


def _exact(grant: Grant) -> Iterator[str]:
    return (arn for arn in value_of(grant.resources) or () if _ARN.fullmatch(arn))


def _narrowed(facts: Identity) -> Identity:
    """The identity with what it denies and the roles that it names, but no wildcard."""
    denied = (grant for grant in known_records(facts.grants) if value_of(grant.effect) == "deny")
    entering = (
        replace(grant, resources=Known(tuple(_exact(grant)), grant.resources.at))
        for grant in _entering(facts)
        if isinstance(grant.resources, Known)
    )
    return replace(facts, grants=(*denied, *entering))


def _with_chains(resource: Resource, chained: Identity) -> Resource:
    """A resource with the chains that its own file did not tell."""
    facts = resource.facts
    if not isinstance(facts, Identity):
        return resource
    known = {value_of(chain.end) for chain in known_records(facts.role_chains)}
    new = tuple(chain for chain in known_records(chained.role_chains) if value_of(chain.end) not in known)
    if not new:
        return resource
    return replace(resource, facts=replace(facts, role_chains=(*known_records(facts.role_chains), *new)))
