"""A change as a scan judges it: the state before it, what differs, and by what it is judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from nhilint.errors import UsageError
from nhilint.history.repository import Changes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from nhilint.tree import Tree


class Before(Struct, frozen=True, kw_only=True):
    """The state before a change. `name` is what the user called it, `commit` its hash.

    `authors` are names that the makers of the change may be called by, in lower case. `packs` are the folders of
    further policies, as the configuration of that state names them.
    """

    tree: Tree
    changes: Changes = Changes()
    name: str = ""
    commit: str = ""
    authors: frozenset[str] = frozenset()
    packs: tuple[str, ...] = ()
    ignored: frozenset[str] = frozenset()
    """Tracked files that the work tree's ignore files cover, where the change touches an ignore file."""

    def with_changed(self, paths: Iterable[str]) -> Before:
        """The same with further paths that the change touches."""
        changes = replace(self.changes, changed=self.changes.changed | frozenset(paths))
        return replace(self, changes=changes)

    def touches(self, path: str) -> bool:
        """Whether the change touches a path, by either name of a moved file."""
        return path in self.changes.changed or path in self.changes.removed or path in self.changes.renamed.values()


def changes_between(before: Tree, after: Tree) -> Changes:
    """What differs between two trees, by their bytes; a file is taken for moved when it is the same one elsewhere."""
    older, newer = frozenset(before.paths()), frozenset(after.paths())
    removed = sorted(older - newer)
    by_content = {content: path for path in removed if isinstance(content := before.read(path), bytes)}
    renamed: dict[str, str] = {}
    for path in sorted(newer - older):
        content = after.read(path)
        if isinstance(content, bytes) and content in by_content:
            renamed[path] = by_content.pop(content)
    changed = {path for path in newer if path not in older or before.read(path) != after.read(path)}
    return Changes(frozenset(changed), frozenset(removed) - frozenset(renamed.values()), renamed)


def materialised(tree: Tree, folders: Iterable[str], into: Path) -> tuple[Path, ...]:
    """Policy folders of a tree as folders on disk, since a pack is read from there. UsageError for one it lacks."""
    made: list[Path] = []
    for number, folder in enumerate(folders):
        prefix = folder.strip("/").removeprefix("./") + "/"
        target = into / str(number)
        for path in tree.paths():
            inside = path.removeprefix(prefix)
            if inside == path or not inside.endswith(".yaml") or ".." in inside.split("/"):
                continue
            data = tree.read(path)
            if isinstance(data, bytes) and tree.link_target(path) is None:
                (target / inside).parent.mkdir(parents=True, exist_ok=True)
                (target / inside).write_bytes(data)
        if not target.is_dir():
            msg = f"the state before the change has no policy folder {folder}"
            raise UsageError(msg)
        made.append(target)
    return tuple(made)
