"""A kustomization says which files of its folder are applied: what it leaves out stands there and runs nowhere.

Read are the local paths of `resources`, `components`, `bases`, `crds`, `generators`, `transformers`, `configurations`,
`replacements` and of the patches, and the files of generators of maps. A manifest that the kustomization of its own
folder leaves out, and that no other one of the repository lists, is kept like an example, as is a folder with one of
its own that the one above leaves out among its siblings; a folder that takes in others is an overlay, which is applied
by itself. A file that is listed as a patch alone changes an object that is declared elsewhere, and one that a generator
names is data of a map: neither is an object. The namespace, beginning and end that it gives to names are applied by
`renaming`. Which kustomization is applied, and when, a file does not say. Sources,
read 2026-11-22: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/ and, for a folder that has one
being applied through it alone,
https://fluxcd.io/flux/components/kustomize/kustomizations/#generating-a-kustomizationyaml-file.
"""

from __future__ import annotations

from itertools import islice
from posixpath import dirname, normpath
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.kubernetes.names import name_of, namespace_of
from nhilint.formats.kubernetes.parts import Manifest, StatedKustomization
from nhilint.formats.kubernetes.patches import patches_of
from nhilint.formats.node import Node
from nhilint.formats.templates import braces
from nhilint.model.fact import Known
from nhilint.model.resource import Extraction
from nhilint.model.vocabulary.identity import Identity
from nhilint.setting import less_real

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

_LISTING = (
    "resources", "components", "bases", "crds", "generators", "transformers", "validators", "configurations"
)  # fmt: skip
_PATCHING = ("patches", "patchesJson6902", "patchesStrategicMerge", "replacements")
_GENERATING = ("configMapGenerator", "secretGenerator")
_MOST = 2_000
"""Entries of one list that are followed; what comes after counts as nothing, so that nothing is left out by mistake."""
_OF_ARGO = "Application"
_OF_FLUX = "kustomize.toolkit.fluxcd.io"


def extract(document: Document, claim: Claim) -> Extraction:
    """The paths that a kustomization lists; the object of Flux that has the same kind is none."""
    root = Node.root(document, braces)
    version = root["apiVersion"].value
    if not root.is_mapping or (isinstance(version, str) and version.startswith(_OF_FLUX)):
        return Extraction(recognised=False)
    folder = dirname(document.path)
    listed = frozenset(path for key in _LISTING for path in _paths(root[key], folder))
    patches = frozenset(path for key in _PATCHING for path in _paths(root[key], folder))
    data = frozenset(path for key in _GENERATING for path in _data(root[key], folder))
    if not listed and not patches and not data and not any(root[key].exists for key in _PATCHING):
        return Extraction(recognised=False)
    given = (namespace_of(root["namespace"]), name_of(root["namePrefix"]), name_of(root["nameSuffix"]))
    changes = tuple(patches_of(root, folder)) if any(root[key].exists for key in _PATCHING) else ()
    taken = tuple(_paths(root["components"], folder))
    steers = any(_changes_applications(item) for key in _PATCHING for item in islice(root[key].items(), _MOST))
    part = StatedKustomization("kustomization", root.at, folder, listed, patches | data, *given, changes, taken, steers)
    facts = Identity(at=root.at, name=Known(part.name, root.at), provider=Known("kubernetes", root.at))
    return Extraction((Manifest("identity", part.name, claim.format, facts, part=part),))


def _changes_applications(entry: Node) -> bool:
    """Whether an entry of a list of patches means Applications of Argo CD, or sets of them."""
    kind, text = entry.at_path("target", "kind").value, entry["patch"].value if entry.is_mapping else entry.value
    named = isinstance(kind, str) and kind.startswith(_OF_ARGO)
    return named or (isinstance(text, str) and f"kind: {_OF_ARGO}" in text)


def _paths(entries: Node, folder: str) -> Iterator[str]:
    for number, item in enumerate(entries.items()):
        stated = item["path"].value if item.is_mapping else item.value
        if isinstance(stated, str) and number < _MOST and "\n" not in stated and "://" not in stated:
            yield normpath(f"{folder}/{stated}" if folder else stated)


def _data(generators: Node, folder: str) -> Iterator[str]:
    """The files whose text becomes a value of a map: `name.yaml`, or `key=name.yaml`."""
    for generator in islice(generators.items(), _MOST):
        for entry in islice(generator["files"].items(), _MOST):
            if isinstance(entry.value, str):
                path = entry.value.rpartition("=")[2]
                yield normpath(f"{folder}/{path}" if folder else path)


def as_applied(manifests: Iterable[Manifest]) -> list[Manifest]:
    """The manifests as kustomizations apply them: without patches, and with what is left out kept like an example."""
    every = list(manifests)
    stated = [one.part for one in every if isinstance(one.part, StatedKustomization)]
    if not stated:
        return every
    listing = {one.folder for one in stated if one.listed}
    listed = frozenset(path for one in stated for path in one.listed)
    none = frozenset(path for one in stated for path in one.patches) - listed
    idle = _idle(stated, listed)
    kept = (one for one in every if not isinstance(one.part, StatedKustomization) and one.at.path not in none)
    return [_left_out(one) if _is_left_out(one.at.path, listing, listed, idle) else one for one in kept]


def _is_left_out(path: str, listing: set[str], listed: frozenset[str], idle: set[str]) -> bool:
    folder = dirname(path)
    return folder in idle or (folder in listing and path not in listed)


def _idle(stated: list[StatedKustomization], listed: frozenset[str]) -> set[str]:
    """The folders that the kustomization above them leaves out although it lists others beside them."""
    folders = {one.folder for one in stated}
    above = {dirname(path) for one in stated for path in one.listed & folders if dirname(path) == one.folder}
    return {
        one.folder
        for one in stated
        if one.folder and one.folder not in listed and dirname(one.folder) in above
        and all(dirname(path) == one.folder for path in one.listed)
    }  # fmt: skip


def _left_out(manifest: Manifest) -> Manifest:
    return replace(manifest, setting=less_real("example", manifest.setting))
