"""What the roles that an account holds come to: grants, built-in roles by name, and whether it may do everything."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from nhilint.formats.kubernetes.granted import grant, is_everything, matchable
from nhilint.model.fact import Known, Unknown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.formats.kubernetes.cluster import Held
    from nhilint.formats.kubernetes.paths import Reaching
    from nhilint.model.fact import Fact
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.statement import Grant

BUILT_IN = frozenset({"cluster-admin", "admin", "edit", "view"})
_ADMINISTERING = frozenset({"cluster-admin", "admin", "edit"})
"""In every namespace each of them leads to everything: they run pods and act as any service account."""
_MOST_BESIDES = 20


def grants_of(reaching: Sequence[Reaching]) -> tuple[Grant, ...]:
    """The rules as grants, each with the roles of the whole cluster that are held besides it."""
    wide = {id(one.role): one.role for one in reaching if one.cluster_wide}
    besides = tuple(islice(wide.values(), _MOST_BESIDES))
    return tuple(grant(one.rule, one.role, cluster_wide=one.cluster_wide, besides=besides) for one in reaching)


def built_in_roles(held: Sequence[Held], at: Place) -> Fact[tuple[str, ...]]:
    """The names of the built-in roles that no file declares, each once."""
    names = dict.fromkeys(one.binding.role_name for one in held if one.binding.role_name in BUILT_IN and not one.roles)
    return Known(tuple(names), at)


def administering_roles(held: Sequence[Held], at: Place) -> Fact[tuple[str, ...]]:
    """Those that lead to everything by themselves, at the place that gives the first."""
    strong = [one for one in held if administers(one)]
    names = tuple(dict.fromkeys(one.binding.role_name for one in strong))
    return Known(names, strong[0].binding.role_at if strong else at)


def administers(held: Held) -> bool:
    """Whether it leads to everything by itself, so that what other rules add needs no word."""
    return held.cluster_wide and held.binding.role_name in _ADMINISTERING and not held.roles


def is_admin(reaching: Sequence[Reaching], unread: Sequence[Unknown], at: Place) -> Fact[bool]:
    """Whether a rule allows everything in the whole cluster; unknown where one that could is not read."""
    unknown = next(iter(unread), None)
    for one in reaching:
        rule = matchable(one.rule)
        if isinstance(rule, Unknown):
            unknown = rule
        elif one.cluster_wide and is_everything(rule):
            return Known(value=True, at=one.rule.at)
    return unknown or Known(value=False, at=at)
