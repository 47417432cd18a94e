"""JSON policies that a module makes of every file of a folder, beside roles that people alone take: theirs.

`for_each = fileset(FOLDER, PATTERN)` makes one policy for each file, and `file` reads it by `each.value`. Which role
gets which of them is often a list of names; where all roles of the module are people's, whichever it is. Source:
developer.hashicorp.com/terraform/language/functions/fileset, from a survey, page not re-read.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from nhilint.formats.terraform.files import path_named
from nhilint.formats.terraform.handed_to import is_for_people
from nhilint.formats.terraform.policies_of_people import taken_by_people
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.terraform.module import Module
    from nhilint.model.resource import Resource

_FORMAT = "aws-iam-policy"
_SETS = ("toset", "tolist", "sort")
_LONGEST = 300


def with_people_of_folders(resources: Iterable[Resource], modules: Iterable[Module]) -> Iterator[Resource]:
    """The resources, of which policies in files of such folders are people's."""
    folders = tuple(dict.fromkeys(found for module in modules for found in _folders(module)))
    return taken_by_people(
        resources,
        lambda resource: resource.format == _FORMAT and any(_is_within(resource.at.path, *one) for one in folders),
    )


def _folders(module: Module) -> Iterator[tuple[str, str]]:
    """The folders whose files a module for people makes policies of, each with the pattern of their names."""
    for block in module.of_kind("aws_iam_policy"):
        files, read = block.body.get("for_each"), block.body.get("policy")
        while isinstance(files, Expression) and files.function in _SETS and len(files.arguments) == 1:
            files = files.arguments[0]
        if not isinstance(files, Expression) or files.function != "fileset" or len(files.arguments) != 2:
            continue
        if not isinstance(read, Expression) or read.function != "file" or "each." not in read.text:
            continue
        folder, pattern = (_text(one) for one in files.arguments)
        path = path_named(folder, block.at.path) if folder else None
        if path and pattern and is_for_people(module):
            yield path, pattern


def _text(value: object) -> str:
    stated = value.text.strip('"') if isinstance(value, Expression) else value
    return stated if isinstance(stated, str) and len(stated) < _LONGEST else ""


def _is_within(path: str, folder: str, pattern: str) -> bool:
    """Whether `fileset` finds a file; a star goes no deeper, two do."""
    name = path.removeprefix(f"{folder}/")
    if name == path:
        return False
    deep = "**" in pattern
    return (deep or name.count("/") == pattern.count("/")) and fnmatchcase(name, pattern.replace("**/", "*"))
