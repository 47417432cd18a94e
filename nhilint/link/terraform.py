"""Fragments of Terraform files become the identities and policies of their modules; a folder is one module.

Runs before every other join, so that those see roles and not files.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from nhilint.formats.terraform.fragment import Fragment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.terraform.files import PolicyFiles
    from nhilint.formats.terraform.module import Module
    from nhilint.model.place import Place
    from nhilint.model.resource import Resource

_FILLED_IN = "terraform-policy"


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The resources with every fragment replaced by what its module declares."""
    folders: dict[str, list[Fragment]] = defaultdict(list)
    for resource in resources:
        if isinstance(resource, Fragment):
            folders[resource.at.path.rpartition("/")[0]].append(resource)
    if not folders:
        return tuple(resource for resource in resources if resource.format != _FILLED_IN)
    from nhilint.formats.terraform.files import PolicyFiles
    from nhilint.formats.terraform.handed_back import callers_first
    from nhilint.formats.terraform.module import called_folders, module_of
    from nhilint.formats.terraform.module_calls import give_arguments
    from nhilint.formats.terraform.on_request import on_request
    from nhilint.formats.terraform.switched_off import leave_out_what_is_switched_off
    from nhilint.formats.terraform.terragrunt_parents import with_parents

    folders = with_parents(folders)
    files = PolicyFiles.of(resources)
    declaring = {f for f, held in folders.items() if any(not isinstance(fragment.content, str) for fragment in held)}
    calls = {f: {c for fragment in held for c in called_folders(fragment)} for f, held in folders.items()}
    wanted = _with_callers(declaring, calls) if declaring else set()
    modules = {folder: module_of(folders[folder]) for folder in folders if folder in wanted}
    templates = files.templates
    for module in modules.values():
        module.templates = templates
    minor = {f for f, held in folders.items() if any(fragment.setting in ("test", "example") for fragment in held)}
    give_arguments(modules, minor)
    leave_out_what_is_switched_off([one for module in modules.values() for one in (module, *module.apart)])
    waiting = tuple(on_request(modules.values()))
    read = [
        subject
        for folder in callers_first([f for f in folders if f in declaring], modules)
        for subject in _read_in_every_way(folders[folder], files, modules[folder])
    ]
    others: Iterator[Resource] = (r for r in resources if not isinstance(r, Fragment) and not _became_part(r, files))
    if any(resource.format == "aws-iam-policy" for resource in resources):
        from nhilint.formats.terraform.boundary_files import without_boundaries
        from nhilint.formats.terraform.files_of_folders import with_people_of_folders
        from nhilint.formats.terraform.permission_sets import with_people

        others = with_people_of_folders(with_people(others, folders.values()), modules.values())
        others = without_boundaries(others, modules.values())
    return (*others, *read, *waiting)


def _read_in_every_way(fragments: list[Fragment], files: PolicyFiles, module: Module) -> Iterator[Resource]:
    """The subjects of a module; of what is the same in several of the ways in which it is called, one."""
    from nhilint.formats.terraform.reading import read_folder

    said: dict[tuple[str, Place], list[Resource]] = defaultdict(list)
    for one in module.apart or [module]:
        for subject in read_folder(fragments, files, one):
            alike = said[subject.name, subject.at]
            if subject not in alike:
                alike.append(subject)
                yield subject


def _with_callers(declaring: set[str], calls: dict[str, set[str]]) -> set[str]:
    """The folders that declare something, those that call them, and so on: only their files need be parsed."""
    wanted = set(declaring)
    while more := {folder for folder, called in calls.items() if folder not in wanted and called & wanted}:
        wanted |= more
    return wanted


def _became_part(resource: Resource, files: PolicyFiles) -> bool:
    """Whether a policy file was read as a part of an identity, so that it is not judged twice, or is a template that is
    nothing until a module fills it in."""
    path = resource.at.path
    is_part = path in files.taken and files.by_path.get(path) is resource
    return path not in files.kept and (is_part or resource.format == _FILLED_IN)
