"""A module of Terraform that nothing calls makes nothing: it is kept like an example.

Only in a tree that keeps a state of its own and calls other modules of the same folder: elsewhere modules are made for
callers that are not here to be seen. Called is a folder that the `source` of any file ends with, be it Terraform's or
Terragrunt's, or whose name stands behind its parent's in one; a comment calls nothing. Sources, read 2026-11-22:
developer.hashicorp.com/terraform/language/modules/syntax, terragrunt.gruntwork.io/docs/reference/hcl/blocks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.app_code.commented_out import without_comments
from nhilint.app_code.looked_through import MoreThanIsLookedThroughError, looked_through
from nhilint.app_code.terraform_sources import parts_of, sources_in
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

_TERRAFORM = "terraform-"
_ENDINGS = (".tf", ".hcl", ".tf.json")
_MODULE = Deferred(r"^((?:[^/]+/)*modules)/([^/]+)/")
_STATE = re.compile(rb'\b(?:backend[ \t]+"(?!local")\w+"|remote_state|cloud)[ \t]*\{')
_MOST_BYTES = 30_000_000
_FEWEST_CALLED = 2
"""So many modules of one folder are called before another one there counts as left over."""


def with_uncalled_modules(
    resources: Iterable[Resource], tree: Tree, earlier: Tree | None = None
) -> tuple[Resource, ...]:
    """The resources; those of modules that nothing calls, beside others that are called, are examples.

    In a change nothing called them in the `earlier` tree either.
    """
    listed = tuple(resources)
    declared = {
        (found[1], found[2])
        for one in listed
        if one.format.startswith(_TERRAFORM) and one.setting == "production" and (found := _MODULE.match(one.at.path))
    }
    left = _left_over(declared, tree) if declared else frozenset()
    left = _left_over(set(left), earlier) if left and earlier is not None else left
    if not left:
        return listed
    return tuple(
        replace(one, setting="example") if one.format.startswith(_TERRAFORM) and _home(one) in left else one
        for one in listed
    )


def _left_over(declared: set[tuple[str, str]], tree: Tree) -> frozenset[tuple[str, str]]:
    """Those of the modules that no file calls; none where nothing here keeps a state, or that cannot be said."""
    sources: set[bytes] = set()
    keeps_state = False
    try:
        for _, written in looked_through(tree, lambda path: path.endswith(_ENDINGS), _MOST_BYTES):
            data = without_comments(written)
            sources.update(sources_in(data))
            keeps_state = keeps_state or _STATE.search(data) is not None
    except MoreThanIsLookedThroughError:
        return frozenset()
    if not keeps_state:
        return frozenset()
    called = parts_of(sources)
    alive = {name for name in declared if name[1].encode() in called}
    every = {(found[1], found[2]) for path in tree.paths() if (found := _MODULE.match(path))}
    used = {parent: sum(p == parent and n.encode() in called for p, n in every) for parent, _ in declared}
    return frozenset(name for name in declared - alive if used[name[0]] >= _FEWEST_CALLED)


def _home(resource: Resource) -> tuple[str, str] | None:
    found = _MODULE.match(resource.at.path)
    return (found[1], found[2]) if found else None
