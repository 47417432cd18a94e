"""Everything a principal holds, taken together: the known ways from there to more.

A path counts where its permissions hold for a subscription or wider: below that, running code as an identity of the
same resource group is what a deployment does. Giving oneself a role counts in a resource group too. A condition that
says which roles may be assigned closes that path. Several roles add up; each role's own exclusions only thin out that
role. What a custom role of the same module opens by itself is told there and not again with its holders, where one of
them has it for a subscription or wider. A person's rights are no matter of a workload.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.azure.scope import WIDE, level_of
from nhilint.knowledge import azure
from nhilint.model.fact import Known, Unknown, known_records, value_of
from nhilint.model.vocabulary.escalation import Escalation, EscalationStep

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Sequence

    from nhilint.formats.azure.granted import Holding
    from nhilint.formats.azure.stated import Held, ScopeLevel, StatedRole
    from nhilint.model.fact import Fact, Many
    from nhilint.model.place import Place

_WITHIN_A_GROUP = frozenset({azure.ASSIGN_ROLES, "az-pim-request"})
"""Ways to give oneself a role that work below a subscription as well."""
_OF_CLUSTERS = "az-aks-"
"""Ways to be a cluster's administrator: who holds the role that is there for it was given just that."""
_ASSIGN = "microsoft.authorization/roleassignments/write"


def escalations_of(holdings: Sequence[Holding], rights: Sequence[Held]) -> Many[Escalation]:
    """The ways found; and that there may be more, where something was not read and nothing grave was found."""
    if any(map(_is_administrator, holdings)):
        return escalations_of((), rights) if rights else ()
    wide = [h for h in holdings if value_of(h.level) in WIDE]
    grouped = [h for h in holdings if value_of(h.level) == "resource_group"]
    already = {
        value_of(path.id)
        for h in holdings
        if h.custom and is_wide(h.level)
        for path in escalations_of_role(h.permissions, h.custom)
    }
    named = {value_of(held.right): held.at for held in rights if value_of(held.right)}
    found = [
        *_found(_holder(wide, named)),
        *(path for path in _found(_holder(grouped, {})) if path[0].id in _WITHIN_A_GROUP),
    ]
    meant = {path_id for path_id in _WITHIN_A_GROUP if not wide and any(map(_is_for_giving, grouped))}
    if any(h.role_id == azure.CLUSTER_ADMIN for h in wide):
        meant |= {path.id for path, _ in found if path.id.startswith(_OF_CLUSTERS)}
    beyond = [path for path in found if path[0].id not in already]
    told = _told(beyond, {**named, **_places(holdings)}, holdings[0].at if holdings else None, meant)
    grave = any(value_of(path.kind) != "resource-access" for path in told)
    unread = None if grave else _unread(holdings, rights)
    return (*told, unread) if unread else told


def is_wide(level: Fact[ScopeLevel]) -> bool:
    """Whether a role is, or may be, given for a subscription or more; it is then told itself."""
    return isinstance(level, Unknown) or value_of(level) in WIDE


def _is_administrator(holding: Holding) -> bool:
    """Whether a role gives so much that single paths from there tell nothing; a condition only ever limits giving."""
    if holding.role_id not in azure.BROAD_ROLES or value_of(holding.level) not in WIDE:
        return False
    return holding.role_id in (azure.OWNER, azure.CONTRIBUTOR) or value_of(holding.assigning) is True


def _is_for_giving(holding: Holding) -> bool:
    """Whether giving roles is what a built-in role is for: whoever assigned it for one group has decided just that."""
    return holding.role_id in azure.GRANTING_ROLES


def steps_of(
    found: Many[Escalation], holdings: Sequence[Holding], rights: Sequence[Held]
) -> tuple[EscalationStep, ...]:
    """Each permission of the first way, where an assignment gives it; where a role by itself does, at the role."""
    first = next(iter(known_records(found)), None)
    needed = value_of(first.actions) if first is not None else None
    if first is None or needed is None:
        return ()
    named = {str(value_of(held.right)).split(":", 1)[-1]: held.at for held in rights}
    steps: list[EscalationStep] = []
    for action in needed:
        givers = (h.at for h in holdings if any(_gives(block, action) for block in h.permissions))
        at = named.get(action) or next(givers, first.at)
        steps.append(EscalationStep(at=at, does=Known(action, at)))
    return tuple(steps)


