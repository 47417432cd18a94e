"""Fragments of Terraform files become the identities and policies of their modules; a folder is one module.

Runs before every other join, so that those see roles and not files.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from nhilint.formats.terraform.fragment import Fragment

if TYPE_CHECKING:
    from nhilint.formats.terraform.files import PolicyFiles
    from nhilint.model.resource import Resource


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The resources with every fragment replaced by what its module declares."""
    folders: dict[str, list[Fragment]] = defaultdict(list)
    for resource in resources:
        if isinstance(resource, Fragment):
            folders[resource.at.path.rpartition("/")[0]].append(resource)
    if not folders:
        return resources
    from nhilint.formats.terraform.files import PolicyFiles
    from nhilint.formats.terraform.reading import read_folder

    files = PolicyFiles.of(resources)
    read = [
        subject
        for fragments in folders.values()
        if any(not isinstance(fragment.content, str) for fragment in fragments)
        for subject in read_folder(fragments, files)
    ]
    others = (r for r in resources if not isinstance(r, Fragment) and not _became_part(r, files))
    return (*others, *read)


def _became_part(resource: Resource, files: PolicyFiles) -> bool:
    """Whether a policy file was read as a part of an identity, so that it is not judged twice."""
    return resource.at.path in files.taken and files.by_path.get(resource.at.path) is resource
