"""A policy whose file has gaps, kept with what the file holds for whoever fills them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.model.resource import Resource

if TYPE_CHECKING:
    from nhilint.source.value import Value


class PolicyTemplate(Resource, frozen=True):
    """The one document of a file with `${…}` in it, and the file's decoded value."""

    content: Value = None