def _gives(block: azure.Permissions, action: str) -> bool:
    return block.allows(action) or block.allows(f"{azure.DATA}{action}")


def escalations_of_role(permissions: tuple[azure.Permissions, ...], role: StatedRole) -> tuple[Escalation, ...]:
    """The ways that a custom role opens wherever it is assigned widely."""
    if any("*" in block.actions for block in permissions):
        return ()

    def holds(right: str) -> bool:
        return any(block.allows(right) for block in permissions)

    found = _found(holds)
    if _is_for_groups_only(role):
        found = [path for path in found if path[0].id in _WITHIN_A_GROUP]
    return _told(found, {}, role.blocks[0]["actions"].at if role.blocks else role.at)


def _is_for_groups_only(role: StatedRole) -> bool:
    """Whether the role may be given in resource groups and nowhere above."""
    scopes = list(role.scopes.items()) if role.scopes.is_list else [role.scopes]
    levels = [level_of(str(scope.value)) if scope.is_text else None for scope in scopes]
    return bool(levels) and all(level in ("resource_group", "resource") for level in levels)


def _holder(holdings: Iterable[Holding], rights: dict[str | None, Place]) -> Callable[[str], bool]:
    held = list(holdings)

    def holds(right: str) -> bool:
        if right.startswith(("graph:", "entra:")):
            return right in rights
        if right.lower() == _ASSIGN:
            return any(value_of(h.grant.hands_out_roles) is True for h in held)
        return any(block.allows(right) for h in held for block in h.permissions)

    return holds


def _found(holds: Callable[[str], bool]) -> list[tuple[azure.Escalation, tuple[str, ...]]]:
    paths = azure.simplest(azure.escalations(holds), holds)
    return [(path, needed) for path in paths if (needed := azure.used_by(path, holds)) is not None]


def _told(
    found: Iterable[tuple[azure.Escalation, tuple[str, ...]]],
    places: dict[str | None, Place],
    default: Place | None,
    meant: Container[str] = (),
) -> tuple[Escalation, ...]:
    """Each path once, those that only open data last, placed at what gives the first of its permissions."""
    once: dict[str, Escalation] = {}
    for path, needed in found:
        at = next((place for right, place in places.items() if right in needed), default)
        if at is None or path.id in once:
            continue
        once[path.id] = Escalation(
            at=at,
            id=Known(path.id, at),
            name=Known(path.name, at),
            kind=Known(path.kind, at),
            actions=Known(tuple(right.split(":", 1)[-1] for right in needed), at),
            url=Known(path.url, at),
            inherent=Known(value=True, at=at) if path.id in meant else None,
        )
    return tuple(sorted(once.values(), key=lambda path: value_of(path.kind) == "resource-access"))


def _places(holdings: Sequence[Holding]) -> dict[str | None, Place]:
    """Operation → the first assignment that gives it, for the operations that paths need."""
    found: dict[str | None, Place] = {}
    for path in azure.all_escalations():
        for right in (right for needed in path.requires for right in needed):
            giver = next((h for h in holdings if any(block.allows(right) for block in h.permissions)), None)
            if giver is not None:
                found.setdefault(right, giver.at)
    return found


def _unread(holdings: Sequence[Holding], rights: Sequence[Held]) -> Unknown | None:
    for h in holdings:
        if h.unread is not None:
            return h.unread
        if isinstance(h.level, Unknown) and _matters(h):
            return h.level
        if isinstance(h.assigning, Unknown) and isinstance(h.grant.hands_out_roles, Unknown):
            return h.assigning
    return next((held.right for held in rights if isinstance(held.right, Unknown)), None)


def _matters(h: Holding) -> bool:
    """Whether a role would open a path if its scope were wide."""
    return any(path.kind != "resource-access" for path, _ in _found(_holder([h], {})))
