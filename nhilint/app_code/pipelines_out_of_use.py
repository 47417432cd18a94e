"""Terraform whose list of what it makes says, in the comment at its head, that its pipeline is disabled is not run.

The list is a YAML file of the repository that a file of the folder names by its path from there, as a variable's
default or in `file(…)`. Its comment has to say two things: that the pipeline is disabled, deprecated or retired, and
that changes have no effect any more, or that the file is kept for its history.
"""

from __future__ import annotations

from posixpath import normpath
from typing import TYPE_CHECKING

from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.tree import Tree

_TERRAFORM = (".tf", ".tofu")
_NAMED = Deferred(r"\"(?:\$\{path\.(?:module|root)\}/)?([\w./-]{1,200}\.ya?ml)\"")
_DISABLED = Deferred(
    r"\bpipeline (?:is|was|has been) (?:now |currently )?(?:disabled|deprecated|retired|decommissioned|switched off)\b"
)
_WITHOUT_EFFECT = Deferred(
    r"\b(?:(?:has|have) no (?:longer any )?effect|no longer (?:has|have) any effect|kept for historic(?:al)? reasons)\b"
)
_HEAD = 2_000
_LONGEST = 100_000


def without_pipeline(folders: Iterable[str], paths: frozenset[str], tree: Tree) -> set[str]:
    """Those of some folders whose own Terraform names such a list."""
    asked = set(folders)
    code = [path for path in paths if path.endswith(_TERRAFORM) and path.rpartition("/")[0] in asked]
    says_so: dict[str, bool] = {}
    found: set[str] = set()
    for path in sorted(code):
        folder = path.rpartition("/")[0]
        for named in _lists(path, tree) if folder not in found else ():
            at = normpath(f"{folder}/{named}")
            if at in paths and says_so.setdefault(at, _says_so(at, tree)):
                found.add(folder)
    return found


def _lists(path: str, tree: Tree) -> Iterator[str]:
    data = tree.read(path)
    text = data[:_LONGEST].decode("utf-8", "replace") if isinstance(data, bytes) and b".y" in data else ""
    return (match[1] for match in _NAMED.finditer(text))


def _says_so(path: str, tree: Tree) -> bool:
    """Whether the comment at the head of a file says both."""
    data = tree.read(path)
    lines = data[:_HEAD].decode("utf-8", "replace").lower().splitlines() if isinstance(data, bytes) else []
    comment: list[str] = []
    for line in map(str.strip, lines):
        if line and not line.startswith("#"):
            break
        comment.append(line.strip("# "))
    said = " ".join(comment)
    return _DISABLED.search(said) is not None and _WITHOUT_EFFECT.search(said) is not None
