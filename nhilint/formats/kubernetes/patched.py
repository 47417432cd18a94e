"""Objects are judged as the kustomizations that apply them patch them.

From a file the lists of kustomize lead outwards to roots, which nothing of the repository takes in. On each of these
ways the patches are applied from the inside out, those of components before those of the kustomization that takes them.
An object is as patched where all its ways leave the same of it, and gone where all of them delete it; where they differ
it stands as its file has it. A way may end at a folder called `default`, which is applied by itself too. Ways through
a kustomization of a test or an example do not count beside others. Names that a patch changes are followed by what
refers to them on the same ways. What a patch lays over an object that no file of the repository declares changes
nothing here. Sources: see `patches`.
"""

from __future__ import annotations

from collections import defaultdict
from posixpath import basename
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from nhilint.formats.kubernetes.amended import AMENDED, AT_REST, amended, tree_of
from nhilint.formats.kubernetes.parts import (
    Manifest,
    StatedAccount,
    StatedBinding,
    StatedKustomization,
    StatedPatch,
    StatedRole,
    StatedWorkload,
)
from nhilint.formats.kubernetes.patches import fits
from nhilint.setting import less_real

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_DEEPEST = 12
_MOST_LISTING = 100
_MOST_WAYS = 20
_MOST_PATCHES = 500
_BY_ITSELF = "default"
_FOR_A_BUNDLE = "config/manifests"
"""Of the folders of kubebuilder's scaffold: what `make deploy` applies, whatever else takes it in, and what a bundle
for the Operator Lifecycle Manager is made from, which nobody applies (https://book.kubebuilder.io/quick-start and
https://sdk.operatorframework.io/docs/olm-integration/generation/, read 2026-11-23)."""
_PRODUCTION = "production"

_NAMED = frozenset({"Role", "ClusterRole", "ServiceAccount"})
"""Kinds that other objects name."""
_Way = tuple[str, ...]
"""The folders of the kustomizations that take in a file, the innermost first."""
_Renamed = dict[tuple[str, str], tuple[str, tuple[_Way, ...]]]
"""Of a kind and a former name the new one, and the ways of the file that declares it."""


class _Applying(NamedTuple):
    """The kustomizations of a repository: by folder, by what they list, and the patches of each; what is idle."""

    own: dict[str, StatedKustomization]
    listing: dict[str, list[StatedKustomization]]
    patches: dict[str, tuple[StatedPatch, ...]]
    idle: set[str]
    known: dict[str, tuple[_Way, ...]]


def as_patched(manifests: Iterable[Manifest]) -> list[Manifest]:
    """The manifests as they are applied, without the patches of files; kustomizations stay among them."""
    every = list(manifests)
    kept = [one for one in every if not isinstance(one.part, StatedPatch)]
    stated = [one for one in kept if isinstance(one.part, StatedKustomization)]
    applying = _applying(every, stated)
    wanted = {patch.kind for found in applying.patches.values() for patch in found}
    if not wanted:
        return kept
    kinds = {kind for kind in {_kind(one) for one in kept} if kind and any(fits(one, kind) for one in wanted)}
    follows = not kinds.isdisjoint(_NAMED)
    changing = {one.at.path for one in kept if _kind(one) in kinds or (follows and isinstance(one.part, AMENDED))}
    ways = {path: _ways_of(path, applying) for path in changing}
    told: list[Manifest] = []
    renamed: _Renamed = {}
    for one in kept:
        result = _patched(one, ways.get(one.at.path, ()), applying) if _kind(one) in kinds else one
        if result is not None:
            if result.part is not None and one.part is not None and result.part.name != one.part.name:
                renamed[_kind(one), one.part.name] = result.part.name, ways[one.at.path]
            told.append(result)
    return [_following(one, ways.get(one.at.path, ()), renamed) for one in told] if renamed else told


def _applying(every: Sequence[Manifest], stated: Sequence[Manifest]) -> _Applying:
    parts = [one.part for one in stated if isinstance(one.part, StatedKustomization)]
    listing: dict[str, list[StatedKustomization]] = defaultdict(list)
    for part in parts:
        for path in part.listed:
            listing[path].append(part)
    own = {part.folder: part for part in parts}
    wanted = {patch.file for part in parts for patch in part.patching if patch.file}
    files: dict[str, list[StatedPatch]] = defaultdict(list)
    for one in every:
        if one.at.path in wanted:
            files[one.at.path].extend(_in_file(one))
    patches: dict[str, tuple[StatedPatch, ...]] = {}
    for part in parts:
        found = [told for patch in part.patching for told in (_met(patch, files) if patch.file else (patch,))]
        patches[part.folder] = tuple(found[:_MOST_PATCHES])
    real = {one.at.path for one in stated if one.setting == _PRODUCTION}
    idle = {part.folder for part in parts if part.at.path not in real}
    return _Applying(own, listing, _with_components(own, patches), idle, {})


def _in_file(manifest: Manifest) -> list[StatedPatch]:
    """What a file of patches holds: a patch, or a role, binding or account that is stated as if it were whole."""
    part = manifest.part
    if isinstance(part, StatedPatch):
        return [part]
    body = tree_of(part) if part is not None else None
    if body is None or not isinstance(part, StatedRole | StatedBinding | StatedAccount):
        return []
    return [StatedPatch("patch", part.at, _kind_of(part), part.name, part.namespace, body)]


