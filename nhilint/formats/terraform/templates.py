"""A policy in a file of its own with gaps that a module fills becomes the document with the module's values in it.

`templatefile(path, values)` and the older `data "template_file"` put their values in place of `${name}`. The file was
read by the format of JSON policies, which keeps what it holds; each of its texts is filled where it stands, so that
places are those of the file. Source: developer.hashicorp.com/terraform/language/functions/templatefile, partly re-read
2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.aws.assembled import Assembled, mapping, sequence
from nhilint.formats.terraform.conditionals import call_of
from nhilint.formats.terraform.interpolation import lone, quoted
from nhilint.formats.terraform.module import Spot
from nhilint.model.place import Place
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from nhilint.formats.node import Node
    from nhilint.formats.terraform.module import Block
    from nhilint.formats.terraform.resolver import Resolver
    from nhilint.source.value import Value


def template_of(block: Block) -> Value:
    """What a `data "template_file"` renders: a file and its values as the call of `templatefile` that means the same.

    Versions before 0.12 wrote the call as `"${file(…)}"` and the values as a block.
    """
    stated, values = block.body.get("template"), block.body.get("vars")
    values = values[0] if isinstance(values, list) and len(values) == 1 else values
    text = stated.text if isinstance(stated, Expression) else ""
    called = call_of(lone(quoted(text))) if text.startswith('"') else None
    template = called if called is not None else stated
    if isinstance(template, Expression) and template.function == "file" and values is not None:
        return Expression(template.text, "templatefile", (*template.arguments, values))
    return template


def filled_template(content: Value, values: Node, path: str, resolver: Resolver) -> Assembled:
    """The document of a file, its gaps filled with values of the module; what these do not tell stays `${…}`."""
    names = dict(values.entries()) if values.is_mapping else {}
    with resolver.binding(names):
        return _filled(content, Spot(Place(path)), resolver)


def _filled(value: Value, spot: Spot, resolver: Resolver) -> Assembled:
    if isinstance(value, dict):
        inner: dict[str, Node] = {key: _filled(held, spot.to(key), resolver) for key, held in value.items()}
        return mapping(inner, spot.place)
    if isinstance(value, list):
        return sequence([_filled(held, spot.to(index), resolver) for index, held in enumerate(value)], spot.place)
    return resolver.template(value, spot) if isinstance(value, str) else Assembled(value, spot.place)
