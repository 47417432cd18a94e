"""What a folder runs is doubtful where the lists that install the folders beside it have it commented out.

An ApplicationSet, a kustomization or another list of YAML names the folders that it installs, one an entry, as in
`- name: x`. Where every list that has an entry for one has it behind a `#`, names two or more of the folders beside it,
and no other file names it, what stands there is kept for later. A text for people and a list of dependencies to renew
name it without name it without running it. Source, read 2026-11-23:
https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Generators-List/.
"""

from __future__ import annotations

import re
from posixpath import dirname
from typing import TYPE_CHECKING

from nhilint.model.finding import Confidence
from nhilint.settle.lowered import without_consequence
from nhilint.settle.own_words import first_texts
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.model.finding import Finding
    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

COMMENTED_OUT = "the lists of this repository that install what stands beside it have it commented out"
_MANIFESTS = (".yaml", ".yml")
_READABLE = (*_MANIFESTS, ".tf", ".hcl", ".tfvars", ".json", ".jsonnet", ".libsonnet", ".sh", ".py", ".toml", ".tpl",
             ".j2", ".mk", ".go", ".ts", "Makefile", "Jenkinsfile", "justfile")  # fmt: skip
_NO_INSTALLERS = Deferred(r"(?:^|/)\.?(?:renovate|github/labeler|github/CODEOWNERS)")
_MOST = 4_000
_FEWEST_BESIDE = 2
_TEMPLATES = "/templates/"
_ENTRY = Deferred(
    r"^[ \t]*(#?)[# \t]*-[ \t]*(?:\{[ \t]*)?(?:(?:name|path|chart|app|folder)[\"']?:[ \t]*)?[\"']?"
    r"(?:[\w.-]{1,100}/){0,9}([\w.-]{2,100})/?[\"']?[ \t]*(?:[,}#\r].*)?$",
    flags=re.MULTILINE,
)


def retold(findings: tuple[Finding, ...], _: tuple[Resource, ...], tree: Tree) -> tuple[Finding, ...]:
    """The findings; those about what stands in such a folder with low confidence."""
    folders = {folder for one in findings if (folder := _folder_of(one))}
    left_out = _left_out(folders, tree) if folders else set()
    return tuple(without_consequence(one, COMMENTED_OUT) if _folder_of(one) in left_out else one for one in findings)


def _folder_of(finding: Finding) -> str:
    """The folder of manifests, or the chart, that a finding about a cluster stands in; empty for what is no such."""
    path = finding.place.path
    is_told = finding.subject.kind == "identity" and finding.confidence > Confidence.LOW
    if not is_told or not path.endswith(_MANIFESTS):
        return ""
    folder = path.partition(_TEMPLATES)[0] if _TEMPLATES in path else dirname(path)
    return folder if "/" in folder else ""


def _left_out(folders: set[str], tree: Tree) -> set[str]:
    """The folders that only entries behind a comment name, each among live ones for folders beside it."""
    paths = [path for path in tree.paths() if path.endswith(_READABLE) and not _NO_INSTALLERS.search(path)]
    if len(paths) > _MOST:
        return set()
    beside = _names_beside(folders, tree)
    found: set[str] = set()
    open_ = set(folders)
    for path, text in first_texts(tree, set(paths).__contains__, _MOST):
        for folder in [one for one in open_ if not path.startswith(f"{one}/")]:
            name = folder.rpartition("/")[2]
            if name not in text:
                continue
            if _is_live(name, text):
                open_.discard(folder)
            elif path.endswith(_MANIFESTS) and _is_listed_behind_comment(name, beside[folder], text):
                found.add(folder)
        if not open_:
            break
    return found & open_


def _names_beside(folders: set[str], tree: Tree) -> dict[str, frozenset[str]]:
    """By folder the names of the others that lie where it does."""
    inside: dict[str, set[str]] = {dirname(folder): set() for folder in folders}
    seen: set[str] = set()
    for path in tree.paths():
        folder = dirname(path)
        while folder and folder not in seen:
            seen.add(folder)
            above, _, name = folder.rpartition("/")
            if above in inside:
                inside[above].add(name)
            folder = above
    return {folder: frozenset(inside[dirname(folder)]) - {folder.rpartition("/")[2]} for folder in folders}


def _is_live(name: str, text: str) -> bool:
    """Whether a line that is no comment has a name."""
    word = re.compile(rf"(?<![\w.-]){re.escape(name)}(?![\w-])")
    return any(word.search(line) and not line.lstrip().startswith(("#", "//")) for line in text.splitlines())


def _is_listed_behind_comment(name: str, beside: frozenset[str], text: str) -> bool:
    entries = _ENTRY.findall(text)
    installed = {named for mark, named in entries if not mark} & beside
    return ("#", name) in entries and len(installed) >= _FEWEST_BESIDE
