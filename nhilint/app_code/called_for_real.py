"""A folder called like tests that a configuration with a state of its own calls is no test: it is what is deployed.

`module "tests" { source = "./tests" }` beside `backend "gcs"` makes the project in which tests run, with all that it
holds; only its folder is called so. Called is a folder that the `source` of a file outside of tests names by its path,
in a folder that keeps its state somewhere. Source: developer.hashicorp.com/terraform/language/modules/sources (local
paths) and …/terraform/language/backend, from a survey, pages not re-read.
"""

from __future__ import annotations

import re
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.app_code.looked_through import MoreThanIsLookedThroughError
from nhilint.setting import setting_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.app_code.terraform_sources import TerraformSources
    from nhilint.model.resource import Resource

_TERRAFORM = "terraform-"
_KEPT_STATE = re.compile(rb'\bbackend[ \t]+"(?!local")\w+"[ \t]*\{|\bcloud[ \t]*\{')


def with_what_is_called_for_real(resources: Iterable[Resource], files: TerraformSources) -> tuple[Resource, ...]:
    """The resources; those of folders that are tests by their names alone, and are called, are as real as their
    callers."""
    listed = tuple(resources)
    if not any(_is_of_tests(one) for one in listed):
        return listed
    called = _called_folders(files)
    return tuple(
        replace(one, setting="production") if _is_of_tests(one) and _within(one, called) else one for one in listed
    )


def _is_of_tests(resource: Resource) -> bool:
    return resource.format.startswith(_TERRAFORM) and resource.setting == "test"


def _called_folders(files: TerraformSources) -> frozenset[str]:
    """The folders that files outside of tests call by their paths, each of them where a state is kept."""
    try:
        keeping = {dirname(path) for path, data in files.texts.items() if _KEPT_STATE.search(data)}
        named = [(path, source) for path, sources in files.sources.items() for source in sources]
    except MoreThanIsLookedThroughError:
        return frozenset()
    return frozenset(
        normpath(join(dirname(path), source.decode("utf-8", "replace")))
        for path, source in named
        if source.startswith((b"./", b"../")) and dirname(path) in keeping and setting_of(path) == "production"
    )


def _within(resource: Resource, called: frozenset[str]) -> bool:
    """Whether a called folder holds it, and nothing below that folder is called like tests."""
    folder = dirname(resource.at.path)
    while folder:
        if folder in called:
            return setting_of(resource.at.path[len(folder) + 1 :]) == "production"
        folder = dirname(folder)
    return False
