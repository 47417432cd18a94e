"""A kustomization says which files of its folder are applied: what it leaves out stands there and runs nowhere.

Read are the local paths of `resources`, `components`, `bases`, `crds`, `generators`, `transformers`, `configurations`,
`replacements` and of the patches. A manifest that the kustomization of its own folder leaves out, and that no other one
of the repository lists, is kept like an example; one that is listed as a patch alone changes an object that is declared
elsewhere and is none itself. Which kustomization is applied, and when, a file does not say. Sources, read 2026-11-22:
https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/ and, for a folder that has one being applied
through it alone, https://fluxcd.io/flux/components/kustomize/kustomizations/#generating-a-kustomizationyaml-file.
"""

from __future__ import annotations

from posixpath import dirname, normpath
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.kubernetes.parts import Manifest, StatedKustomization
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
_MOST = 2_000
"""Entries of one list that are followed; what comes after counts as nothing, so that nothing is left out by mistake."""
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
    if not listed and not patches:
        return Extraction(recognised=False)
    part = StatedKustomization("kustomization", root.at, folder, listed, patches)
    facts = Identity(at=root.at, name=Known(part.name, root.at), provider=Known("kubernetes", root.at))
    return Extraction((Manifest("identity", part.name, claim.format, facts, part=part),))


def _paths(entries: Node, folder: str) -> Iterator[str]:
    for number, item in enumerate(entries.items()):
        stated = item["path"].value if item.is_mapping else item.value
        if isinstance(stated, str) and number < _MOST and "\n" not in stated and "://" not in stated:
            yield normpath(f"{folder}/{stated}" if folder else stated)


def as_applied(manifests: Iterable[Manifest]) -> list[Manifest]:
    """The manifests as kustomizations apply them: without patches, and with what is left out kept like an example."""
    every = list(manifests)
    stated = [one.part for one in every if isinstance(one.part, StatedKustomization)]
    if not stated:
        return every
    listing = {one.folder for one in stated if one.listed}
    listed = frozenset(path for one in stated for path in one.listed)
    patches = frozenset(path for one in stated for path in one.patches) - listed
    kept = (one for one in every if not isinstance(one.part, StatedKustomization) and one.at.path not in patches)
    return [_left_out(one) if _is_left_out(one.at.path, listing, listed) else one for one in kept]


def _is_left_out(path: str, listing: set[str], listed: frozenset[str]) -> bool:
    return dirname(path) in listing and path not in listed


def _left_out(manifest: Manifest) -> Manifest:
    return replace(manifest, setting=less_real("example", manifest.setting))
