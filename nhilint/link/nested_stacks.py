"""Templates that nested stacks of the repository name are read with what these hand over, once for each way.

A template that is only nested never has its defaults where the caller says something else. As a module of Terraform,
one that several stacks call with different parameters is read for each; what is the same in all is told once.
Credentials in clear are in the file whoever calls it, and stay as they were read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.cloudformation.kept import KeptTemplate
from nhilint.model.resource import Resource
from nhilint.setting import less_real

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.cloudformation.stacks import Stack
    from nhilint.formats.cloudformation.template_files import TemplateFiles
    from nhilint.source.document import Document

_MINOR = ("test", "example")
_MOST_WAYS = 24
_READ_AGAIN = ("identity", "resource_policy")


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The resources without the kept templates, those of nested and nesting templates as their stacks make them."""
    kept = [one for one in resources if isinstance(one, KeptTemplate)]
    if not kept:
        return resources
    again = _read_again(kept) if any(one.calls for one in kept) else {}
    read = tuple(_in_place(resources, again))
    if not any(one.imports for one in kept) or not any(one.exports for one in kept):
        return read
    from nhilint.link.imported_roles import with_uses_elsewhere

    return with_uses_elsewhere(read, kept)


def _in_place(resources: tuple[Resource, ...], again: dict[str, list[Resource]]) -> Iterator[Resource]:
    for resource in resources:
        if isinstance(resource, KeptTemplate):
            yield from again.get(resource.at.path, ())
        elif resource.at.path not in again or type(resource) is not Resource or resource.kind not in _READ_AGAIN:
            yield resource


def _read_again(kept: list[KeptTemplate]) -> dict[str, list[Resource]]:
    from nhilint.formats.cloudformation.template_files import TemplateFiles

    files = TemplateFiles(kept)
    found: dict[str, list[Resource]] = {}
    for path, ways in _ways(files).items():
        home = files.by_path[path]
        is_told = home.calls or any(stack.given for stack in ways)
        document = home.document if home.holds and is_told else None
        if document is not None:
            read = _subjects(document, ways)
            found[path] = [replace(one, setting=less_real(home.setting, one.setting)) for one in read]
    return found


def _subjects(document: Document, ways: list[Stack]) -> Iterator[Resource]:
    from nhilint.formats.cloudformation.template import subjects_of

    said: list[Resource] = []
    for stack in ways:
        for subject in subjects_of(document, stack.scope):
            if type(subject) is Resource and subject.kind in _READ_AGAIN and subject not in said:
                said.append(subject)
                yield subject


def _ways(files: TemplateFiles) -> dict[str, list[Stack]]:
    """By the path of each template that takes part in nesting, one stack for each way in which it is called."""
    found: dict[str, list[Stack]] = {}
    for stack in _stacks(files):
        alike = found.setdefault(stack.path, [])
        if all(stack.given != other.given for other in alike):
            alike.append(stack)
    return {path: stacks for path, stacks in found.items() if len(stacks) <= _MOST_WAYS}


def _stacks(files: TemplateFiles) -> Iterator[Stack]:
    """Every stack, the callers first. Examples and tests do not count as callers of what stands elsewhere."""
    from nhilint.formats.cloudformation.stacks import Budget, Stack

    budget = Budget()
    trees = []
    for path, one in files.by_path.items():
        if one.calls:
            top = Stack(path, files, budget, {})
            trees.append((top, [inner for inner in top.below() if _counts(one, files.by_path[inner.path])]))
    nested = {inner.path for _, below in trees for inner in below}
    for top, below in trees:
        if top.path not in nested:
            yield top
            yield from below


def _counts(caller: KeptTemplate, called: KeptTemplate) -> bool:
    return caller.setting not in _MINOR or called.setting in _MINOR
