"""`for` expressions over what is known become lists and objects: each element resolved with the name that it has there.

Source: developer.hashicorp.com/terraform/language/expressions/for, read 2026-11-22. One with an `if` stays unknown,
since its condition would have to be computed. Over the instances of a resource, the resource stands for each of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from nhilint.formats.aws.assembled import Assembled, mapping, sequence
from nhilint.source.document import Syntax, read
from nhilint.source.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.formats.terraform.module import Spot
    from nhilint.formats.terraform.resolver import Resolver
    from nhilint.source.value import Value

_LONGEST = 2_000
_MOST = 200
_HEAD = re.compile(r"[\[{]\s*for\s+(\w+)(?:\s*,\s*(\w+))?\s+in\s+([^:?\n]{1,300}):\s")
_FILTERED = re.compile(r"\sif\s")
_INSTANCES = re.compile(r"(?:data\.)?(?:aws|google|azurerm|azuread)_\w+\.[\w-]+")


class _For(NamedTuple):
    """The names that an element has, what is gone through, and what each becomes; `key` is None for a list."""

    names: tuple[str, ...]
    collection: Value
    key: Value
    body: Value
    over: str


def comprehension(text: str, spot: Spot, resolver: Resolver) -> Assembled | None:
    """What a `for` expression gives; None for anything else, and where it cannot be told."""
    stated = _read(text)
    if stated is None:
        return None
    if _INSTANCES.fullmatch(stated.over):
        return _of_instances(text, stated, spot, resolver)
    collection = resolver.node(stated.collection, spot.fix())
    if not collection.is_list and not collection.is_mapping:
        return None
    pairs: list[tuple[str, Node]] = []
    for bound in _bindings(stated.names, collection):
        with resolver.binding(bound):
            key = resolver.text(stated.key, spot.fix()) if stated.key is not None else ""
            pairs.append((key, resolver.node(stated.body, spot.fix())))
    if stated.key is not None:
        return mapping(dict(pairs), spot.place)
    return sequence([node for _, node in pairs], spot.place)


def _of_instances(text: str, stated: _For, spot: Spot, resolver: Resolver) -> Assembled | None:
    """A list with one element, of the resource as a whole: `[for b in aws_s3_bucket.logs : b.arn]`."""
    _, _, body = text.strip().rstrip("]").partition(":")
    renamed = re.sub(rf"\b{re.escape(stated.names[-1])}\.", f"{stated.over}.", body)
    value = _value(renamed.strip())
    if stated.key is not None or value is None:
        return None
    node = resolver.node(value, spot.fix())
    return sequence([node], spot.place)


def _bindings(names: tuple[str, ...], collection: Node) -> Iterator[dict[str, Node]]:
    """What the names stand for, element by element; one name is the value, of two the first is the key."""
    if collection.is_mapping:
        pairs = [(Assembled(key, collection.at), node) for key, node in collection.entries()]
    else:
        pairs = [(Assembled(index, collection.at), node) for index, node in enumerate(collection.items())]
    for key, node in pairs[:_MOST]:
        yield dict(zip(names, (key, node) if len(names) > 1 else (node,), strict=True))


def _read(text: str) -> _For | None:
    head = _HEAD.match(text) if len(text) <= _LONGEST else None
    closing = {"[": "]", "{": "}"}[text[0]] if head else ""
    if head is None or not text.endswith(closing) or _FILTERED.search(text, head.end()):
        return None
    key, arrow, rest = text[head.end() : -1].partition("=>")
    body, over = (rest if arrow else key).strip(), head[3].strip()
    values = _value(over), _value(key.strip()) if arrow else None, _value(body)
    if values[0] is None or values[2] is None or (arrow and values[1] is None) or body.endswith("..."):
        return None
    names = (head[1], head[2]) if head[2] else (head[1],)
    return _For(names, values[0], values[1], values[2], over)


def _value(text: str) -> Value:
    """The value of an expression's text; None where it is none."""
    try:
        decoded = read("expression.tf", f"value = {text}\n".encode("utf-8", "surrogatepass"), Syntax.HCL).value
    except (Unreadable, UnicodeError):
        return None
    return decoded.get("value") if isinstance(decoded, dict) and len(decoded) == 1 else None
