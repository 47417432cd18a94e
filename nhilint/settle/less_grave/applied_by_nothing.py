"""What an account may do is doubtful where nothing of the repository applies the manifest that says so.

Either its folder has a kustomization of its own that no other file names, while kustomizations name most of its
siblings, three at the least: such folders are bases, and this one is left over. Or its name says that it is kept, and
the kustomization of the folder above names others beside it. Or Terraform reads two or more other
files of the folder above it, each by its name, and nothing names the file or its folder. A file that names the folder,
a script as well as a text, and a pattern that may mean it make it unknown: then nothing changes. So does a second
object of one of its names elsewhere, which may be what is applied, unless the folder is called after what is kept.
Sources, read 2026-11-23:
https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/resource/ and
https://developer.hashicorp.com/terraform/language/functions/file.
"""

from __future__ import annotations

import re
from functools import cached_property
from posixpath import dirname, normpath
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.model.finding import Confidence
from nhilint.settle.own_words import first_texts, text_of
from nhilint.source.deferred import Deferred
from nhilint.tree import is_listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.model.finding import Finding
    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

BY_KUSTOMIZE = "no kustomization of this repository applies it"
BY_TERRAFORM = "no Terraform here reads it, as it reads others beside it"
_MANIFESTS = (".yaml", ".yml")
_KUSTOMIZATIONS = ("kustomization.yaml", "kustomization.yml", "Kustomization")
_TERRAFORM = (".tf", ".tofu")
_READABLE = (*_MANIFESTS, *_TERRAFORM, ".hcl", ".tfvars", ".json", ".sh", ".py", ".md", ".toml", ".tpl", ".j2", ".mk",
             ".go", ".ts", ".rb", ".ps1", ".txt", "Makefile", "Jenkinsfile", "Taskfile")  # fmt: skip
_MOST = 4_000
_FEWEST_NAMED, _FEWEST_READ = 3, 2
_READS = Deferred(r"""(?:template)?file\(\s*"(?:\$\{path\.(?:module|root|cwd)\}/)?\.?/?([^"]{1,300})""")
_SEVERAL = Deferred(
    r"fileset\(|(?<![a-z0-9])(?:template)?file\(\s*[^\"\s]|kubectl_(?:path|filename|file)_documents|\*\.ya?ml"
)
_NAME = Deferred(
    r"""^metadata:(?:[^\n]*\{[^\n}]*?|[ \t]*\n(?:[ \t]+(?!name:)[^\n]*\n){0,40}?[ \t]+)""",
    r"""\bname:[ \t]*["']?([\w.:-]{1,253})""",
    flags=re.MULTILINE,
)
_BY_HAND = "bootstrap"
_KEPT = Deferred(r"(?:[\w.-]*[-_.])?(?:archived?|old|retired|deprecated|unused|disabled)", flags=re.IGNORECASE)
"""How a folder is called that is kept and not applied."""


class _Lists:
    """What the kustomizations and the Terraform of a tree name, each read once."""

    def __init__(self, tree: Tree) -> None:
        self.paths = frozenset(tree.paths())
        self._tree = tree

    @cached_property
    def targets(self) -> dict[str, frozenset[str]]:
        """By path of a kustomization what the entries of its lists name, as paths."""
        return {path: frozenset(_targets(path, text)) for path, text in _texts(self._tree, _KUSTOMIZATIONS)}

    @cached_property
    def read(self) -> frozenset[str] | None:
        """The files that Terraform reads, each by its name; None where some are not to be told."""
        read: set[str] = set()
        for code, text in _texts(self._tree, _TERRAFORM):
            names = _READS.findall(text) if "file(" in text else []
            if _SEVERAL.search(text) or any("${" in one.rpartition("/")[2] for one in names):
                return None
            read.update(normpath(f"{dirname(code)}/{one}") for one in names)
        return frozenset(read)


def retold(findings: tuple[Finding, ...], _: tuple[Resource, ...], tree: Tree) -> tuple[Finding, ...]:
    """The findings; those about accounts in such a file with low confidence."""
    asked = {one.place.path for one in findings if _is_meant(one)}
    if not asked:
        return findings
    lists = _Lists(tree)
    candidates = {path: doubt for path in asked if (doubt := _doubt(path, lists))}
    if not candidates:
        return findings
    unnamed = candidates.keys() - _named(candidates, tree)
    return tuple(
        replace(one, confidence=Confidence.LOW, doubt=candidates[one.place.path])
        if _is_meant(one) and one.place.path in unnamed
        else one
        for one in findings
    )


