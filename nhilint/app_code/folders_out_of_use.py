"""What a folder declares whose README opens by saying that it is out of use is kept, like an example, and not run.

The notice stands in the first lines of the README of the folder itself or of one above it, the top excepted, of which
`nhilint.purpose` asks, and begins its line: "> DEPRECATION NOTICE: …", "# Deprecated", "This stack has been retired".
What is said of a part ("the deprecated API's …") says nothing of the whole. Left as they are: modules, which others may
still call, what runs by its place or opens what it opens, and files that the change at hand adds.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.setting import less_real
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

_KINDS = frozenset({"identity", "resource_policy"})
_READMES = ("README.md", "readme.md", "Readme.md", "README.rst", "README.txt", "README")
_LINES = 5
_HEAD = 3_000
_MARKUP = Deferred(r"[^a-z0-9]{0,30}")
_NOTICE = Deferred(
    r"(?:(?:warning|note|important|caution|status)[^a-z0-9]{1,10})?(?:"
    r"(?:deprecat(?:ed|ion (?:notice|warning))|decommissioned|no longer (?:in use|used|deployed))"
    r"(?=[^a-z0-9]{0,40}$|[ *_`]{0,9}[:.,(!—–-](?!\W{0,9}this document)| (?:in favou?r|as of|since|from|and|by)\b)|"
    r"(?:this|these) (?:[\w`/.-]{1,40} ){0,3}(?:folder|directory|section|stack|chart|component|module|project|role|"
    r"package|service|server|function|infrastructure|environment|account|cluster|deployment|configuration|code|templates?|"
    r"scripts?|manifests?|polic(?:y|ies)|lab|series)"
    r" (?:is|are|was|were|has been|have been) (?:now |currently |being )?[*_]{0,3}"
    r"(?:deprecated|decommissioned|retired|archived|obsolete|superseded|no longer (?:in use|used|deployed|maintained)|"
    r"not (?:in use|currently deployed))\b)"
)


def with_folders_out_of_use(
    resources: Iterable[Resource], tree: Tree, scopes: Sequence[str] = ()
) -> tuple[Resource, ...]:
    """The resources; those in folders that `tree`, the one before a change, says are out of use are examples.

    Who names a file or folder (`scopes`) means what is in it."""
    listed = tuple(resources)
    folders = {one.at.path.rpartition("/")[0] for one in listed if one.kind in _KINDS} - {""}
    if not folders:
        return listed
    paths = frozenset(tree.paths())

    says_so = cache(lambda folder: _says_so(folder, paths, tree))
    idle = {
        f
        for f in folders
        if any(map(says_so, _with_those_above(f))) and not any(f"{f}/".startswith(f"{one}/") for one in scopes)
    }
    return tuple(
        replace(one, setting=less_real("example", one.setting))
        if one.kind in _KINDS and one.at.path.rpartition("/")[0] in idle and one.at.path in paths
        else one
        for one in listed
    )


def _with_those_above(folder: str) -> Iterator[str]:
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]


def _says_so(folder: str, paths: frozenset[str], tree: Tree) -> bool:
    """Whether the README of a folder opens with such a notice."""
    path = next((f"{folder}/{name}" for name in _READMES if f"{folder}/{name}" in paths), None)
    if path is None or "modules" in folder.split("/"):
        return False
    data = tree.read(path)
    text = data[:_HEAD].decode("utf-8", "replace").lower() if isinstance(data, bytes) else ""
    lines = [line for line in map(str.strip, text.splitlines()) if line]
    return any(_opens(line) for line in lines[:_LINES])


def _opens(line: str) -> bool:
    mark = _MARKUP.match(line)
    return _NOTICE.match(line[mark.end() if mark else 0 :]) is not None
