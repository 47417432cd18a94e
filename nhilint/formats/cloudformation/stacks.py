"""A template with nested stacks becomes a tree of stacks, each with the parameters that the one around it hands over.

Source: docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-stack.html (TemplateURL, Parameters,
`Fn::GetAtt` of `Outputs.Name`), read 2026-11-22; of SAM docs.aws.amazon.com/serverless-application-model/latest/
developerguide/sam-resource-application.html (Location, Parameters), from a survey, page not re-read.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from nhilint.formats.aws.words import OWN_ACCOUNT, OWN_REGION
from nhilint.formats.cloudformation.resolver import Resolver
from nhilint.formats.cloudformation.scope import Scope, section
from nhilint.formats.cloudformation.template_files import SOURCES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.cloudformation.template_files import TemplateFiles
    from nhilint.formats.node import Node
    from nhilint.source.value import Value

_DEEPEST = 8
_MOST_STACKS = 500
_OUTPUT = "Outputs."

Given = dict[str, "Value"]
"""What a caller hands over by the name of the parameter; None for what nobody can tell."""


class Budget:
    """How many stacks are left to be made."""

    def __init__(self, left: int = _MOST_STACKS) -> None:
        self.left = left


class Stack:
    """One stack: a template with what it is given."""

    def __init__(self, path: str, files: TemplateFiles, budget: Budget, given: Given, depth: int = 0) -> None:
        self.path = path
        self.given = given
        self._files = files
        self._budget = budget
        self._depth = depth
        self._inner: dict[str, Stack | None] = {}

    @cached_property
    def scope(self) -> Scope:
        """What the values of the template refer to."""
        return Scope(self._files.template(self.path), self.given, self._output)

    @cached_property
    def _resolver(self) -> Resolver:
        return Resolver(self.scope, self.path)

    def below(self) -> Iterator[Stack]:
        """The stacks nested in this one, and those nested in them."""
        for name in self.scope.types if self._files.by_path[self.path].calls else ():
            inner = self._nested(name)
            if inner is not None:
                yield inner
                yield from inner.below()

    def told(self, name: str, asked_by: str) -> Value:
        """What an output of this stack says to the template that asks; None where nobody can tell."""
        value = section(self.scope.outputs, name).get("Value")
        if value is None:
            return None
        return self._handed(self._resolver.node(value, ("Outputs", name, "Value")), asked_by)

    def _output(self, resource: str, attribute: str) -> str | None:
        if not attribute.startswith(_OUTPUT):
            return None
        inner = self._nested(resource)
        said = inner.told(attribute.removeprefix(_OUTPUT), self.path) if inner is not None else None
        return said if isinstance(said, str) else None

    def _nested(self, name: str) -> Stack | None:
        """The stack of a resource; None for any other resource, and while its own parameters are looked up."""
        if name not in self._inner:
            self._inner[name] = None
            self._inner[name] = self._made(name)
        return self._inner[name]

    def _made(self, name: str) -> Stack | None:
        source = SOURCES.get(self.scope.types.get(name, ""))
        properties = self.scope.properties(name)
        if source is None or source not in properties or self._depth >= _DEEPEST:
            return None
        url = self._resolver.text(properties[source], ("Resources", name, "Properties", source))
        path = self._files.called(self.path, url, section(properties, "Parameters"))
        if path is None or self._budget.left <= 0:
            return None
        self._budget.left -= 1
        return Stack(path, self._files, self._budget, self._given(name, path), self._depth + 1)

    def _given(self, name: str, to: str) -> Given:
        stated = section(self.scope.properties(name), "Parameters")
        route = ("Resources", name, "Properties", "Parameters")
        taken = [key for key in stated if key in self._files.by_path[to].parameters]
        nodes = {key: self._resolver.node(stated[key], (*route, key)) for key in taken}
        return {key: self._handed(node, to) for key, node in nodes.items() if node.exists}

    def _handed(self, node: Node, to: str) -> Value:
        """A value as the other template may have it. What names a principal by its logical id is left unknown where
        the other one has a principal of that id, which it could be taken for."""
        value = ",".join(str(item.value) for item in node.items()) if node.is_list else node.value
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            return str(value).lower() if isinstance(value, bool) else None
        text = str(value)
        is_told = "${" not in text.replace(OWN_ACCOUNT, "").replace(OWN_REGION, "")
        last = text.rpartition("/")[2].rpartition(":")[2]
        return text if is_told and last not in self._files.by_path[to].principals else None
