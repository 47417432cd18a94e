"""Files that were read before a change and are out of sight after it, though they are still there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.gather import role_of
from nhilint.setting import more_real
from nhilint.settle.own_gate.seen import Seen, whole

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from nhilint.change import Before
    from nhilint.gather import Gathered, Reading
    from nhilint.settings import Settings
    from nhilint.tree import Tree


def lost_from_sight(
    tree: Tree, settings: Settings, now: Gathered, before: Before, then: Gathered, found_in: Collection[str]
) -> Iterator[Seen]:
    """What a change takes out of sight. `found_in` are the files in which something is found now."""
    newer = {older: name for name, older in before.changes.renamed.items()}
    present = frozenset(tree.paths())
    for path, reading in then.readings.items():
        if not reading.extraction.recognised or not before.touches(path) or role_of(path, settings) == "test":
            continue
        name = newer.get(path, path)
        if name not in present:
            continue
        said = _hidden(name, tree, before, path, now.readings.get(name))
        if said:
            yield Seen("coverage", said, whole(name))
        elif name in found_in and _plays_down(path, name, settings):
            yield Seen("coverage", f"moves {path} to {name}, where findings count for less", whole(name))
    for path in sorted(before.ignored & now.readings.keys()):
        if now.readings[path].extraction.recognised:
            yield Seen("ignore_file", f"has git ignore {path}, which nhilint reads", whole(path))


def _hidden(name: str, tree: Tree, before: Before, path: str, reading: Reading | None) -> str:
    """How a file that is still there is no longer read; empty when it is, or when it is simply something else now."""
    target = tree.link_target(name)
    if target is not None and before.tree.link_target(path) is None:
        return f"makes {name} a symbolic link to {target}"
    if reading is not None and not reading.extraction.recognised and reading.extraction.problems:
        return f"leaves {name} so that it cannot be read ({reading.extraction.problems[0].kind})"
    return ""


def _plays_down(older: str, newer: str, settings: Settings) -> bool:
    before, after = role_of(older, settings), role_of(newer, settings)
    return before != after and more_real(before, after) == before
