"""Resources of a template that are made only once somebody sets a parameter: their condition asks it to be true, and by
default it is false.

Only switches count, `!Equals [!Ref NAME, 'true']` and the like: a word such as the name of an environment says which
stack it is, not whether. Source, from a survey, page not re-read:
docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/conditions-section-structure.html.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from nhilint.formats.cloudformation.conditions import call_of
from nhilint.formats.cloudformation.loops import stated_resources
from nhilint.formats.cloudformation.scope import section
from nhilint.formats.on_request import OnRequest, Parameter, standing_for
from nhilint.model.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.model.resource import Resource
    from nhilint.source.value import Value

_OFF = {"false": "true", "no": "yes"}
"""What a parameter is by default, with what it has to be."""
_MOST = 2_000
_DEEPEST = 8


def on_request(template: dict[str, Value], path: str) -> Iterator[Resource]:
    """The one resource that names such resources of a template; none where there are none."""
    conditions, parameters = section(template, "Conditions"), section(template, "Parameters")
    named = {
        name: found for name in conditions if (found := _waits_for({"Condition": name}, conditions, parameters, 0))
    }
    blocks = tuple(
        OnRequest(Place(path, pointer), named[str(body["Condition"])])
        for _, body, pointer in (islice(stated_resources(template), _MOST) if named else ())
        if isinstance(body.get("Condition"), str) and body["Condition"] in named
    )
    if blocks:
        yield standing_for(blocks)


def _waits_for(
    value: Value, conditions: dict[str, Value], parameters: dict[str, Value], depth: int
) -> Parameter | None:
    """The parameter that keeps a condition from holding by default; of several that all have to be set the first."""
    function, argument = call_of(value)
    if depth > _DEEPEST:
        return None
    if function == "Condition" and isinstance(argument, str):
        return _waits_for(conditions.get(argument), conditions, parameters, depth + 1)
    if not isinstance(argument, list):
        return None
    if function == "And":
        parts = (_waits_for(part, conditions, parameters, depth + 1) for part in argument[:10])
        return next((part for part in parts if part is not None), None)
    if function != "Equals" or len(argument) != 2:
        return None
    return _compared(argument[0], argument[1], parameters) or _compared(argument[1], argument[0], parameters)


def _compared(reference: Value, word: Value, parameters: dict[str, Value]) -> Parameter | None:
    function, name = call_of(reference)
    if function != "Ref" or not isinstance(name, str):
        return None
    wanted = _OFF.get(str(section(parameters, name).get("Default")).lower())
    return Parameter(name, wanted=wanted) if wanted is not None and str(word).lower() == wanted else None
