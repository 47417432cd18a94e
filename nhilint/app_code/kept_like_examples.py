"""What nothing puts in force is kept like an example: one answer for all questions that Terraform's calls decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from nhilint.app_code.terraform_sources import TerraformSources
    from nhilint.model.resource import Resource


def kept_like_examples(
    resources: Iterable[Resource],
    place_of: Callable[[Resource], str],
    idle: Callable[[set[str], TerraformSources], set[str]],
    files: TerraformSources,
    earlier: TerraformSources | None,
) -> tuple[Resource, ...]:
    """The resources; those in force whose place is `idle` are examples.

    A place is a file or a folder, empty for what is not asked about. In a change it was idle in the `earlier` files as
    well.
    """
    listed = tuple(resources)
    asked = {place for one in listed if (place := place_of(one))}
    left = idle(asked, files) if asked else asked
    left = idle(left, earlier) if left and earlier is not None else left
    if not left:
        return listed
    return tuple(replace(one, setting="example") if place_of(one) in left else one for one in listed)
