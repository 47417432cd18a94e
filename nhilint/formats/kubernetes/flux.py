"""Which kustomizations a repository's own Flux applies: what it reaches from none of its paths runs nowhere.

A Kustomization of Flux names a folder; from it the lists of kustomize lead on, and a folder without one is applied with
all below it. A manifest in a top-level folder that Flux applies something of, and on none of these ways, is kept like
an example where a kustomization of kustomize lists it or stands beside or above it, or where Flux applies something of
the folder below the top too; what stands above a chart, which releases name, says nothing. A variable that Flux fills
into a path below its first folder (`./apps/web/${CLUSTER}`) may be anything: every folder that fits is applied. Where
the repository holds what Flux was set up with, an object with such a path counts only if Flux is led to it, since
nothing else fills the variable in. A patch that states no path changes none. What an Application of Argo CD may apply
beside it, by the paths that it states, counts as reached, whichever repository it names; of the top folder, without a
list of kustomize and a chart, those are its own files. Nothing is told where another
tool fills in a path, where another controller generates paths (ResourceSet, an Application that states none), and of
what is applied before Flux is there (`bootstrap`). A role whose rules an Application of Argo CD is told not to compare
is rewritten in the cluster by something else, so that what the file states is only where it begins: it is kept like a
copy.
Sources, read 2026-11-22: https://argo-cd.readthedocs.io/en/stable/user-guide/diffing/ (ignoreDifferences),
https://fluxcd.io/flux/components/kustomize/kustomizations/ (path, components, postBuild: `${VARIABLE}`) and
https://fluxcd.control-plane.io/operator/fluxinstance/ (sync.path).
"""

from __future__ import annotations

from itertools import islice
from posixpath import dirname, normpath
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from nhilint.formats.kubernetes.argo_sources import sources_of
from nhilint.formats.kubernetes.names import object_name
from nhilint.formats.kubernetes.parts import Manifest, StatedChart, StatedKustomization, StatedRole, StatedSync
from nhilint.setting import less_real
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.kubernetes.parts import StatedSource
    from nhilint.formats.node import Node
    from nhilint.model.resource import Resource

_KINDS = {
    "Kustomization": "kustomize.toolkit.fluxcd.io/",
    "FluxInstance": "fluxcd.controlplane.io/",
    "ResourceSet": "fluxcd.controlplane.io/",
    "Application": "argoproj.io/",
    "ApplicationSet": "argoproj.io/",
}
_OF_ARGO = ("Application", "ApplicationSet")
_OWN = "flux-system"
_BEFORE_FLUX = "bootstrap"
_OF_A_CHART = "/templates/"
_COPIED = "copied"
_VARIABLE = Deferred(r"\$\{[^${}]{1,200}\}")
_MOST_FILLED_IN = 200
"""Paths with variables that are compared with the folders of a repository; with more of them nothing is told."""
_ACTION = Deferred(r"\{\{[^{}]{0,400}\}\}")
_MOST_IGNORED = 200
_FILES = (".yaml", ".yml", ".json")


class _Ways(NamedTuple):
    """Where Flux gets to, and the kustomizations and charts of the repository by their folders."""

    reached: set[str]
    trees: tuple[str, ...]
    begun: set[str]
    """The top-level folders of which Flux applies something, and those right below them."""
    own: dict[str, StatedKustomization]
    listed_in_vain: frozenset[str]
    """What kustomizations list that nothing leads to."""


def is_sync(node: Node) -> bool:
    """Whether an object says, or may say, which folders of a repository are applied."""
    group = _KINDS.get(str(node["kind"].value))
    return group is not None and str(node["apiVersion"].value).startswith(group)


def sync(node: Node) -> StatedSync | None:
    """The folders that an object applies: none where they cannot be told; no object for another repository's root."""
    kind, spec, at = node["kind"].value, node["spec"], node["kind"].at
    if kind == "FluxInstance":
        return StatedSync(_OWN, at, _folders(spec["sync"])) if spec["sync"].exists else None
    if kind != "Kustomization":
        sources = sources_of(spec) if kind in _OF_ARGO else ()
        return StatedSync(str(kind), at, None, frozenset(_rewritten(spec)), sources=sources)
    source = spec["sourceRef"]
    own = source["name"].value == _OWN or not source.exists
    folders = _folders(spec)
    if not own and (source["kind"].value != "GitRepository" or folders is None or "." in folders):
        return None
    told = folders if source["kind"].value == "GitRepository" or not source.exists else None
    return StatedSync(object_name(node) or _OWN, at, told, partial=not spec["path"].exists)


