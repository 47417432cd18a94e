"""The template of a Serverless Framework service, of which parts may stand in other files of the repository.

Read are a part that is all of another file (`- ${file(roles.yml)}`), resources that are (`Resources: ${file(…)}`) and
a single one (`Role: ${file(role.yml)}`). Source: docs/providers/aws/guide/resources.md and docs/guides/variables.md of
the npm package serverless 3.33, from a survey, pages not re-read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from nhilint.model.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.cloudformation.serverless_variables import Variables
    from nhilint.source.value import Value

_MOST = 200


class Part(Struct, frozen=True):
    """A part of the template and where it stands; `is_one` for a single resource whose body stands there."""

    template: dict[str, Value]
    at: Place
    is_one: bool = False


def stated_parts(service: dict[str, Value], variables: Variables) -> Iterator[Part]:
    """The parts in the order of the file, those of other files where they are named."""
    stated = service.get("resources")
    at = Place(variables.path, ("resources",))
    if not isinstance(stated, list):
        yield from _part(stated, at, variables)
        return
    for index, one in enumerate(stated[:_MOST]):
        yield from _part(one, at._replace(pointer=("resources", index)), variables)


def _part(stated: Value, at: Place, variables: Variables) -> Iterator[Part]:
    if isinstance(stated, str) and (lent := variables.lent(stated)) is not None:
        stated, at = lent
    if not isinstance(stated, dict):
        return
    yield Part(stated, at)
    resources, where = stated.get("Resources"), at._replace(pointer=(*at.pointer, "Resources"))
    is_lent = isinstance(resources, str)
    if isinstance(resources, str) and (lent := variables.lent(resources)) is not None:
        resources, where = lent
    for name, body in list(resources.items())[:_MOST] if isinstance(resources, dict) else ():
        stands = where._replace(pointer=(*where.pointer, name))
        if isinstance(body, str) and (lent := variables.lent(body)) is not None:
            yield Part({"Resources": {name: lent[0]}}, lent[1], is_one=True)
        elif is_lent:
            yield Part({"Resources": {name: body}}, stands, is_one=True)
