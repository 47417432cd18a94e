"""The template that a stack set carries as a text becomes what it declares in every account that the set reaches.

Places point into the text. The set's own `Parameters` come before the defaults; the account of the set is another one
than theirs, so that what is made from it stays unknown there. A text that `Fn::Sub` fills in first is left. Source:
docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stackset.html (TemplateBody,
Parameters with ParameterKey and ParameterValue), from a survey, page not re-read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.cloudformation.declared import Declared, declared
from nhilint.formats.cloudformation.resolver import Resolver
from nhilint.formats.cloudformation.scope import Scope
from nhilint.source.limits import DEFAULT_LIMITS
from nhilint.source.unreadable import Unreadable
from nhilint.source.yaml_reader import YAML

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.model.place import Place, Pointer
    from nhilint.source.place import Place as TextPlace
    from nhilint.source.value import Value

_BODY = "TemplateBody"
_LONGEST = 200_000
_MOST_PARAMETERS = 200


class _Inside(Resolver):
    """Resolves the values of a template that is a text, each placed where it stands in that text."""

    def __init__(self, scope: Scope, text_at: Place, stands: TextPlace) -> None:
        super().__init__(scope, text_at.path)
        self._text_at = text_at
        self._stands = stands

    def place(self, pointer: Pointer) -> Place:
        """The part of the text that a route of the template in it leads to."""
        stands = self._stands
        for step in pointer:
            inner = stands.child(step)
            if inner is None:
                break
            stands = inner
        start, end = stands.start, stands.end
        if stands.children is not None:
            start, end = stands.key or (start, start + 1)
        return self._text_at.within_text(start, end)


def declared_in(stack_set: Declared) -> list[Declared]:
    """The resources of the template in a stack set; none where it has no such text."""
    text = stack_set.raw.get(_BODY)
    if not isinstance(text, str) or len(text) > _LONGEST or "AWS::" not in text:
        return []
    try:
        template, stands = YAML.read(text, DEFAULT_LIMITS).value, YAML.places(text, DEFAULT_LIMITS)
    except (Unreadable, UnicodeError):
        return []
    if not isinstance(template, dict):
        return []
    at = stack_set.resolver.place((*stack_set.route, "Properties", _BODY))
    resolver = _Inside(Scope(template, dict(_given(stack_set))), at, stands)
    return list(declared(template, resolver, fills_in="AWS::AccountId" in text))


def _given(stack_set: Declared) -> Iterator[tuple[str, Value]]:
    for entry in list(stack_set["Parameters"].items())[:_MOST_PARAMETERS]:
        name, value = entry["ParameterKey"].value, entry["ParameterValue"].value
        if isinstance(name, str):
            yield name, value if isinstance(value, str | int | float) and "${" not in str(value) else None
