"""What a folder declares whose README or name says that it is out of use is kept, like an example, and not run.

The notice stands in the first lines of the README of the folder itself or of one above it, the top excepted, of which
`nhilint.purpose` asks, and begins its line: "> DEPRECATION NOTICE: …", "# Deprecated", "This stack has been retired".
What is said of a part ("the deprecated API's …") says nothing of the whole. A name says so by its last word
(`tf_files_deprecated`), or by its first before one for what is kept (`deprecated-modules`), unless code beside it
names the folder still. Left as they are: modules with a README, which others may still call, what runs by its place or
opens what it opens, as a secret in clear, and files that the change at hand adds.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.app_code.looked_through import MoreThanIsLookedThroughError, looked_through
from nhilint.setting import less_real
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

_KINDS = frozenset({"identity", "resource_policy"})
KINDS_BY_NAME = _KINDS | {"app"}
"""What is kept and not run in a folder whose name says that it is out of use."""
_OUT_OF_USE = r"(?:deprecated|retired|obsolete|archived|unused|decommissioned)"
_BY_NAME = Deferred(
    rf"(?!no(?:t|n|ne)[-_.])(?:[\w.-]*[-_.])?{_OUT_OF_USE}|"
    rf"{_OUT_OF_USE}[-_.](?:modules?|stacks?|infra|infrastructure|terraform|tf|projects?|env|envs|environments?|clusters?|"
    r"k8s|kubernetes|helm|charts?|manifests?|code|configs?|resources?|apps?|services?|files|scripts|roles|policies|"
    r"components?|installers?|providers?|pipelines?|deployments?|accounts?)",
    flags=re.IGNORECASE,
)
_CODE = (".tf", ".hcl", ".tfvars", ".yml", ".yaml", ".sh", ".mk", ".py", ".ts", ".toml", "Makefile", "Jenkinsfile")
_MOST_BYTES = 16_000_000
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
    resources: Iterable[Resource], tree: Tree, scopes: Sequence[str] = (), now: Tree | None = None
) -> tuple[Resource, ...]:
    """The resources; those in folders that `tree`, the one before a change, says are out of use are examples, unless
    code of `now`, the one that is judged, names a folder that only its name says so of.

    Who names a file or folder (`scopes`) means what is in it."""
    listed = tuple(resources)
    folders = {one.at.path.rpartition("/")[0] for one in listed if one.kind in KINDS_BY_NAME} - {""}
    if not folders:
        return listed
    paths = frozenset(tree.paths())

    says_so = cache(lambda folder: _says_so(folder, paths, tree))
    judged = {f for f in folders if not any(f"{f}/".startswith(f"{one}/") for one in scopes)}
    idle = {f for f in judged if any(map(says_so, with_those_above(f)))}
    by_name = out_by_name(judged - idle, now or tree)
    return tuple(
        replace(one, setting=less_real("example", one.setting))
        if one.at.path in paths and _is_kept(one, idle, by_name)
        else one
        for one in listed
    )


def _is_kept(one: Resource, idle: set[str], by_name: set[str]) -> bool:
    folder = one.at.path.rpartition("/")[0]
    return (one.kind in _KINDS and folder in idle) or (one.kind in KINDS_BY_NAME and folder in by_name)


def out_by_name(folders: set[str], tree: Tree) -> set[str]:
    """The folders that stand in one whose name says so and that no code outside of such folders names."""
    named = {f: [word for word in f.split("/") if _BY_NAME.fullmatch(word)] for f in folders}
    words = {word for found in named.values() for word in found}
    used = _named_by_code(words, tree) if words else words
    return {f for f, found in named.items() if not used.issuperset(found)}


def _named_by_code(words: set[str], tree: Tree) -> set[str]:
    """Those of some folders' names that code elsewhere has as a part of a path; all where there is too much of it."""
    forms = {word: re.compile(rf"(?<![\w.-]){re.escape(word)}(?=[/\"'\s])".encode()) for word in words}
    used: set[str] = set()
    try:
        for path, data in looked_through(tree, lambda path: path.endswith(_CODE), _MOST_BYTES):
            if words.isdisjoint(path.split("/")):
                used.update(word for word in words if word.encode() in data and forms[word].search(data))
    except MoreThanIsLookedThroughError:
        return words
    return used


def with_those_above(folder: str) -> Iterator[str]:
    """A folder and those above it, the top excepted."""
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