def _rewritten(spec: Node) -> Iterator[str]:
    """The roles, by name, whose rules an Application, or one that is made of a set's template, does not compare."""
    inner = spec if spec["ignoreDifferences"].exists else spec.at_path("template", "spec")
    for item in islice(inner["ignoreDifferences"].items(), _MOST_IGNORED):
        pointers = [one.value for one in item["jsonPointers"].items()]
        name = item["name"].value
        if item["kind"].value in ("Role", "ClusterRole") and "/rules" in pointers and isinstance(name, str):
            yield _ACTION.sub("*", name)


def _folders(spec: Node) -> frozenset[str] | None:
    stated = spec["path"].value if spec["path"].exists else "."
    added = [one.value for one in spec["components"].items()]
    if not isinstance(stated, str) or not all(isinstance(one, str) for one in added):
        return None
    paths = {normpath(stated.lstrip("/") or "."), *(normpath(f"{stated}/{one}".lstrip("/")) for one in added)}
    return frozenset(paths) if all(map(_is_told, paths)) else None


def _is_told(path: str) -> bool:
    """Whether a path says where it leads, but for variables below its first folder."""
    first, *_ = literal = _VARIABLE.split(path)
    return not any(mark in one for one in literal for mark in "${}") and (len(literal) == 1 or "/" in first)


def without_rewritten(manifests: Iterable[Manifest], stated: Iterable[Resource]) -> list[Manifest]:
    """The manifests, roles that something in the cluster rewrites kept like copies; `stated` has what says so."""
    parts = (one.part for one in stated if isinstance(one, Manifest) and isinstance(one.part, StatedSync))
    rewritten = {name for part in parts for name in part.rewritten}
    return [_beginning(one) if _is_rewritten(one, rewritten) else one for one in manifests]


def _is_rewritten(manifest: Manifest, rewritten: set[str]) -> bool:
    return isinstance(manifest.part, StatedRole) and _ACTION.sub("*", manifest.name) in rewritten


def _beginning(manifest: Manifest) -> Manifest:
    return replace(manifest, setting=less_real(_COPIED, manifest.setting))


def as_synced(manifests: Iterable[Manifest]) -> list[Manifest]:
    """The manifests, those that Flux does not reach kept like an example."""
    every = list(manifests)
    kept = [one for one in every if not isinstance(one.part, StatedSync)]
    own = {one.part.folder: one.part for one in kept if isinstance(one.part, StatedKustomization)}
    roots = _roots(every, own)
    if "." in roots or not any(root in own for root in roots):
        return kept
    by_argo = _applied_by_argo(every)
    if by_argo is None:
        return kept
    begun = {root.partition("/")[0] for root in roots} | {_second(f"{path}/") for path in reached_from(roots, own)[0]}
    reached, trees = reached_from(roots | by_argo, own)
    vain = frozenset(path for folder, one in own.items() if folder not in reached for path in one.listed)
    ways = _Ways(reached, trees, begun, own, vain)
    return [_idle(one) if _is_idle(one.at.path, ways) else one for one in kept]


def _applied_by_argo(every: list[Manifest]) -> frozenset[str] | None:
    """The folders that Applications may apply here, should they name this repository; None if one is not told."""
    stated = [one.part for one in every if isinstance(one.part, StatedSync) and one.setting == "production"]
    sources = [source for one in stated for source in one.sources]
    steered = any(isinstance(one.part, StatedKustomization) and one.part.steers for one in every)
    at_top = any(isinstance(one.part, StatedKustomization | StatedChart) and one.part.folder == "" for one in every)
    if any(_may_be_everything(source, at_top=at_top) for source in sources) or (sources and steered):
        return None
    whole = tuple(f"{path}/" for source in sources if source.whole for path in source.paths or ())
    below = {folder for folder in {dirname(one.at.path) for one in every} if f"{folder}/".startswith(whole)}
    return frozenset(below).union(*(source.paths or () for source in sources))


def _may_be_everything(source: StatedSource, *, at_top: bool) -> bool:
    """Whether a source has no path that is told, or the top folder with what is below it: of one without a list of
    kustomize and without a chart its own files alone are applied."""
    return source.paths is None or ("." in source.paths and (source.whole or at_top))


