"""The folders that a repository's own Argo CD applies: what stands beside them runs only if somebody applies it.

An Application names folders of repositories. A folder with a chart or for a plugin is applied as a whole, one with a
kustomization as that leads on, any other one with its own files alone, unless `directory.recurse` is set. That the
Applications are those of this very repository is told by one that applies the folder in which another one stands, from
where most of them come. A manifest is idle where none of them gets to it, and two or more folders beside the one that
it stands in are named by Applications: the repository then keeps a folder for each of them there. Nothing is told where
a path of this repository is filled in later and no generator lists its folders, where a kustomization changes
Applications, of the templates of a chart, and of what is applied before Argo CD is there (`bootstrap`).
Sources, read 2026-11-23: https://argo-cd.readthedocs.io/en/stable/user-guide/directory/ (only files in the root of the
path unless `recurse`), https://argo-cd.readthedocs.io/en/stable/user-guide/tool_detection/,
https://argo-cd.readthedocs.io/en/stable/operator-manual/cluster-bootstrapping/ (app of apps) and
https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Generators-Git/ (directories).
"""

from __future__ import annotations

from collections import Counter
from posixpath import dirname
from typing import TYPE_CHECKING, NamedTuple

from nhilint.formats.kubernetes.flux import reached_from
from nhilint.formats.kubernetes.parts import Manifest, StatedChart, StatedKustomization, StatedSync
from nhilint.model.fact import Known, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.formats.kubernetes.parts import StatedSource
    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.identity import Identity

_FEWEST_BESIDE = 2
_BY_HAND = "bootstrap"
_OF_A_CHART = "/templates/"


class _Applied(NamedTuple):
    """What Applications get to: files, folders as a whole (with a slash), and folders whose own files are taken."""

    files: set[str]
    trees: tuple[str, ...]
    folders: frozenset[str]
    named: Counter[str]
    """How many folders right below one Applications name."""


def idle_files(resources: Iterable[Resource]) -> frozenset[str]:
    """The files of manifests that no Application of the repository gets to."""
    manifests = [one for one in resources if isinstance(one, Manifest)]
    parts = [(one.at.path, one.part) for one in manifests]
    stated = [(path, source) for path, part in parts if isinstance(part, StatedSync) for source in part.sources]
    own = _own_addresses(stated)
    is_open = any(source.paths is None and source.address in (*own, "") for _, source in stated)
    if not own or is_open or any(isinstance(part, StatedKustomization) and part.steers for _, part in parts):
        return frozenset()
    applied = _applied([source for _, source in stated], manifests)
    paths = {one.at.path for one in manifests}
    return frozenset(path for path in paths if _is_idle(path, applied))


def _own_addresses(stated: list[tuple[str, StatedSource]]) -> frozenset[str]:
    """How the repository calls itself: as an Application does that applies a folder in which another one stands, and no
    other address is named as often."""
    folders = {dirname(path) for path, _ in stated}
    used = Counter(source.address for _, source in stated if source.paths)
    return frozenset(
        source.address
        for at, source in stated
        for path in source.paths or ()
        if source.address
        and used[source.address] * 2 > used.total()
        and dirname(at) != path
        and _holds_one_of(path, folders, whole=source.whole)
    )


def _holds_one_of(path: str, folders: set[str], *, whole: bool) -> bool:
    return path in folders or (whole and any(folder.startswith(f"{path}/") for folder in folders))


def _applied(sources: list[StatedSource], manifests: list[Manifest]) -> _Applied:
    own = {one.part.folder: one.part for one in manifests if isinstance(one.part, StatedKustomization)}
    charts = {one.part.folder.rstrip("/") for one in manifests if isinstance(one.part, StatedChart)}
    charts |= {one.at.path.partition(_OF_A_CHART)[0] for one in manifests if _OF_A_CHART in one.at.path}
    whole = {path for one in sources for path in one.paths or () if one.whole or path in charts}
    named = {path for one in sources for path in one.paths or ()}
    built = frozenset(path for path in named if path in own)
    files, trees = reached_from(built, own)
    trees += tuple("" if path == "." else f"{path}/" for path in whole - built)
    beside = Counter(dirname(path) for path in named if path != ".")
    return _Applied(files, trees, frozenset("" if path == "." else path for path in named - built), beside)


def _is_idle(path: str, applied: _Applied) -> bool:
    if path in applied.files or path.startswith(applied.trees) or dirname(path) in applied.folders:
        return False
    if _BY_HAND in path or _OF_A_CHART in path:
        return False
    folder = dirname(path)
    while folder:
        if applied.named[dirname(folder)] >= _FEWEST_BESIDE:
            return True
        folder = dirname(folder)
    return False


def files_about(account: Identity) -> frozenset[str]:
    """The files that say something of an account: of what it holds, what runs as it and what it becomes."""
    lists = (account.grants, account.escalations, account.workloads, account.cloud, account.loose_bindings)
    places = [one.at for some in lists for one in ((some,) if isinstance(some, Unknown) else some)]
    given = (account.managed_admin.at,) if isinstance(account.managed_admin, Known) else ()
    return frozenset(place.path for place in (account.at, *places, *given))
