"""A module of Terraform that only folders out of use call is out of use with them: it is kept like an example.

Which folders are, their names say (`nhilint.app_code.folders_out_of_use`). The module stands anywhere in the tree, and
each folder that calls it, by itself or through other modules, is such a folder; no other file has the module's name as
a part of a `source`. Only in a tree that keeps a state of its own: elsewhere modules are made for callers that are not
here to be seen. What runs by its place or opens what it opens, as a secret in clear, is left as it is.
Source, read 2026-11-22: developer.hashicorp.com/terraform/language/modules/syntax.
"""

from __future__ import annotations

import re
from collections import defaultdict
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from nhilint.app_code.folders_out_of_use import KINDS_BY_NAME, out_by_name, with_those_above
from nhilint.app_code.kept_like_examples import kept_like_examples
from nhilint.app_code.looked_through import MoreThanIsLookedThroughError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.app_code.terraform_sources import TerraformSources
    from nhilint.model.resource import Resource

_STATE = re.compile(rb'\b(?:backend[ \t]+"(?!local")\w+"|remote_state|cloud)[ \t]*\{')
_ENDINGS = (".tf", ".tf.json", ".hcl")


def with_modules_out_of_use(
    resources: Iterable[Resource], files: TerraformSources, earlier: TerraformSources | None = None
) -> tuple[Resource, ...]:
    """The resources; those of such modules are examples. In a change they were so in the `earlier` files as well."""
    return kept_like_examples(resources, _asked_of, _out_of_use, files, earlier)


def _asked_of(resource: Resource) -> str:
    """The folder of what counts as in force; empty for anything else."""
    is_in_force = resource.kind in KINDS_BY_NAME and resource.setting == "production"
    return dirname(resource.at.path) if is_in_force else ""


def _out_of_use(asked: set[str], files: TerraformSources) -> set[str]:
    """Those of the folders that stand in such a module; none where the tree is too large to tell."""
    homes = {dirname(path) for path in files.tree.paths() if path.endswith(_ENDINGS)}
    out = out_by_name(homes, files.tree) if asked else set()
    if not out:
        return set()
    try:
        keeps_state = any(map(_STATE.search, files.texts.values()))
        modules = _only_called_by(out, homes, files) if keeps_state else set()
    except MoreThanIsLookedThroughError:
        return set()
    return {folder for folder in asked if not modules.isdisjoint(with_those_above(folder))}


def _only_called_by(out: set[str], homes: set[str], files: TerraformSources) -> set[str]:
    """The folders that are called, and only by those that are out of use or by modules of which the same is true."""
    named: dict[str, set[str]] = defaultdict(set)
    called: set[str] = set()
    for path, sources in files.sources.items():
        for source in (one.decode("utf-8", "replace") for one in sources):
            named[dirname(path)] |= set(re.split(r"[/?]+", source))
            if source.startswith(("./", "../")):
                called.add(normpath(join(dirname(path), source)))
    live = homes - called - out
    reached = live
    while reached:
        parts = set().union(*(named[folder] for folder in reached if folder in named))
        reached = {folder for folder in called - live - out if folder.rpartition("/")[2] in parts}
        live = live | reached
    return (called & homes) - live - out
