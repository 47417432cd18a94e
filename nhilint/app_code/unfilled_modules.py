"""A folder of Terraform that asks for values nobody gives, beside folders that are called, makes nothing: an example.

A root that keeps a state elsewhere calls a folder beside it by its path, so that the folders there are modules of this
project, and those within them. One that no `source` names outside of comments cannot be applied by itself either, where
it has a variable without a default, says of no provider and keeps no state, has no file of values, and no script,
pipeline or page of the repository goes to it. Sources, read 2026-11-22: developer.hashicorp.com/terraform/language/
modules/syntax, …/language/values/variables (a variable without `default` has to be set).
"""

from __future__ import annotations

import re
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.app_code.commented_out import without_comments
from nhilint.app_code.looked_through import MoreThanIsLookedThroughError, looked_through
from nhilint.app_code.terraform_sources import parts_of, sources_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

_TERRAFORM = "terraform-"
_ENDING = ".tf"
_VALUES = (".tfvars", ".tfvars.json", "terragrunt.hcl")
_GOING_THERE = (
    *(".sh", ".bash", ".ps1", ".py", ".yml", ".yaml", ".json", ".hcl", ".md", ".toml", ".mk"),
    *("Makefile", "makefile", "Jenkinsfile", "Taskfile", "justfile", "Dockerfile"),
)
_VARIABLE = re.compile(rb'(?m)^variable[ \t]+"[^"\n]{1,100}"[ \t]*\{((?:[^{}]|\{[^{}]{0,2000}\}){0,4000})\}')
_DEFAULT = re.compile(rb"(?m)^[ \t]*default[ \t]*=")
_ROOT = re.compile(rb'(?m)^[ \t]*(?:provider[ \t]+"|backend[ \t]+"|cloud[ \t]*\{)')
_STATE = re.compile(rb'\b(?:backend[ \t]+"(?!local")\w+"|cloud)[ \t]*\{')
_MOST_BYTES = 30_000_000


def with_unfilled_modules(
    resources: Iterable[Resource], tree: Tree, earlier: Tree | None = None
) -> tuple[Resource, ...]:
    """The resources; those of folders that no call and no run can fill are examples. In a change they were so in the
    `earlier` tree as well."""
    listed = tuple(resources)
    asked = {
        dirname(one.at.path) for one in listed if one.format.startswith(_TERRAFORM) and one.setting == "production"
    }
    left = _unfilled(asked - {""}, tree)
    left = _unfilled(left, earlier) if left and earlier is not None else left
    if not left:
        return listed
    return tuple(
        replace(one, setting="example")
        if one.format.startswith(_TERRAFORM) and one.setting == "production" and dirname(one.at.path) in left
        else one
        for one in listed
    )


def _unfilled(asked: set[str], tree: Tree) -> set[str]:
    """Those of the folders of which all that is sure; none where the tree is too large to tell."""
    if not asked:
        return set()
    try:
        found = looked_through(tree, lambda path: path.endswith(_ENDING), _MOST_BYTES)
        texts = {path: without_comments(data) for path, data in found}
        modules = {dirname(path) for path in texts}
        named = parts_of({source for data in texts.values() for source in sources_in(data)})
        left = {folder for folder in asked if folder.rpartition("/")[2].encode() not in named}
        beside = _beside_called(texts) if left else set()
        left = {folder for folder in left if _is_within(folder, beside, modules)}
        left -= {dirname(path) for path in tree.paths() if path.endswith(_VALUES)} if left else set()
        left = {folder for folder in left if _asks_for_values(folder, texts)}
        return left - _gone_to(left, tree) if left else left
    except MoreThanIsLookedThroughError:
        return set()


def _beside_called(texts: Mapping[str, bytes]) -> set[str]:
    """The folders that hold a module which a root that keeps its state elsewhere calls by its path, and no root."""
    roots = {dirname(path) for path, data in texts.items() if _STATE.search(data)}
    found: set[str] = set()
    for path, data in texts.items():
        for source in sources_in(data) if dirname(path) in roots else ():
            if source.startswith((b"./", b"../")):
                found.add(normpath(join(dirname(path), source.decode(errors="replace"))))
    of_roots = {dirname(root) for root in roots if root}
    return {dirname(called) for called in found - roots if not called.startswith("..")} - of_roots


def _is_within(folder: str, beside: set[str], modules: set[str]) -> bool:
    """Whether a folder stands beside those that are called, by itself or within modules that do."""
    home = dirname(folder)
    while home not in beside and home in modules - {""}:
        home = dirname(home)
    return home in beside


def _asks_for_values(folder: str, texts: Mapping[str, bytes]) -> bool:
    """Whether a folder has a variable that has to be set, and says nothing of how it is run by itself."""
    own = [data for path, data in texts.items() if dirname(path) == folder]
    asks = any(not _DEFAULT.search(body) for data in own for body in _VARIABLE.findall(data))
    return asks and not any(_ROOT.search(data) for data in own)


def _gone_to(folders: set[str], tree: Tree) -> set[str]:
    """The folders that a script, a pipeline or a page names by its last two parts, or by its only one."""
    named = {folder: "/".join(folder.split("/")[-2:]).encode() for folder in folders}
    found: set[str] = set()
    for path, data in looked_through(tree, lambda path: path.endswith(_GOING_THERE), _MOST_BYTES):
        found |= {folder for folder, words in named.items() if words in data and not path.startswith(f"{folder}/")}
    return found
