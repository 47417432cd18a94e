"""The resources of a template, those of a loop one by one.

`Fn::ForEach` (with the transform AWS::LanguageExtensions) makes resources from a fragment, one for each item of a list
or of a parameter that is one; `${Name}` and `&{Name}` in its texts and `Ref` of the name are the item. A loop over what
the template cannot tell makes nothing here. Source, read 2026-11-22:
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.source.value import Tagged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.model.place import Pointer
    from nhilint.source.value import Value

_LOOP = "Fn::ForEach::"
_MOST_ITEMS = 50
_DEEPEST = 3

Stated = tuple[str, "dict[str, Value]", "Pointer"]
"""A resource's logical id, its body, and the steps that lead to it in the template."""


def stated_resources(template: dict[str, Value]) -> Iterator[Stated]:
    """Every resource with a body, in file order."""
    resources = template.get("Resources")
    if isinstance(resources, dict):
        yield from _stated(resources, ("Resources",), {}, template, 0)


def _stated(
    fragment: dict[str, Value], pointer: Pointer, items: dict[str, str], template: dict[str, Value], depth: int
) -> Iterator[Stated]:
    for key, body in fragment.items():
        if key.startswith(_LOOP) and isinstance(body, list) and len(body) == 3 and depth < _DEEPEST:
            name, collection, inner = body
            for item in _items(collection, items, template):
                part = inner if isinstance(inner, dict) else {}
                yield from _stated(part, (*pointer, key, 2), items | {str(name): item}, template, depth + 1)
        elif isinstance(body, dict):
            filled = {name: _filled(value, items) for name, value in body.items()} if items else body
            yield _text(key, items), filled, (*pointer, key)


def _items(collection: Value, items: dict[str, str], template: dict[str, Value]) -> list[str]:
    """What a loop goes through: a list, or the default of a parameter that is one."""
    named = collection.value if isinstance(collection, Tagged) and collection.tag == "!Ref" else None
    if isinstance(collection, dict) and list(collection) == ["Ref"]:
        named = collection["Ref"]
    parameters = template.get("Parameters")
    if isinstance(named, str) and isinstance(parameters, dict):
        parameter = parameters.get(named)
        default = parameter.get("Default") if isinstance(parameter, dict) else None
        return [part.strip() for part in default.split(",")][:_MOST_ITEMS] if isinstance(default, str) else []
    listed = collection if isinstance(collection, list) else []
    return [_text(item, items) for item in listed[:_MOST_ITEMS] if isinstance(item, str)]


def _filled(value: Value, items: dict[str, str]) -> Value:
    """A part of a fragment for one item; what refers to the item becomes its text."""
    if isinstance(value, Tagged):
        refers = value.tag == "!Ref" and isinstance(value.value, str) and value.value in items
        return items[str(value.value)] if refers else Tagged(value.tag, _filled(value.value, items))
    if isinstance(value, dict):
        referred = value.get("Ref") if len(value) == 1 else None
        if isinstance(referred, str) and referred in items:
            return items[referred]
        return {_text(key, items): _filled(inner, items) for key, inner in value.items()}
    if isinstance(value, list):
        return [_filled(inner, items) for inner in value]
    return _text(value, items) if isinstance(value, str) else value


def _text(text: str, items: dict[str, str]) -> str:
    for name, item in items.items():
        text = text.replace(f"${{{name}}}", item).replace(f"&{{{name}}}", item)
    return text