def _met(patch: StatedPatch, files: dict[str, list[StatedPatch]]) -> Iterable[StatedPatch]:
    for found in files.get(patch.file, ()):
        if patch.selects:
            yield replace(patch, body=found.body, file="")
        elif found.body is not None and found.body.is_mapping:
            yield found


def _with_components(
    own: dict[str, StatedKustomization], patches: dict[str, tuple[StatedPatch, ...]]
) -> dict[str, tuple[StatedPatch, ...]]:
    """The patches of each kustomization behind those of its components."""

    def gathered(folder: str, depth: int) -> tuple[StatedPatch, ...]:
        if folder not in own or depth > _DEEPEST:
            return ()
        inner = [one for taken in own[folder].components[:_MOST_LISTING] for one in gathered(taken, depth + 1)]
        return (*inner, *patches[folder])[:_MOST_PATCHES]

    return {folder: gathered(folder, 0) for folder in own}


def _ways_of(path: str, applying: _Applying) -> tuple[_Way, ...]:
    """The ways that count for a file: none where it is taken in by too many."""
    found = _ways(path, applying, 0)
    real = tuple(way for way in found if applying.idle.isdisjoint(way))
    return real or found


def _ways(path: str, applying: _Applying, depth: int) -> tuple[_Way, ...]:
    if path in applying.known or depth == _DEEPEST:
        return applying.known.get(path, ((),))
    applying.known[path] = ((),)
    found: dict[_Way, None] = {}
    for one in applying.listing.get(path, ())[:_MOST_LISTING]:
        if f"/{one.folder}".endswith(f"/{_FOR_A_BUNDLE}"):
            continue
        if basename(one.folder) == _BY_ITSELF:
            found[one.folder,] = None
        for outer in _ways(one.folder, applying, depth + 1):
            found[one.folder, *outer] = None
        if len(found) > _MOST_WAYS:
            return ((),)
    applying.known[path] = tuple(found) or ((),)
    return applying.known[path]


def _patched(manifest: Manifest, ways: tuple[_Way, ...], applying: _Applying) -> Manifest | None:
    """A manifest as all its ways leave it; None where all delete it, as it stands where they differ."""
    part = manifest.part
    if not ways or not isinstance(part, AMENDED):
        return manifest
    first = _along(part, ways[0], applying)
    if first is part or any(_along(part, way, applying) != first for way in ways[1:]):
        return manifest
    if isinstance(first, str):
        return replace(manifest, setting=less_real("example", manifest.setting)) if first == AT_REST else None
    return replace(manifest, name=first.name, part=first)


def _along(part: AMENDED, way: _Way, applying: _Applying) -> AMENDED | str:
    """What the patches on a way leave of a part."""
    told: AMENDED | str = part
    names, done = {part.name}, set()
    for folder in way:
        for patch in applying.patches[folder]:
            if id(patch) in done or not isinstance(told, AMENDED) or patch.body is None:
                continue
            done.add(id(patch))
            if _means(patch, part, told, names):
                told = amended(told, patch.body) or told
        one = applying.own[folder]
        names |= {f"{one.prefix}{name}{one.suffix}" for name in names}
    return told


def _means(patch: StatedPatch, stated: AMENDED, told: AMENDED, names: set[str]) -> bool:
    """Whether a patch is for an object: by the kind and the names that it has, or had before other patches."""
    kinds = {_kind_of(stated), _kind_of(told)}
    if not any(fits(patch.kind, kind) for kind in kinds):
        return False
    called = names | {told.name}
    if not (any(fits(patch.called, name) for name in called) if patch.selects else patch.called in called):
        return False
    return not patch.namespace or patch.namespace == told.namespace or (not patch.selects and not told.namespace)


def _kind_of(part: AMENDED) -> str:
    if isinstance(part, StatedRole | StatedBinding | StatedWorkload):
        return part.kind
    return "ServiceAccount" if isinstance(part, StatedAccount) else part.kind


def _kind(manifest: Manifest) -> str:
    part = manifest.part
    return _kind_of(part) if isinstance(part, AMENDED) else ""


def _following(manifest: Manifest, ways: tuple[_Way, ...], renamed: _Renamed) -> Manifest:
    """A binding or workload that refers to what a patch renamed on its own ways, with the new name."""

    def followed(kind: str, name: str) -> str:
        new, on = renamed.get((kind, name), (name, ways))
        return new if on and {way[-1:] for way in on} == {way[-1:] for way in ways} else name

    part = manifest.part
    if isinstance(part, StatedBinding):
        subjects = tuple(
            replace(one, name=followed("ServiceAccount", one.name)) if one.kind == "ServiceAccount" else one
            for one in part.subjects
        )
        told: StatedBinding | StatedWorkload = replace(
            part, role_name=followed(part.role_kind, part.role_name), subjects=subjects
        )
    elif isinstance(part, StatedWorkload) and part.account is not None:
        told = replace(part, account=followed("ServiceAccount", part.account))
    else:
        return manifest
    return replace(manifest, part=told) if told != part else manifest
