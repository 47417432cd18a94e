"""What an Application of Argo CD, or one that an ApplicationSet makes, applies of which repository.

A path that is filled in later begins somewhere: before the first action, or where the patterns of folders begin that a
set's generators list. All that is below may be applied then; without either nothing is told.
Sources, read 2026-11-23: https://argo-cd.readthedocs.io/en/stable/user-guide/multiple_sources/ (sources, ref),
https://argo-cd.readthedocs.io/en/stable/user-guide/directory/ (recurse) and
https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Generators-Git/ (directories).
"""

from __future__ import annotations

from itertools import islice
from posixpath import normpath
from typing import TYPE_CHECKING

from nhilint.formats.kubernetes.parts import StatedSource
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node

_GENERATED = Deferred(r"\{\{|\$\{|[*?\[]")
"""Where a path is filled in, or a pattern of folders begins."""
_SPELLING = Deferred(r"^(?:[a-z+]{2,10}://)?(?:[\w.-]{1,80}@)?|(?:\.git)?/?$")
_MOST_SOURCES = 100
_MOST_PATTERNS = 200
_DEEPEST = 4


def sources_of(spec: Node) -> tuple[StatedSource, ...]:
    """What an Application applies, or each one that is made of a set's template."""
    inner = spec if spec["source"].exists or spec["sources"].exists else spec.at_path("template", "spec")
    listed = (*inner["sources"].items(), *inner["source"].items())
    patterns = tuple(islice(_patterns(spec["generators"]), _MOST_PATTERNS))
    return tuple(_source(one, patterns) for one in listed[:_MOST_SOURCES] if one.is_mapping and not one["chart"].exists)


def _source(node: Node, patterns: tuple[str, ...]) -> StatedSource:
    url, path = node["repoURL"].value, node["path"].value
    whole = node.at_path("directory", "recurse").value is True or node["plugin"].exists or node["helm"].exists
    told = isinstance(url, str) and not _GENERATED.search(url)
    address = _SPELLING.sub("", url.strip()).replace(":", "/").lower() if told and isinstance(url, str) else ""
    if not node["path"].exists:
        return StatedSource(address, () if node["ref"].exists else None)
    if not isinstance(path, str):
        return StatedSource(address, None)
    filled_in = _GENERATED.search(path)
    if not filled_in:
        return StatedSource(address, (_plain(path),), whole=whole)
    before = path[: filled_in.start()].rpartition("/")[0]
    begins = (before,) if before else tuple(_GENERATED.split(one)[0].rpartition("/")[0] for one in patterns)
    return StatedSource(address, tuple(map(_plain, begins)) if begins and all(begins) else None, whole=True)


def _plain(path: str) -> str:
    return normpath(path.strip().lstrip("/") or ".")


def _patterns(node: Node, depth: int = 0) -> Iterator[str]:
    """The patterns of folders that generators list, also those within others."""
    generators = node.items() if node.exists and depth < _DEEPEST else ()
    for key, inner in (entry for one in generators for entry in one.entries()):
        for folder in inner["directories"].items() if key == "git" else ():
            if isinstance(folder["path"].value, str) and folder["exclude"].value is not True:
                yield f"{folder['path'].value}/"
        yield from _patterns(inner["generators"], depth + 1)
