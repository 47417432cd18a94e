"""An app's manifest and the paths of a tree become the texts of its code, or the reason why they are not all there.

Code belongs to a manifest when it lies in the folder of the nearest package or clasp project around it (in the part of
it that the project pushes, where manifest and code are there), else in the manifest's own folder; an app of Slack or
GitHub may have it anywhere, since its manifest says nothing of where it runs.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import takewhile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from nhilint.app_code.pushed_folders import PROJECT, pushed_folder
from nhilint.app_code.words import has_any
from nhilint.tree import is_listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.tree import Tree

_MOST_BYTES = 12_000_000
_MOST_FILES = 3_000
_PROJECT_FILES = ("package.json", PROJECT)
_ANYWHERE = frozenset({"github-app-manifest", "slack-manifest"})
_LOCKS = frozenset({"package-lock.json", "pnpm-lock.yaml", "yarn.lock", "composer.lock", "poetry.lock", "uv.lock"})
_MANIFEST_WORDS = ("display_information",)
_listed: WeakKeyDictionary[Tree, dict[frozenset[str], tuple[str, ...]]] = WeakKeyDictionary()
"""The paths of code of each tree by their endings: many apps of one tree ask for the same."""


def code_of(manifest: str, format_id: str, endings: frozenset[str], tree: Tree) -> tuple[str, ...] | str:
    """The texts of an app's code, in files of these endings; a text that says why they cannot all be had."""
    folder = "" if format_id in _ANYWHERE else _project(manifest, tree)
    pushed = None if format_id in _ANYWHERE else pushed_folder(folder, tree)
    if pushed is not None and manifest.startswith(pushed):
        found = code_in(pushed, manifest, endings, tree)
        if found:
            return found
    return code_in(folder, manifest, endings, tree)


def code_beside(manifest: str, endings: frozenset[str], tree: Tree) -> tuple[str, ...]:
    """The texts in the manifest's own folder, which are the app's whatever else is; none where they cannot be had."""
    found = code_in(_own(manifest), manifest, endings, tree)
    return () if isinstance(found, str) else found


def code_in(folder: str, manifest: str, endings: frozenset[str], tree: Tree) -> tuple[str, ...] | str:
    """The texts below a folder (with a slash, or empty for all), the manifest's own excepted; else why not."""
    texts: list[str] = []
    size = 0
    for path in _paths(folder, endings, tree):
        if path == manifest:
            continue
        data = tree.read(path)
        if data is None:
            continue
        if not isinstance(data, bytes):
            return "a part of its code cannot be read"
        size += len(data)
        if size > _MOST_BYTES or len(texts) >= _MOST_FILES:
            return "more code than is looked through"
        text = data.decode("utf-8", "replace")
        if not has_any((text,), _MANIFEST_WORDS):
            texts.append(text)
    return tuple(texts)


def _project(manifest: str, tree: Tree) -> str:
    """The folder that an app's code lies in, with a slash at its end; empty for the whole tree."""
    for folder in PurePosixPath(manifest).parents:
        prefix = "" if str(folder) == "." else f"{folder}/"
        if any(is_listed(tree, f"{prefix}{name}") for name in _PROJECT_FILES):
            return prefix
    return _own(manifest)


def _own(manifest: str) -> str:
    folder = str(PurePosixPath(manifest).parent)
    return "" if folder == "." else f"{folder}/"


def _paths(folder: str, endings: frozenset[str], tree: Tree) -> Iterator[str]:
    """The paths of code below a folder, in order."""
    by_endings = _listed.setdefault(tree, {})
    if endings not in by_endings:
        by_endings[endings] = tuple(path for path in tree.paths() if _is_code(path, endings))
    listed = by_endings[endings]
    from_there = (listed[index] for index in range(bisect_left(listed, folder), len(listed)))
    return takewhile(lambda path: path.startswith(folder), from_there)


def _is_code(path: str, endings: frozenset[str]) -> bool:
    name = path.rpartition("/")[2]
    return name.rpartition(".")[2].lower() in endings and name not in _LOCKS
