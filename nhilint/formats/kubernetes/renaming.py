"""Kustomizations put what they apply into a namespace and give its names a beginning and an end.

Of a file that several of them apply differently only that is taken on which all agree: the namespace may be one where
the prefixes differ. Subjects
and accounts follow the service account that they name where it is among what is renamed alike; of the others kustomize
moves the subject called `default` alone. What no kustomization of the repository lists is a root, applied by itself.
Sources, read 2026-11-22: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/namespace/ (subjects:
`default` and accounts that are applied along) and /nameprefix/ (references to renamed objects follow).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from nhilint.formats.kubernetes.parts import (
    Manifest,
    StatedAccount,
    StatedApplier,
    StatedBinding,
    StatedKustomization,
    StatedRole,
    StatedToken,
    StatedWorkload,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nhilint.formats.kubernetes.parts import Part, StatedSubject

_DEEPEST = 12
_MOST_LISTING = 100
_MOST_WAYS = 20


class Renaming(NamedTuple):
    """What is done to the names of a file's objects; an empty namespace leaves them where they are."""

    namespace: str = ""
    prefix: str = ""
    suffix: str = ""

    def of(self, name: str) -> str:
        """The name that an object gets."""
        return f"{self.prefix}{name}{self.suffix}" if name else name


_NONE = Renaming()
_AS_STATED = frozenset({_NONE})
_Named = set[tuple[Renaming, str, str]]
_Listing = dict[str, list[StatedKustomization]]


def as_named(manifests: Sequence[Manifest], stated: Iterable[Manifest]) -> list[Manifest]:
    """The manifests with the names that they have once applied; `stated` has the kustomizations among it."""
    listing: _Listing = defaultdict(list)
    renames = False
    for one in stated:
        if isinstance(one.part, StatedKustomization):
            renames = renames or any((one.part.namespace, one.part.prefix, one.part.suffix))
            for path in one.part.listed:
                listing[path].append(one.part)
    if not renames:
        return list(manifests)
    known: dict[str, frozenset[Renaming]] = {}
    ways = {path: _decided(path, listing, known) for path in {one.at.path for one in manifests}}
    named = {(ways[one.at.path], _kind(one.part), one.name) for one in manifests}
    return [_renamed(one, ways[one.at.path], named) for one in manifests]


def _decided(path: str, listing: _Listing, known: dict[str, frozenset[Renaming]]) -> Renaming:
    """What all ways of applying a file agree on."""
    namespaces, prefixes, suffixes = zip(*_ways(path, listing, known, 0), strict=True)
    return Renaming(_agreed(namespaces), _agreed(prefixes), _agreed(suffixes))


def _agreed(stated: Iterable[str]) -> str:
    told = set(stated)
    return told.pop() if len(told) == 1 else ""


def _ways(path: str, listing: _Listing, known: dict[str, frozenset[Renaming]], depth: int) -> frozenset[Renaming]:
    """What every root that takes in a file or folder makes of its names, the outermost namespace winning.

    Each path is followed once; of those that list each other the first that is met counts as a root.
    """
    if path in known or depth == _DEEPEST:
        return known.get(path, _AS_STATED)
    known[path] = _AS_STATED
    found: set[Renaming] = set()
    for one in listing.get(path, ())[:_MOST_LISTING]:
        for outer in _ways(one.folder, listing, known, depth + 1):
            namespace = outer.namespace or one.namespace
            found.add(Renaming(namespace, outer.prefix + one.prefix, one.suffix + outer.suffix))
        if len(found) > _MOST_WAYS:
            return _AS_STATED
    known[path] = frozenset(found) or _AS_STATED
    return known[path]


def _kind(part: Part | None) -> str:
    return part.kind if isinstance(part, StatedRole | StatedBinding | StatedWorkload) else type(part).__name__


def _renamed(manifest: Manifest, way: Renaming, named: _Named) -> Manifest:
    part = manifest.part
    if way == _NONE or part is None:
        return manifest
    told = _part(part, way, named)
    return replace(manifest, name=told.name, part=told)


def _part(part: Part, way: Renaming, named: _Named) -> Part:
    if isinstance(part, StatedRole | StatedBinding):
        of_cluster = part.kind.startswith("Cluster")
        part = replace(part, name=way.of(part.name), namespace="" if of_cluster else way.namespace or part.namespace)
        return _binding(part, way, named) if isinstance(part, StatedBinding) else part
    if not isinstance(part, StatedAccount | StatedToken | StatedWorkload | StatedApplier):
        return part
    moved = replace(part, name=way.of(part.name), namespace=way.namespace or part.namespace)
    if isinstance(moved, StatedAccount) or moved.account is None:
        return moved
    follows = _is_named(moved.account, way, named) or (isinstance(part, StatedWorkload) and part.runs_agent)
    return replace(moved, account=way.of(moved.account)) if follows else moved


def _binding(part: StatedBinding, way: Renaming, named: _Named) -> StatedBinding:
    declared = (way, part.role_kind, part.role_name) in named
    subjects = tuple(_subject(one, way, named) for one in part.subjects)
    return replace(part, role_name=way.of(part.role_name) if declared else part.role_name, subjects=subjects)


def _subject(subject: StatedSubject, way: Renaming, named: _Named) -> StatedSubject:
    if subject.kind != "ServiceAccount":
        return subject
    namespace = way.namespace or subject.namespace
    if _is_named(subject.name, way, named):
        return replace(subject, name=way.of(subject.name), namespace=namespace)
    return replace(subject, namespace=namespace) if subject.name == "default" else subject


def _is_named(account: str, way: Renaming, named: _Named) -> bool:
    return (way, StatedAccount.__name__, account) in named
