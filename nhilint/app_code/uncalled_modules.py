"""A module of Terraform that nothing calls makes nothing: it is kept like an example.

Only in a tree that keeps a state of its own and calls other modules of the same folder, or called this one before
somebody took its call out by a comment: elsewhere modules are made for callers that are not here to be seen. Called is
a folder that the `source` of any file ends with, be it Terraform's or Terragrunt's, or whose name stands behind its
parent's in one; a comment calls nothing. Modules may be sorted into folders (`modules/network/vpc`), each of which is
asked about like the one above them. Sources, read 2026-11-22:
developer.hashicorp.com/terraform/language/modules/syntax, terragrunt.gruntwork.io/docs/reference/hcl/blocks.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.app_code.looked_through import MoreThanIsLookedThroughError
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.app_code.terraform_sources import TerraformSources
    from nhilint.model.resource import Resource

_TERRAFORM = "terraform-"
_MODULE = Deferred(r"^((?:[^/]+/)*(?:[\w.-]*[_-])?modules)/([^/]+/(?:[^/]+/){0,2})")
"""Folders for modules are called `modules`, be it with words before (`terraform_modules`, `tf-modules`)."""
_STATE = re.compile(rb'\b(?:backend[ \t]+"(?!local")\w+"|remote_state|cloud)[ \t]*\{')
TAKEN_OUT = re.compile(rb'(?m)^[ \t]*(?:#|//)+[ \t]*source[ \t]*=[ \t]*"(\.{1,2}/[^"\n]{1,300})"')
"""The `source` of a call that is commented out, by its path."""
_FILLED_IN = re.compile(rb"([^/{}]+)/+[^/{}]{0,60}\$\{")
Module = tuple[str, str]
"""The folder that a module stands in, and its name there."""
_FEWEST_CALLED = 2
"""So many modules of one folder are called before another one there counts as left over."""


def with_uncalled_modules(
    resources: Iterable[Resource], files: TerraformSources, earlier: TerraformSources | None = None
) -> tuple[Resource, ...]:
    """The resources; those of modules that nothing calls, beside others that are called, are examples.

    In a change nothing called them in the `earlier` files either.
    """
    listed = tuple(resources)
    declared = {home for one in listed if _is_in_force(one) for home in homes_of(one.at.path)}
    left = left_over(declared, files) if declared else declared
    left = left_over(left, earlier) if left and earlier is not None else left
    if not left:
        return listed
    return tuple(
        replace(one, setting="example")
        if one.format.startswith(_TERRAFORM) and not left.isdisjoint(homes_of(one.at.path))
        else one
        for one in listed
    )


def _is_in_force(resource: Resource) -> bool:
    return resource.format.startswith(_TERRAFORM) and resource.setting == "production"


def left_over(declared: set[Module], files: TerraformSources) -> set[Module]:
    """Those of the modules that no file calls; none where nothing here keeps a state, or that cannot be said."""
    try:
        called = files.parts_named()
        keeps_state = any(_STATE.search(data) for data in files.texts.values())
        composed = _composed(files)
    except MoreThanIsLookedThroughError:
        return set()
    if not keeps_state:
        return set()
    every = {home for path in files.tree.paths() for home in homes_of(path)}
    used = Counter(folder for folder, name in every if name.encode() in called)
    idle = {one for one in declared if one[1].encode() not in called and _last(one[0]) not in composed}
    beside = {one for one in idle if used[one[0]] >= _FEWEST_CALLED}
    return beside | _called_in_comments(idle - beside, files)


def _called_in_comments(modules: set[Module], files: TerraformSources) -> set[Module]:
    """Those of the modules whose call somebody took out by a comment."""
    texts = [data for path in files.texts if isinstance(data := files.tree.read(path), bytes)] if modules else []
    named = {part for data in texts for found in TAKEN_OUT.findall(data) for part in found.split(b"/")}
    return {one for one in modules if one[1].encode() in named}


def homes_of(path: str) -> tuple[Module, ...]:
    """The folders of modules that a file stands in, from the outermost, each with the name of what is in it there."""
    found = _MODULE.match(path)
    if found is None:
        return ()
    parts = found[2].rstrip("/").split("/")
    return tuple(("/".join((found[1], *parts[:depth])), name) for depth, name in enumerate(parts))


def _composed(files: TerraformSources) -> set[bytes]:
    """The names of folders behind which a source goes on with what a run fills in."""
    return {name for sources in files.sources.values() for one in sources for name in _FILLED_IN.findall(one)}


def _last(folder: str) -> bytes:
    return folder.rpartition("/")[2].encode()
