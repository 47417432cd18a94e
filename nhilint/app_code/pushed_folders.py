"""The project file of Apps Script's command line becomes the folder that is pushed, and manifests that are not.

`.clasp.json` may name a `rootDir`: what lies there is the script, and a manifest left beside the project file is not
sent anywhere. Source: github.com/google/clasp, docs/config-files.md (`<rootDir>/appsscript.json`), read 2026-11-23.
"""

from __future__ import annotations

import json
import posixpath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.tree import Tree

PROJECT = ".clasp.json"
_MOST_BYTES = 100_000


def pushed_folder(prefix: str, tree: Tree) -> str | None:
    """The folder (with a slash, empty for the top) that the project file below `prefix` names, if it names another."""
    data = tree.read(f"{prefix}{PROJECT}")
    if not isinstance(data, bytes) or len(data) > _MOST_BYTES:
        return None
    try:
        stated = json.loads(data)
    except (ValueError, RecursionError):
        return None
    named = stated.get("rootDir") if isinstance(stated, dict) else None
    if not isinstance(named, str) or not named or named.startswith("/"):
        return None
    folder = posixpath.normpath(f"{prefix}{named}")
    if folder == ".." or folder.startswith("../"):
        return None
    found = "" if folder == "." else f"{folder}/"
    return None if found == prefix else found


def unpushed(manifests: Iterable[str], tree: Tree) -> Iterator[str]:
    """The manifests beside a project file that pushes another folder, which has a manifest of its own."""
    known = frozenset(manifests)
    for path in known:
        folder, slash, name = path.rpartition("/")
        pushed = pushed_folder(f"{folder}{slash}", tree) if len(known) > 1 else None
        if pushed is not None and f"{pushed}{name}" in known:
            yield path
