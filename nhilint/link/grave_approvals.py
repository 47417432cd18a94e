"""Of the tools that run without a question, those that cannot be taken back: by name, after every approval is known.

Writing a file is such a thing where the server may write in a whole home or everywhere: start-up files, keys and the
settings of other programs lie there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.knowledge.tools.grave_names import file_writing_names, grave_names
from nhilint.model.fact import Known, known_records, value_of
from nhilint.model.vocabulary.tool import Tool

if TYPE_CHECKING:
    from nhilint.model.resource import Resource

_BEYOND_EVERY_PROJECT = frozenset({"root", "home", "credentials"})


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The same resources, tools knowing which of their approvals are grave."""
    return tuple(_judged(resource) for resource in resources)


def _judged(resource: Resource) -> Resource:
    tool = resource.facts
    if not isinstance(tool, Tool) or tool.auto_approved is None:
        return resource
    approved = tool.auto_approved
    if not isinstance(approved, Known):
        return replace(resource, facts=replace(tool, grave_approvals=approved))
    writing = file_writing_names(approved.value) if _writes_beyond_projects(tool) else ()
    grave = dict.fromkeys((*grave_names(approved.value), *writing))
    return replace(resource, facts=replace(tool, grave_approvals=Known(tuple(grave), approved.at)))


def _writes_beyond_projects(tool: Tool) -> bool:
    """Whether the server may write in a whole home folder, in one of credentials, or everywhere."""
    return any(
        value_of(mount.reach) in _BEYOND_EVERY_PROJECT and value_of(mount.read_only) is not True
        for mount in known_records(tool.mounts)
    )
