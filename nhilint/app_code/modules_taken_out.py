"""A module of Terraform whose calls went into comments with all else of their file is kept like an example.

The file stands in a folder of modules, above the module (`modules/old/main.tf` for `modules/old/queue`), and states
nothing any more: whoever took a whole file of calls out put what it called away. No other file calls the module, be it
by its way there or, from elsewhere, by the end of it; what is in a file of the same name elsewhere is another module.
This holds in collections of modules without a state of their own as well. So are the templates that such a module fills
in. Source, read 2026-11-23: developer.hashicorp.com/terraform/language/modules/syntax.
"""

from __future__ import annotations

from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from nhilint.app_code.folders_out_of_use import with_those_above
from nhilint.app_code.kept_like_examples import kept_like_examples
from nhilint.app_code.looked_through import MoreThanIsLookedThroughError
from nhilint.app_code.templates_of_modules import is_filled_in_by, may_be_filled_in
from nhilint.app_code.uncalled_modules import TAKEN_OUT, homes_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.app_code.terraform_sources import TerraformSources
    from nhilint.model.resource import Resource

_TERRAFORM = "terraform-"


def with_modules_taken_out(
    resources: Iterable[Resource], files: TerraformSources, earlier: TerraformSources | None = None
) -> tuple[Resource, ...]:
    """The resources; those of such modules are examples. In a change they were so in the `earlier` files as well."""
    return kept_like_examples(resources, _asked_of, _taken_out, files, earlier)


def _asked_of(resource: Resource) -> str:
    """The file of what counts as in force below a folder of modules; empty for anything else."""
    path = resource.at.path
    of_a_module = resource.format.startswith(_TERRAFORM) or may_be_filled_in(path)
    return path if of_a_module and resource.setting == "production" and len(homes_of(path)) > 1 else ""


def _taken_out(paths: set[str], files: TerraformSources) -> set[str]:
    """Those of the files that belong to such a module; none where the tree is too large to tell."""
    try:
        modules = set(_called_by_what_is_gone(files)) - _called(files) if paths else set()
    except MoreThanIsLookedThroughError:
        return set()
    modules = {one for one in modules if not _is_named_from_elsewhere(one, files)}
    return {path for path in paths if any(_belongs(path, one, files) for one in modules)}


def _called_by_what_is_gone(files: TerraformSources) -> Iterator[str]:
    """The folders below it that a file called of which only comments are left."""
    for path, text in files.texts.items():
        if text.strip() or not homes_of(path):
            continue
        data, folder = files.tree.read(path), dirname(path)
        found = TAKEN_OUT.findall(data) if isinstance(data, bytes) else ()
        called = (normpath(join(folder, one.decode("utf-8", "replace"))) for one in found)
        yield from (one for one in called if one.startswith(f"{folder}/"))


def _called(files: TerraformSources) -> set[str]:
    """The folders that the sources of a tree lead to from the files that name them."""
    return {
        normpath(join(dirname(path), source.decode("utf-8", "replace")))
        for path, sources in files.sources.items()
        for source in sources
        if source.startswith((b"./", b"../"))
    }


def _is_named_from_elsewhere(module: str, files: TerraformSources) -> bool:
    """Whether a source that begins otherwise has the last two folders of the way to a module."""
    end = "/".join(module.split("/")[-2:]).encode()
    return any(end in one for sources in files.sources.values() for one in sources if not one.startswith(b"."))


def _belongs(path: str, module: str, files: TerraformSources) -> bool:
    if module not in with_those_above(dirname(path)):
        return False
    return not may_be_filled_in(path) or path.endswith(".tf.json") or is_filled_in_by(path, module, files)
