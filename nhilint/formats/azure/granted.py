"""One assignment becomes a grant, and what it adds to all that its holder may do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from nhilint.formats.azure.condition import narrows_assigning
from nhilint.formats.azure.role import gathered, idle_exclusions, permissions_of
from nhilint.formats.azure.stated import StatedRole, text_of
from nhilint.knowledge import azure
from nhilint.model.fact import Fact, Known, Unknown, value_of
from nhilint.model.vocabulary.statement import Grant

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.formats.azure.stated import Assignment, ScopeLevel
    from nhilint.formats.node import Node
    from nhilint.model.place import Place

_ASSIGN = "Microsoft.Authorization/roleAssignments/write"


class Holding(Struct, frozen=True, kw_only=True):
    """What one assignment gives: permissions at a level, or the reason why that cannot be told."""

    grant: Grant
    permissions: tuple[azure.Permissions, ...] = ()
    unread: Unknown | None = None
    level: Fact[ScopeLevel] = None
    role_id: str = ""
    custom: StatedRole | None = None
    assigning: Fact[bool] = None
    """whether the right to assign roles, where the role has it, is left open by the condition"""
    at: Place


def holding_of(assignment: Assignment) -> Holding:
    """The grant and the permissions of an assignment."""
    role = assignment.role
    return _of_custom(role, assignment) if isinstance(role, StatedRole) else _of_named(assignment)


def role_grant(role: StatedRole) -> Grant:
    """What a custom role gives wherever it is assigned."""
    held, unread = permissions_of(role.blocks)
    return Grant(
        at=role.at,
        name=Known(role.name, role.at),
        effect=Known("allow", role.at),
        role=Known(role.name, role.at),
        actions=gathered(role.blocks, "actions"),
        data_actions=gathered(role.blocks, "dataActions"),
        excluded_actions=gathered(role.blocks, "notActions"),
        idle_exclusions=idle_exclusions(role.blocks),
        hands_out_roles=_hands_out(held, unread, Known(value=True, at=role.at), role.at),
    )


def _of_custom(role: StatedRole, assignment: Assignment) -> Holding:
    held, unread = permissions_of(role.blocks)
    open_to = _assigning(assignment)
    grant = Grant(
        at=assignment.at,
        name=Known(role.name, assignment.at),
        effect=Known("allow", assignment.at),
        role=Known(role.name, assignment.at),
        scope_level=assignment.level,
        hands_out_roles=_hands_out(held, unread, open_to, assignment.at),
    )
    return Holding(
        grant=grant,
        permissions=held,
        unread=unread,
        level=assignment.level,
        custom=role,
        assigning=open_to,
        at=assignment.at,
    )


def _of_named(assignment: Assignment) -> Holding:
    """A built-in role by its id or name; any other one is not known here."""
    node = assignment.role
    assert not isinstance(node, StatedRole)
    at = node.at
    stated = _named(node)
    known = azure.built_in_role(stated.value) if isinstance(stated, Known) else None
    if known is None:
        return _unsure(assignment, stated, at)
    open_to = _assigning(assignment)
    grant = Grant(
        at=assignment.at,
        name=Known(known.name, at),
        effect=Known("allow", assignment.at),
        role=Known(known.name, at),
        role_id=Known(known.id, at),
        scope_level=assignment.level,
        hands_out_roles=_hands_out(known.permissions, None, open_to, at),
    )
    return Holding(
        grant=grant,
        permissions=known.permissions,
        level=assignment.level,
        role_id=known.id,
        assigning=open_to,
        at=at,
    )


def _named(node: Node) -> Fact[str]:
    """The id or name of a role. A resource id whose subscription is open still ends with the role's own id."""
    stated = text_of(node)
    last = str(node.value).rsplit("/", 1)[-1] if node.is_text else ""
    return Known(last, node.at) if isinstance(stated, Unknown) and last and "${" not in last else stated


def _unsure(assignment: Assignment, stated: Fact[str], at: Place) -> Holding:
    """A role that is filled in later, or that another file declares."""
    unread = stated if isinstance(stated, Unknown) else Unknown("a role that is declared elsewhere", at)
    name = stated if isinstance(stated, Known) else unread
    grant = Grant(
        at=assignment.at,
        name=name,
        effect=Known("allow", assignment.at),
        role=name,
        role_id=unread,
        actions=unread,
        scope_level=assignment.level,
        hands_out_roles=unread,
    )
    return Holding(grant=grant, unread=unread, level=assignment.level, at=at)


def left_open(holdings: Iterable[Holding]) -> Fact[bool]:
    """Whether any of the assignments of a role leaves open which roles it may give; None where there are none."""
    told = [holding.assigning for holding in holdings]
    opens = next((fact for fact in told if value_of(fact) is True), None)
    return opens or next((fact for fact in told if isinstance(fact, Unknown)), told[0] if told else None)


def _assigning(assignment: Assignment) -> Fact[bool]:
    condition = assignment.condition
    if isinstance(condition, Unknown):
        return condition
    text = value_of(condition)
    return Known(not (text and narrows_assigning(text)), condition.at if condition else assignment.at)


def _hands_out(
    held: tuple[azure.Permissions, ...], unread: Unknown | None, open_to: Fact[bool], at: Place
) -> Fact[bool]:
    if any(block.allows(_ASSIGN) for block in held):
        return Known(open_to.value, at) if isinstance(open_to, Known) else open_to
    return unread or Known(value=False, at=at)
