"""The folder of the file that a `terragrunt.hcl` includes, where its addresses begin with that folder.

`find_in_parent_folders()` without a name is the nearest `terragrunt.hcl` above; where that is what a file includes, its
folder is `get_parent_terragrunt_dir()` as well. Both are spelled here as a path from the file's own folder. Source:
terragrunt.gruntwork.io/docs/reference/hcl/functions (find_in_parent_folders, get_parent_terragrunt_dir), from a survey.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.terraform.terragrunt import is_terragrunt
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nhilint.formats.terraform.fragment import Fragment

_OF_WHAT_IS_INCLUDED = "${get_parent_terragrunt_dir()}"
_OF_THE_NEAREST = "${dirname(find_in_parent_folders())}"
_INCLUDES = Deferred(r'(?m)^[ \t]*include(?:[ \t]+"[\w-]+")?[ \t]*\{[^}]*\bpath[ \t]*=[ \t]*find_in_parent_folders\(\)')


def with_parents(folders: Mapping[str, list[Fragment]]) -> dict[str, list[Fragment]]:
    """The files by their folders, those of Terragrunt with such folders spelled out."""
    homes = {folder for folder, held in folders.items() if any(is_terragrunt(one.at.path) for one in held)}
    return {folder: [_with_parent(folder, one, homes) for one in held] for folder, held in folders.items()}


def _with_parent(folder: str, file: Fragment, homes: set[str]) -> Fragment:
    text = file.content
    if not isinstance(text, str) or not is_terragrunt(file.at.path):
        return file
    above = _above(folder, homes) if _OF_WHAT_IS_INCLUDED in text or _OF_THE_NEAREST in text else ""
    if not above:
        return file
    spelled = text.replace(_OF_THE_NEAREST, above)
    if _INCLUDES.search(text) and text.count("find_in_parent_folders()") == text.count(_OF_THE_NEAREST) + 1:
        spelled = spelled.replace(_OF_WHAT_IS_INCLUDED, above)
    return replace(file, content=spelled)


def _above(folder: str, homes: set[str]) -> str:
    """The way from a folder to the nearest one above it that has such a file; empty where none has."""
    way, parent = ".", folder
    while parent:
        way, parent = f"{way}/..", parent.rpartition("/")[0]
        if parent in homes:
            return way
    return ""