def _roots(every: list[Manifest], own: dict[str, StatedKustomization]) -> frozenset[str]:
    """The folders that Flux applies; none where they are not all told."""
    listed = {path for one in own.values() for path in one.listed}
    patches = {path for one in own.values() for path in one.patches} - listed
    stated = [
        one.part
        for one in every
        if isinstance(one.part, StatedSync)
        and one.setting == "production"
        and not (one.part.partial and one.at.path in patches)
        and not one.part.sources
    ]
    told = [one.folders for one in stated if one.folders is not None]
    if len(told) < len(stated):
        return frozenset()
    paths = {path for folders in told for path in folders if "$" not in path}
    filled_in = [one for one in stated if any("$" in path for path in one.folders or ())]
    if sum(len(one.folders or ()) for one in filled_in) > _MOST_FILLED_IN:
        return frozenset()
    folders = _with_those_above({*own, *(dirname(one.at.path) for one in every)}) if filled_in else set()
    waiting = [(one.at.path, _fitting(one, folders)) for one in filled_in]
    begun = {one.at.path.partition("/")[0] for one in stated if _begins(one)}
    kept = [fitting for path, fitting in waiting if path.partition("/")[0] not in begun]
    roots = frozenset(paths).union(*kept)
    return _with_filled_in(roots, [one for one in waiting if one[0].partition("/")[0] in begun], own)


def _begins(stated: StatedSync) -> bool:
    """Whether an object stands in a folder that it applies, as what Flux is set up with does."""
    return stated.at.path.startswith(tuple(f"{folder}/" for folder in stated.folders or () if "$" not in folder))


def _with_filled_in(
    roots: frozenset[str], waiting: list[tuple[str, frozenset[str]]], own: dict[str, StatedKustomization]
) -> frozenset[str]:
    """The roots with the folders that fit a path with variables, where an object in a file on the ways from the roots
    states it: Flux fills the variables of what it applies in, and nothing else does."""
    while waiting:
        reached, trees = reached_from(roots, own)
        applied = [one for one in waiting if one[0] in reached or one[0].startswith(trees)]
        if not applied:
            break
        waiting = [one for one in waiting if one not in applied]
        roots = roots.union(*(fitting for _, fitting in applied))
    return roots


def _fitting(stated: StatedSync, folders: set[str]) -> frozenset[str]:
    """The folders that fit a path of an object that has variables."""
    literal = [_VARIABLE.split(path) for path in stated.folders or () if "$" in path]
    return frozenset(folder for one in literal for folder in folders if _fits(folder, one))


def _with_those_above(folders: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for folder in folders:
        while folder and folder not in found:
            found.add(folder)
            folder = dirname(folder)  # noqa: PLW2901 - the one above
    return found


def _fits(folder: str, literal: list[str]) -> bool:
    """Whether a folder has the literal parts of a path in their order, with something between them."""
    first, *between, last = literal
    if not folder.startswith(first) or not folder.endswith(last):
        return False
    at, end = len(first) + 1, len(folder) - len(last)
    for part in between:
        at = folder.find(part, at, end)
        if at < 0:
            return False
        at += len(part) + 1
    return at <= end


def reached_from(roots: frozenset[str], own: dict[str, StatedKustomization]) -> tuple[set[str], tuple[str, ...]]:
    """The files that are listed on the ways from the roots, and the folders that are taken with all below them."""
    seen: set[str] = set()
    trees: list[str] = []
    waiting = sorted(roots)
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        if path in own:
            waiting.extend(own[path].listed)
        elif not path.endswith(_FILES):
            trees.append(f"{path}/")
            waiting.extend(folder for folder in own if folder.startswith(f"{path}/"))
    return seen, tuple(trees)


def _is_idle(path: str, ways: _Ways) -> bool:
    if path in ways.reached or path.startswith(ways.trees) or _BEFORE_FLUX in path:
        return False
    if path.partition("/")[0] not in ways.begun:
        return False
    folder = dirname(path)
    while folder and folder not in ways.own:
        folder = dirname(folder)
    if path in ways.listed_in_vain or (folder and folder == dirname(path) and folder not in ways.reached):
        return True
    return _OF_A_CHART not in path and ((bool(folder) and folder not in ways.reached) or _second(path) in ways.begun)


def _second(path: str) -> str:
    """The two outermost folders of a path; the one, for a file that stands in it."""
    return "/".join(path.split("/", 2)[:2]) if path.count("/") > 1 else dirname(path)


def _idle(manifest: Manifest) -> Manifest:
    if isinstance(manifest.part, StatedKustomization):
        return manifest
    return replace(manifest, setting=less_real("example", manifest.setting))
