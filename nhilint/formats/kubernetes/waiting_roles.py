"""Roles that nothing here binds become identities: they may be bound elsewhere, or a label adds them to others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.kubernetes.granted import keeps_custom_resources, provisions_volumes
from nhilint.formats.kubernetes.held_rights import grants_of, is_admin
from nhilint.formats.kubernetes.names import OPEN, in_words
from nhilint.formats.kubernetes.paths import Reaching, through_rules
from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.identity import Identity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.kubernetes.parts import (
        StatedRole,
    )
    from nhilint.model.fact import Fact
    from nhilint.model.vocabulary.escalation import Escalation

_OFFICIAL = "rbac.authorization.k8s.io/"
_ADDED = "/aggregate-to-"


def waiting(role: StatedRole) -> Identity:
    """A role that nothing here binds: it may be bound elsewhere, or is added to a role for people.

    What is added to a role for people holds where they are bound, which is a namespace as a rule; what is added to a
    controller's own role holds everywhere, as the controller does.
    """
    added = sorted(_added_to(role))
    by_controller = _is_for_controller(role)
    whole = role.kind == "ClusterRole" and (not added or by_controller)
    readable = [Reaching(rule, role, whole) for rule in role.rules if not isinstance(rule, Unknown)]
    unread = [rule for rule in role.rules if isinstance(rule, Unknown)]
    return Identity(
        at=role.at,
        name=Known(in_words(role.name), role.at),
        provider=Known("kubernetes", role.at),
        kind=Known("role", role.at),
        namespace=_namespace(role),
        grants=(*grants_of(readable), *unread),
        escalations=(
            *(_undecided_reach(one) if whole and not by_controller else one for one in through_rules(readable)),
            *unread[:1],
        ),
        admin=is_admin(readable, unread, role.at),
        reconciles=Known(any(keeps_custom_resources(one.rule) for one in readable), role.at),
        provisions_volumes=Known(provisions_volumes(one.rule for one in readable), role.at),
        aggregated_into=Known(tuple(added), role.labels_at),
    )


def _namespace(role: StatedRole) -> Fact[str]:
    if role.namespace == OPEN:
        return Unknown("a template", role.at)
    return Known(role.namespace, role.at) if role.namespace else None


def _undecided_reach(found: Escalation | Unknown) -> Escalation | Unknown:
    """A path of a role that nothing here binds: its binding will say whether it holds everywhere or in a namespace."""
    if isinstance(found, Unknown):
        return found
    return replace(found, cluster_wide=Unknown("a role that is bound elsewhere", found.at))


def _is_for_controller(role: StatedRole) -> bool:
    """Whether a label adds it to the role of somebody's controller (`…/aggregate-to-controller`)."""
    keys = (key for key, value in role.labels if value == "true" and not key.startswith(_OFFICIAL))
    return role.kind == "ClusterRole" and any(key.partition(_ADDED)[2].endswith("controller") for key in keys)


def _added_to(role: StatedRole) -> Iterator[str]:
    """The built-in roles it is added to; a role of somebody else's by its label."""
    for key, value in role.labels:
        if _ADDED in key and value == "true":
            yield key.partition(_ADDED)[2] if key.startswith(_OFFICIAL) else key
