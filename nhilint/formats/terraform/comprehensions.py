"""`for` expressions over what is known become lists and objects: each element resolved with the name that it has there.

Source: developer.hashicorp.com/terraform/language/expressions/for, read 2026-11-22. With an `if`, elements are left out
where it is known not to hold, and the whole stays unknown where one of them cannot be told. Over the instances of a
resource, the resource stands for each of them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from nhilint.formats.aws.assembled import Assembled, mapping, sequence
from nhilint.formats.terraform.conditionals import collection_and_rest, cut, expression, same, truth
from nhilint.source.deferred import Deferred
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhilint.formats.node import Node
    from nhilint.formats.terraform.module import Spot
    from nhilint.formats.terraform.values import Values
    from nhilint.source.value import Value

_LONGEST = 2_000
_MOST = 200
_HEAD = Deferred(r"[\[{]\s*for\s+(\w+)(?:\s*,\s*(\w+))?\s+in\s+")
_INSTANCES = Deferred(r"(?:data\.)?(?:aws|google|azurerm|azuread)_\w+\.[\w-]+")


class _For(NamedTuple):
    """The names that an element has, what is gone through, and what each becomes; `key` is None for a list."""

    names: tuple[str, ...]
    collection: Value
    key: Value
    body: Value
    over: str
    only: str
    """The condition of an `if`; empty where there is none."""


def comprehension(text: str, spot: Spot, resolver: Values) -> Assembled | None:
    """What a `for` expression gives; None for anything else, and where it cannot be told. Elements that it only chooses
    keep the places that state them."""
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
            kept = truth(stated.only, spot, resolver) if stated.only else True
            if kept is None:
                return None
            if not kept:
                continue
            key = resolver.text(stated.key, spot.fix()) if stated.key is not None else ""
            element = bound.get(stated.body.text) if isinstance(stated.body, Expression) else None
            pairs.append((key, element if element is not None else resolver.node(stated.body, spot.fix())))
    if stated.key is not None:
        return mapping(dict(pairs), spot.place)
    return sequence([node for _, node in pairs], spot.place)


def _of_instances(text: str, stated: _For, spot: Spot, resolver: Values) -> Assembled | None:
    """A list with one element, of the resource as a whole: `[for b in aws_s3_bucket.logs : b.arn]`."""
    _, _, body = text.strip().rstrip("]").partition(":")
    renamed = re.sub(rf"\b{re.escape(stated.names[-1])}\.", f"{stated.over}.", body)
    value = expression(renamed.strip())
    if stated.key is not None or stated.only or value is None:
        return None
    node = resolver.node(value, spot.fix())
    return sequence([node], spot.place)


class Elements(NamedTuple):
    """What `each` stands for, by the key of an instance, and what is the same in all of them.

    `by_key` is empty where the keys cannot be told, `common` None where nothing is known of the elements.
    """

    by_key: dict[str, Node]
    common: Node | None


NO_ELEMENTS = Elements({}, None)


def elements(collection: Node) -> Elements:
    """The elements of a collection. In `common` stand key and value, of values that are objects what agrees in all."""
    pairs = _keys_and_values(collection)
    if not pairs:
        return NO_ELEMENTS
    stated = {"key": _agreed([key for key, _ in pairs]), "value": _agreed([value for _, value in pairs])}
    common = mapping({name: node for name, node in stated.items() if node is not None}, collection.at)
    if any(not isinstance(key.value, str) or "${" in key.value for key, _ in pairs):
        return Elements({}, common)
    return Elements({key.value: mapping({"key": key, "value": value}, value.at) for key, value in pairs}, common)


def _keys_and_values(collection: Node) -> list[tuple[Node, Node]]:
    """What `for_each` goes through: in a set, the key is the value.

    Source: developer.hashicorp.com/terraform/language/meta-arguments/for_each, from a survey, page not re-read.
    """
    pairs: list[tuple[Node, Node]]
    if collection.is_mapping:
        pairs = [(Assembled(key, collection.at), node) for key, node in collection.entries()]
    else:
        pairs = [(node, node) for node in collection.items()] if collection.is_list else []
    return pairs if len(pairs) <= _MOST else []


def _agreed(nodes: Sequence[Node]) -> Node | None:
    first = nodes[0]
    if len(nodes) == 1 or all(same(first, node) for node in nodes):
        return first
    if not all(node.is_mapping for node in nodes):
        return None
    shared = {key: _agreed([node[key] for node in nodes]) for key, _ in first.entries()}
    return mapping({key: node for key, node in shared.items() if node is not None and node.exists}, first.at)


def _bindings(names: tuple[str, ...], collection: Node) -> Iterator[dict[str, Node]]:
    """What the names stand for, element by element; one name is the value, of two the first is the key."""
    if collection.is_mapping:
        pairs = [(Assembled(key, collection.at), node) for key, node in collection.entries()]
    else:
        pairs = [(Assembled(index, collection.at), node) for index, node in enumerate(collection.items())]
    for key, node in pairs[:_MOST]:
        yield dict(zip(names, (key, node) if len(names) > 1 else (node,), strict=True))


@lru_cache(maxsize=1_024)
def _read(text: str) -> _For | None:
    head = _HEAD.match(text) if len(text) <= _LONGEST else None
    closing = {"[": "]", "{": "}"}[text[0]] if head else ""
    if head is None or not text.endswith(closing):
        return None
    over, said = collection_and_rest(text[head.end() : -1])
    stated, *only = cut(said, "if")
    key, *rest = cut(stated, "=>")
    body = rest[0] if rest else key
    values = expression(over), expression(key) if rest else None, expression(body)
    if values[0] is None or values[2] is None or (rest and values[1] is None) or body.endswith("..."):
        return None
    names = (head[1], head[2]) if head[2] else (head[1],)
    return _For(names, values[0], values[1], values[2], over, only[0] if only else "")
