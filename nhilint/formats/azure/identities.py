"""What a module or template states about Azure becomes identities: principals with their roles, and custom roles."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.aws.holders import taken_by
from nhilint.formats.azure.effective import escalations_of, escalations_of_role, is_wide, steps_of
from nhilint.formats.azure.granted import holding_of, left_open, role_grant
from nhilint.formats.azure.role import permissions_of
from nhilint.formats.azure.scope import WIDE
from nhilint.formats.azure.stated import texts_of
from nhilint.formats.azure.vault_access import grant_of
from nhilint.formats.secret_operators import brings_secrets
from nhilint.knowledge import azure
from nhilint.knowledge.emergencies import is_called_after_emergencies
from nhilint.model.fact import Fact, Known, Unknown, value_of
from nhilint.model.vocabulary.identity import Identity
from nhilint.model.vocabulary.statement import Grant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.aws.holders import Taker
    from nhilint.formats.azure.granted import Holding
    from nhilint.formats.azure.stated import Held, Principal, PrincipalKind, Stated, StatedRole
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.escalation import Escalation

UNHELD = "nothing here holds the role"
_GIVING_ROLES = frozenset({azure.ASSIGN_ROLES, "az-roledefinition-write"})


def identities(stated: Stated) -> Iterator[tuple[str, Identity]]:
    """A name and the facts of every principal and of every custom role.

    A module that leaves both the role and its receiver to its caller states nothing by itself.
    """
    by_key: dict[str, list[Holding]] = defaultdict(list)
    for assignment in stated.assignments:
        by_key[assignment.principal].append(holding_of(assignment))
    rights: dict[str, list[Held]] = defaultdict(list)
    for held in stated.rights:
        rights[held.principal].append(held)
    for principal in stated.principals:
        trusts = [trust for key, trust in stated.trusts if key == principal.key]
        credentials = [credential for key, credential in stated.credentials if key == principal.key]
        held_roles = by_key[principal.key]
        if principal.left_open and all(h.unread is not None for h in held_roles) and not rights[principal.key]:
            continue
        opened = (grant_of(access) for access in stated.vault_access if access.principal == principal.key)
        in_vaults = tuple(grant for grant in opened if grant is not None)
        facts = _identity(principal, held_roles, rights[principal.key], in_vaults)
        if facts.grants or trusts or principal.declared:
            let_in = replace(facts, trusts=tuple(trusts), credentials=tuple(credentials))
            brings = brings_secrets(principal.name, let_in.trusts, let_in.at)
            yield principal.name, replace(let_in, taken_by=_taken_by(let_in), brings_secrets=brings)
    kinds = {principal.key: principal.kind for principal in stated.principals}
    given = [one for one in stated.assignments if is_wide(one.level) and not _of_people(kinds.get(one.principal))]
    for role in stated.roles:
        to_people = any(one.role is role for one in stated.assignments)
        wide = [holding_of(one) for one in given if one.role is role]
        yield role.name, role_identity(role, given=bool(wide), to_people=to_people, assigning=left_open(wide))


def role_identity(
    role: StatedRole, *, given: bool = False, to_people: bool = False, assigning: Fact[bool] = None
) -> Identity:
    """A custom role. Unless it is `given` to something that is no person, for more than a resource group, what it opens
    is what its author wrote down for whoever is to have it; not that it gives roles, where nobody has it yet. Nor does
    it give roles where the condition of each assignment closes `assigning`."""
    held, unread = permissions_of(role.blocks)
    found = escalations_of_role(held, role)
    if not given:
        told: frozenset[str] = frozenset() if to_people else _GIVING_ROLES
        found = tuple(p if value_of(p.id) in told else replace(p, inherent=Known(value=True, at=p.at)) for p in found)
    ways = _within_conditions(found, assigning)
    everything = any("*" in block.actions for block in held)
    return Identity(
        at=role.at,
        name=Known(role.name, role.at),
        provider=Known("azure", role.at),
        kind=Known("policy", role.at),
        grants=(role_grant(role),),
        escalations=(*ways, unread) if unread and not ways else ways,
        escalation_steps=steps_of(ways, (), ()),
        admin=Known(everything, role.at) if everything or not unread else unread,
        assignable_to=texts_of(role.scopes),
        taken_by=Known("anything", role.at) if given else None,
        lessened_by=Known(UNHELD, role.at) if role.unheld and not given and not to_people else None,
        for_emergencies=Known(is_called_after_emergencies(role.name), role.at),
    )


def _within_conditions(found: tuple[Escalation, ...], assigning: Fact[bool]) -> tuple[Escalation | Unknown, ...]:
    """The ways of a role without the one that gives roles, where conditions close it; undecided where one is unread."""
    if assigning is None or value_of(assigning) is True:
        return found
    kept = tuple(path for path in found if value_of(path.id) != azure.ASSIGN_ROLES)
    return (*kept, assigning) if isinstance(assigning, Unknown) and len(kept) < len(found) else kept


def _identity(
    principal: Principal, holdings: list[Holding], rights: list[Held], in_vaults: tuple[Grant, ...]
) -> Identity:
    at = principal.at
    found = () if principal.of_policy or _of_people(principal.kind) else escalations_of(holdings, rights)
    return Identity(
        at=at,
        name=Known(principal.name, at),
        provider=Known("azure", at),
        kind=principal.kind,
        grants=(*(h.grant for h in holdings), *(_directory_grant(held) for held in rights), *in_vaults),
        escalations=found,
        escalation_steps=steps_of(found, holdings, rights),
        admin=_admin(holdings, at),
        of_policy=Known(principal.of_policy, at),
    )


def _taken_by(facts: Identity) -> Known[Taker]:
    """Whether it builds infrastructure, by the signs that count on AWS; without a federated credential anybody may be
    it: a machine that carries it, or whoever has a secret that another file makes."""
    told = taken_by("role", value_of(facts.name) or "", facts.trusts, facts.at)
    return told if told.value == "deployment" and facts.trusts else Known("anything", facts.at)


def _of_people(kind: Fact[PrincipalKind]) -> bool:
    return value_of(kind) in ("user", "group")


def _admin(holdings: list[Holding], at: Place) -> Fact[bool]:
    """Whether a role that gives everything holds for a subscription or wider."""
    owns = [h for h in holdings if h.role_id == azure.OWNER]
    for h in owns:
        if value_of(h.level) in WIDE:
            return Known(value=True, at=h.at)
    unsure = [h.level for h in owns if isinstance(h.level, Unknown)] + [h.unread for h in holdings if h.unread]
    return unsure[0] if unsure else Known(value=False, at=at)


def _directory_grant(held: Held) -> Grant | Unknown:
    """A directory role or a Graph permission as a grant over the tenant."""
    if not isinstance(held.right, Known):
        return held.right or Unknown("not stated", held.at)
    plane, _, name = held.right.value.partition(":")
    return Grant(
        at=held.at,
        name=Known(name, held.at),
        effect=Known("allow", held.at),
        role=Known(name, held.at) if plane == "entra" else None,
        actions=Known((name,), held.at) if plane == "graph" else None,
        scope_level=Known("tenant", held.at),
        controls_directory=Known(plane == "entra" and azure.controlling_role(name) is not None, held.at),
    )
