"""Which manifests of an operator's own kustomization repeat what its chart in the same repository ships.

Kubebuilder keeps the roles of a controller, made from markers in its code, in `config/rbac`, under names that hold
there only (`system`, `manager-role`); a chart beside it repeats them under the names that people install. One decision
is told once, where it is shipped: a role of the scaffold is a copy where templates of charts allow all that it allows,
a detail aside, and with it what binds it and the controller's workload. A role that no chart ships is judged where it
stands. Source:
https://book.kubebuilder.io/plugins/available/helm-v2-alpha, read 2026-11-22.
"""

from __future__ import annotations

from itertools import islice, product
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.kubernetes.parts import Manifest, StatedBinding, StatedRole, StatedWorkload
from nhilint.model.fact import Unknown, value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_RBAC = "config/rbac/"
_MANAGER = ("config/manager/", "config/default/")
_TEMPLATES = "templates/"
_MOST = 20_000
"""Single permissions of one role, or of all charts together, that are compared."""

_WRITTEN_ALONG = ("proxy-role", "leader-election-role", "metrics-reader", "metrics-auth-role")
"""Roles that kubebuilder writes beside the controller's own, which a chart may well go without."""
_PARTS = ("/status", "/finalizers")
_TOLERATED = 0.03
"""The share of single permissions by which a chart may lag behind the markers in the code, grave ones aside."""
_GRAVE = frozenset(
    {"*", "secrets", "pods", "pods/exec", "nodes/proxy", "serviceaccounts/token", "clusterroles", "roles"}
)
_GRAVE_VERBS = frozenset({"*", "escalate", "bind", "impersonate"})

_Permission = tuple[str, str, str]


def without_repeated(manifests: Iterable[Manifest]) -> list[Manifest]:
    """The manifests, those of a scaffold told as copies where charts of the repository ship the same."""
    every = list(manifests)
    scaffolds = {one.at.path.partition(_RBAC)[0] for one in every if _stands_in(one.at.path, _RBAC)}
    if not scaffolds:
        return every
    shipped = set(islice(_permissions(one for one in every if _stands_in(one.at.path, _TEMPLATES)), _MOST))
    repeated = {
        (scaffold, one.name)
        for one in every
        if isinstance(one.part, StatedRole) and (scaffold := _scaffold_of(one, (_RBAC,))) is not None
        and _is_covered(one, shipped)
    }  # fmt: skip
    repeated |= {(scaffold, name) for scaffold, _ in repeated for name in _WRITTEN_ALONG}
    return [_as_copy(one) if _repeats(one, repeated) else one for one in every]


def _stands_in(path: str, folder: str) -> bool:
    return path.startswith(folder) or f"/{folder}" in path


def _scaffold_of(manifest: Manifest, folders: tuple[str, ...]) -> str | None:
    """What stands before `config` in the path of a scaffold's manifest."""
    path = manifest.at.path
    return next((path.partition(folder)[0] for folder in folders if _stands_in(path, folder)), None)


def _repeats(manifest: Manifest, repeated: set[tuple[str, str]]) -> bool:
    part = manifest.part
    if isinstance(part, StatedWorkload):
        scaffold = _scaffold_of(manifest, _MANAGER)
        return any(scaffold == where for where, _ in repeated)
    called = part.role_name if isinstance(part, StatedBinding) else manifest.name
    is_right = isinstance(part, StatedRole | StatedBinding)
    return is_right and (_scaffold_of(manifest, (_RBAC,)), called) in repeated


def _is_covered(manifest: Manifest, shipped: set[_Permission]) -> bool:
    asked = set(islice(_permissions((manifest,)), _MOST))
    missing = asked - shipped
    is_grave = any(resource in _GRAVE or verb in _GRAVE_VERBS for _, resource, verb in missing)
    return bool(asked) and not is_grave and len(missing) <= _TOLERATED * len(asked)


def _permissions(manifests: Iterable[Manifest]) -> Iterator[_Permission]:
    """Every single permission of the roles: group, resource and verb; of an unreadable rule none is known."""
    for manifest in manifests:
        for rule in manifest.part.rules if isinstance(manifest.part, StatedRole) else ():
            if not isinstance(rule, Unknown):
                resources = (*(value_of(rule.resources) or ()), *(value_of(rule.urls) or ()))
                named = (resource for resource in resources if not resource.endswith(_PARTS))
                yield from product(value_of(rule.groups) or ("",), named, value_of(rule.verbs) or ())


def _as_copy(manifest: Manifest) -> Manifest:
    return replace(manifest, setting="copied")
