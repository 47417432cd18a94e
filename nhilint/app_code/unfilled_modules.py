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

from nhilint.app_code.kept_like_examples import kept_like_examples
from nhilint.app_code.looked_through import MoreThanIsLookedThroughError, looked_through

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nhilint.app_code.terraform_sources import TerraformSources
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
    resources: Iterable[Resource], files: TerraformSources, earlier: TerraformSources | None = None
) -> tuple[Resource, ...]:
    """The resources; those of folders that no call and no run can fill are examples. In a change they were so in the
    `earlier` files as well."""
    return kept_like_examples(resources, _asked_of, _unfilled, files, earlier)


def _asked_of(resource: Resource) -> str:
    """The folder of what counts as in force; empty for anything else."""
    is_in_force = resource.format.startswith(_TERRAFORM) and resource.setting == "production"
    return dirname(resource.at.path) if is_in_force else ""


def _unfilled(asked: set[str], files: TerraformSources) -> set[str]:
    """Those of the folders of which all that is sure; none where the tree is too large to tell."""
    try:
        return _sure(asked, files) if asked else set()
    except MoreThanIsLookedThroughError:
        return set()


def _sure(asked: set[str], files: TerraformSources) -> set[str]:
    """The same, each question asked of what those before it left."""
    named = files.parts_named(_ENDING)
    left = {folder for folder in asked if folder.rpartition("/")[2].encode() not in named}
    texts = {path: data for path, data in files.texts.items() if path.endswith(_ENDING)}
    if left:
        beside, modules = _beside_called(texts, files.sources), set(map(dirname, texts))
        left = {folder for folder in left if _is_within(folder, beside, modules)}
    if left:
        left -= {dirname(path) for path in files.tree.paths() if path.endswith(_VALUES)}
        left = {folder for folder in left if _asks_for_values(folder, texts)}
    return left - _gone_to(left, files.tree) if left else left


def _beside_called(texts: Mapping[str, bytes], sources: Mapping[str, tuple[bytes, ...]]) -> set[str]:
    """The folders that hold a module which a root that keeps its state elsewhere calls by its path, and no root."""
    roots = {dirname(path) for path, data in texts.items() if _STATE.search(data)}
    found: set[str] = set()
    for path, named in sources.items():
        home = dirname(path) if path in texts else None
        for source in named if home in roots else ():
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