def _is_meant(finding: Finding) -> bool:
    path = finding.place.path
    is_told = finding.subject.kind == "identity" and finding.confidence > Confidence.LOW
    return is_told and path.endswith(_MANIFESTS) and _BY_HAND not in path and "/" in dirname(path)


def _doubt(path: str, lists: _Lists) -> str:
    """Why a file may be left over, by what stands beside it; empty where nothing says so."""
    if _is_base_left_out(dirname(path), lists) or _is_kept_beside(dirname(path), lists):
        return BY_KUSTOMIZE
    return BY_TERRAFORM if _is_unread(path, lists) else ""


def _is_base_left_out(folder: str, lists: _Lists) -> bool:
    """Whether a folder has a kustomization of its own files alone, and of its siblings kustomizations name most."""
    by_folder = {dirname(path): named for path, named in lists.targets.items()}
    beside = {one for one in by_folder if dirname(one) == dirname(folder)} - {folder}
    if folder not in by_folder or len(beside) < _FEWEST_NAMED:
        return False
    listed = {target for targets in by_folder.values() for target in targets}
    takes_in_others = any(dirname(target) != folder for target in by_folder[folder])
    named = beside & listed
    is_most = len(named) >= _FEWEST_NAMED and len(named) * 4 >= len(beside) * 3
    return is_most and folder not in listed and not takes_in_others


def _is_kept_beside(folder: str, lists: _Lists) -> bool:
    """Whether a folder is called after what is kept, and the kustomization above it names others beside it alone."""
    if not _KEPT.fullmatch(folder.rpartition("/")[2]):
        return False
    above = [named for path, named in lists.targets.items() if dirname(path) == dirname(folder)]
    listed = {target for targets in lists.targets.values() for target in targets}
    beside = {one for targets in above for one in targets if dirname(one) == dirname(folder)}
    return bool(beside) and not any(one == folder or one.startswith(f"{folder}/") for one in listed)


def _targets(path: str, text: str) -> Iterator[str]:
    """What the entries of lists in a kustomization name, as paths."""
    for line in text.split("\n"):
        entry = line.strip()
        if entry.startswith("- "):
            stated = entry[2:].partition(" #")[0].strip().strip("\"'")
            yield normpath(f"{dirname(path)}/{stated}")


def _is_unread(path: str, lists: _Lists) -> bool:
    """Whether Terraform reads other files of the folder above one by their names, and it applies no kustomization."""
    above = dirname(dirname(path))
    if any(f"{folder}/{one}" in lists.paths for folder in (dirname(path), above) for one in _KUSTOMIZATIONS):
        return False
    if lists.read is None or path in lists.read:
        return False
    return sum(one.startswith(f"{above}/") and one in lists.paths for one in lists.read) >= _FEWEST_READ


def _named(candidates: Iterable[str], tree: Tree) -> set[str]:
    """The files that another one names: by their folder or their own name, or an object of one of their names."""
    wanted = {path: _words(path, tree) for path in candidates}
    found: set[str] = set()
    readable = [path for path in tree.paths() if path.endswith(_READABLE)]
    if len(readable) > _MOST:
        return set(wanted)
    for other, text in _texts(tree, _READABLE):
        for path, words in wanted.items():
            if path not in found and not other.startswith(f"{dirname(path)}/") and words.search(text):
                found.add(path)
    return found


def _words(path: str, tree: Tree) -> re.Pattern[str]:
    folder, above = dirname(path).rpartition("/")[2], dirname(dirname(path))
    is_kept = _KEPT.fullmatch(folder) is not None
    objects = () if is_kept else _NAME.findall(text_of(tree, path))
    stated = [rf"name:[ \t]*[\"']?{re.escape(name)}[\"']?(?=[\s,}}]|$)" for name in objects]
    whole = (
        "" if is_kept else r"|/?[\"']?[ \t]*$"
    )  # a kustomization says of what is kept whether the folder above has it
    places: tuple[str, ...] = (rf"/{re.escape(folder)}(?![\w.-])", rf"{re.escape(above)}(?:/\*{whole})")
    if not any(is_listed(tree, f"{dirname(path)}/{one}") for one in _KUSTOMIZATIONS):
        places = (*places, re.escape(path.rpartition("/")[2]))
    return re.compile("|".join((*places, *stated)), flags=re.MULTILINE)


def _texts(tree: Tree, ends: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    return first_texts(tree, lambda path: path.endswith(ends), _MOST)
