"""Of the tools that run without a question, those that cannot be taken back: by name, after every approval is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.knowledge.tools.grave_names import grave_names
from nhilint.model.fact import Known
from nhilint.model.vocabulary.tool import Tool

if TYPE_CHECKING:
    from nhilint.model.resource import Resource


def join(resources: tuple[Resource, ...], _owner: str | None = None) -> tuple[Resource, ...]:
    """The same resources, tools knowing which of their approvals are grave."""
    return tuple(_judged(resource) for resource in resources)


def _judged(resource: Resource) -> Resource:
    tool = resource.facts
    if not isinstance(tool, Tool) or tool.auto_approved is None:
        return resource
    approved = tool.auto_approved
    grave = Known(grave_names(approved.value), approved.at) if isinstance(approved, Known) else approved
    return replace(resource, facts=replace(tool, grave_approvals=grave))
