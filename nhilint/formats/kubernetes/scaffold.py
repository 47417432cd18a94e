"""Which manifests of a project's own kustomization repeat what its chart in the same repository ships.

Kubebuilder keeps the roles of a controller, made from markers in its code, in `config/rbac`, under names that hold
there only (`system`, `manager-role`); a chart beside it repeats them under the names that people install. One decision
is told once, where it is shipped: a role of the scaffold is a copy where templates of charts allow all that it allows,
a detail aside, and with it what binds it and the controller's workload. Elsewhere a role is one where one role of a
chart allows nearly all of it, and it is too long for that to be an accident; with it goes what binds it and runs by it.
A role that no chart ships is judged where it stands. Source:
https://book.kubebuilder.io/plugins/available/helm-v2-alpha, read 2026-11-22.
"""

from __future__ import annotations

from itertools import islice, product
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.kubernetes.names import scope_of
from nhilint.formats.kubernetes.parts import Manifest, StatedBinding, StatedRole, StatedToken, StatedWorkload
from nhilint.model.fact import Unknown, value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.kubernetes.parts import StatedSubject

_RBAC = ("config/rbac/", "config/base/rbac/")
_MANAGER = ("config/manager/", "config/default/", "config/base/manager/", "config/base/default/")
_TEMPLATES = "templates/"
_MOST = 20_000
"""Single permissions of one role, or of all charts together, that are compared."""

_WRITTEN_ALONG = ("proxy-role", "leader-election-role", "metrics-reader", "metrics-auth-role")
"""Roles that kubebuilder writes beside the controller's own, which a chart may well go without."""
_TOKEN = ""
"""Stands among the names of roles for a token that the chart asks for as well."""
_PARTS = ("/status", "/finalizers")
_NO_ACCIDENT = 30
"""So many single permissions are the same in two roles on purpose only."""
_TOLERATED_ELSEWHERE = 0.1
_MOST_ROLES = 200
_TOLERATED = 0.03
"""The share of single permissions by which a chart may lag behind the markers in the code, grave ones aside."""
_GRAVE = frozenset(
    {"*", "secrets", "pods", "pods/exec", "nodes/proxy", "serviceaccounts/token", "clusterroles", "roles"}
)
_GRAVE_VERBS = frozenset({"*", "escalate", "bind", "impersonate"})

_Permission = tuple[str, str, str]


def without_repeated(manifests: Iterable[Manifest]) -> list[Manifest]:
    """The manifests, those of a scaffold told as copies where charts of the repository ship the same."""
    every = _without_equal(list(manifests))
    scaffolds = {where for one in every if (where := _scaffold_of(one, _RBAC)) is not None}
    if not scaffolds:
        return every
    shipped = set(islice(_permissions(one for one in every if _stands_in(one.at.path, _TEMPLATES)), _MOST))
    repeated = {
        (scaffold, one.name)
        for one in every
        if isinstance(one.part, StatedRole) and (scaffold := _scaffold_of(one, _RBAC)) is not None
        and _is_covered(one, shipped)
    }  # fmt: skip
    along = [*_WRITTEN_ALONG, *([_TOKEN] if any(map(_ships_token, every)) else ())]
    repeated |= {(scaffold, name) for scaffold, _ in repeated for name in along}
    return [_as_copy(one) if _repeats(one, repeated) else one for one in every]


def _ships_token(manifest: Manifest) -> bool:
    return isinstance(manifest.part, StatedToken) and _stands_in(manifest.at.path, _TEMPLATES)


def _without_equal(every: list[Manifest]) -> list[Manifest]:
    """The manifests, told as copies where they hold or use a role that allows the same as one of a chart's."""
    roles = [(one, asked) for one in every if len(asked := _asked(one)) >= _NO_ACCIDENT]
    shipped = [asked for one, asked in roles if _stands_in(one.at.path, _TEMPLATES)][:_MOST_ROLES]
    equal = {
        (scope_of(one.at.path), one.name)
        for one, asked in roles
        if not _stands_in(one.at.path, _TEMPLATES) and any(_lags_little(asked, other) for other in shipped)
    }
    if not equal:
        return every
    bound = [one for one in every if isinstance(one.part, StatedBinding) and _holds(one, equal)]
    users = {(scope_of(one.at.path), who.name) for one in bound for who in _subjects(one) if who.name != "default"}
    return [_as_copy(one) if _holds(one, equal) or _uses(one, users) else one for one in every]


def _asked(manifest: Manifest) -> frozenset[_Permission]:
    return frozenset(islice(_permissions((manifest,)), _MOST))


def _lags_little(asked: frozenset[_Permission], shipped: frozenset[_Permission]) -> bool:
    missing = asked - shipped
    return not any(map(_is_grave, missing)) and len(missing) <= _TOLERATED_ELSEWHERE * len(asked)


def _is_grave(permission: _Permission) -> bool:
    """Whether it leads to more by itself; every verb on one named kind of a product does not."""
    group, resource, verb = permission
    of_product = "." in group and not group.endswith(".k8s.io")
    return resource in _GRAVE or (verb in _GRAVE_VERBS and not (verb == "*" and of_product))


def _holds(manifest: Manifest, roles: set[tuple[str, str]]) -> bool:
    """Whether it is one of the roles, or binds one, outside of charts."""
    part = manifest.part
    if not isinstance(part, StatedRole | StatedBinding) or _stands_in(manifest.at.path, _TEMPLATES):
        return False
    called = part.role_name if isinstance(part, StatedBinding) else part.name
    return (scope_of(manifest.at.path), called) in roles


def _subjects(manifest: Manifest) -> tuple[StatedSubject, ...]:
    return manifest.part.subjects if isinstance(manifest.part, StatedBinding) else ()


def _uses(manifest: Manifest, users: set[tuple[str, str]]) -> bool:
    part = manifest.part
    if not isinstance(part, StatedWorkload | StatedToken):
        return False
    return (scope_of(manifest.at.path), part.account) in users


def _stands_in(path: str, folder: str) -> bool:
    return path.startswith(folder) or f"/{folder}" in path


def _scaffold_of(manifest: Manifest, folders: tuple[str, ...]) -> str | None:
    """What stands before `config` in the path of a scaffold's manifest."""
    path = manifest.at.path
    return next((path.partition(folder)[0] for folder in folders if _stands_in(path, folder)), None)


def _repeats(manifest: Manifest, repeated: set[tuple[str, str]]) -> bool:
    part = manifest.part
    if isinstance(part, StatedToken):
        return (_scaffold_of(manifest, _RBAC), _TOKEN) in repeated
    if isinstance(part, StatedWorkload):
        scaffold = _scaffold_of(manifest, _MANAGER)
        return any(scaffold == where for where, _ in repeated)
    called = part.role_name if isinstance(part, StatedBinding) else manifest.name
    is_right = isinstance(part, StatedRole | StatedBinding)
    return is_right and (_scaffold_of(manifest, _RBAC), called) in repeated


def _is_covered(manifest: Manifest, shipped: set[_Permission]) -> bool:
    asked = set(islice(_permissions((manifest,)), _MOST))
    missing = asked - shipped
    return bool(asked) and not any(map(_is_grave, missing)) and len(missing) <= _TOLERATED * len(asked)


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
