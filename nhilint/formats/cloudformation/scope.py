"""What a template answers itself: parameters by their defaults, mappings, conditions, and what its resources are.

Source: docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html, pseudo parameters in
TemplateReference/pseudo-parameter-reference.html; partly re-read 2026-11-22. A default is what a deployment gets that
says nothing else, so it is taken; a parameter whose value is looked up elsewhere (SSM types) or that has none is
unknown.
"""

from __future__ import annotations

from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from nhilint.formats.aws.words import OWN_ACCOUNT, OWN_REGION
from nhilint.formats.cloudformation.loops import stated_resources
from nhilint.formats.cloudformation.referents import attribute_of, name_of
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nhilint.source.value import Value

    Outputs = Callable[[str, str], str | None]

_PSEUDO: Final = {
    "AWS::AccountId": OWN_ACCOUNT,
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
    "AWS::Region": OWN_REGION,
    "AWS::StackName": "${AWS.StackName}",
    "AWS::StackId": "${AWS.StackId}",
}

_TO_BE_FILLED_IN: Final = Deferred(
    r"^(?:(?i:replace[-_ ]?(?:me|with|this)|change[-_ ]?me|placeholder|your[-_ ])|"
    r"(?:REPLACE|INSERT|ENTER|FILL|PUT|TODO)[-_ ]|<)"
)
"""Defaults that ask for a value and are none: who deploys with them has not said yet."""
_MOST: Final = 2_000
_STORED_PARAMETER: Final = "AWS::SSM::Parameter"
_NOTHING: Final[Mapping[str, Value]] = MappingProxyType({})


def _no_output(_resource: str, _attribute: str) -> str | None:
    return None


class Scope:
    """The sections of a template that its values refer to."""

    def __init__(
        self, template: dict[str, Value], given: Mapping[str, Value] = _NOTHING, output: Outputs = _no_output
    ) -> None:
        """`given` are parameters that a caller hands over, None where nobody can tell; `output` tells what an
        attribute of a nested stack gives."""
        self._given = given
        self._output = output
        self.conditions = section(template, "Conditions")
        self._resources = {name: body for name, body, _ in islice(stated_resources(template), _MOST)}
        self.types = {name: kind for name, body in self._resources.items() if isinstance(kind := body.get("Type"), str)}
        self.parameters = section(template, "Parameters")
        self.outputs = section(template, "Outputs")
        self.globals = section(template, "Globals")
        self._mappings = section(template, "Mappings")

    def reference(self, name: str) -> Value:
        """What a `Ref` gives: a text or a list; None where the template cannot tell."""
        if name in _PSEUDO:
            return _PSEUDO[name]
        if self.types.get(name) == _STORED_PARAMETER:
            return self._stored(name)
        if name in self.types:
            return name_of(name, self.types[name])
        return self._default(name)

    def attribute(self, resource: str, attribute: str) -> str | None:
        """What a `Fn::GetAtt` gives."""
        kind = self.types.get(resource)
        if kind is None:
            return None
        said = attribute_of(resource, kind, attribute)
        return self._output(resource, attribute) if said is None else said

    def properties(self, resource: str) -> dict[str, Value]:
        """The properties of a resource as they are written."""
        return section(self._resources.get(resource, {}), "Properties")

    def mapped(self, mapping: str, first: str, second: str) -> Value:
        """What a `Fn::FindInMap` gives; where the first key is unknown, the one value that all of them share."""
        table = section(self._mappings, mapping)
        if first in table:
            return section(table, first).get(second)
        if "${" not in first:
            return None
        values = [section(table, key).get(second) for key in table]
        return values[0] if values and all(value == values[0] for value in values) else None

    def _stored(self, name: str) -> str | None:
        """The name of a parameter of Systems Manager, which may begin with a slash of the ARN that it stands in."""
        stated = self.properties(name).get("Name")
        return stated if isinstance(stated, str) else None

    def _default(self, name: str) -> Value:
        parameter = section(self.parameters, name)
        kind, default = str(parameter.get("Type", "")), self._given.get(name, parameter.get("Default"))
        if kind.startswith("AWS::SSM::Parameter::Value") or default is None or default == "":
            return None
        if isinstance(default, str) and _TO_BE_FILLED_IN.match(default):
            return None
        if isinstance(default, str) and (kind == "CommaDelimitedList" or kind.startswith("List<")):
            return [part.strip() for part in default.split(",")]
        return default if isinstance(default, str | int | float) else None


def section(holder: dict[str, Value], name: str) -> dict[str, Value]:
    """A mapping below a key; an empty one for anything else."""
    value = holder.get(name)
    return value if isinstance(value, dict) else {}
