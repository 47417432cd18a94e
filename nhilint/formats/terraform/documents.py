"""A `data "aws_iam_policy_document"` block becomes the policy document that it stands for.

Source: registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document, partly re-read
2026-11-22: `effect` is Allow unless said otherwise; `&{…}` stands for the policy language's own `${…}`; source
documents come first and overriding ones replace statements of the same sid. Statements of a `dynamic` block are one for
each element of what it goes through, where that is known. A singular `action`, which Terraform refuses, is read as what
is meant.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from nhilint.formats.aws.assembled import Assembled, literal, mapping, sequence
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.formats.terraform.module import Block, Spot
    from nhilint.formats.terraform.resolver import Resolver
    from nhilint.source.value import Value

_MOST_STATEMENTS = 500
"""Documents that take over others could multiply; AWS refuses a policy long before it has so many statements."""
_LISTS = {
    "action": "Action",
    "actions": "Action",
    "not_actions": "NotAction",
    "resources": "Resource",
    "not_resources": "NotResource",
}


def policy_document(block: Block, resolver: Resolver) -> Assembled:
    """The document of a block, with what it takes over from others."""
    base = list(_taken(block, resolver, ("source_policy_documents", "source_json")))
    own = list(_statements(block, resolver))
    over = list(_taken(block, resolver, ("override_policy_documents", "override_json")))
    replaced = {str(sid.value) for statement in over if (sid := statement["Sid"]).is_text}
    kept = [s for s in (*base, *own) if not (s["Sid"].is_text and str(s["Sid"].value) in replaced)]
    return mapping({"Statement": sequence([*kept, *over][:_MOST_STATEMENTS], block.at)}, block.at)


def _taken(block: Block, resolver: Resolver, names: tuple[str, ...]) -> Iterator[Node]:
    for name in names:
        value = block.body.get(name)
        if value is None:
            continue
        entries = value if isinstance(value, list) else [value]
        for index, entry in enumerate(entries):
            spot = block.spot.to(name, index) if isinstance(value, list) else block.spot.to(name)
            document = resolver.document(entry, spot)
            yield from document["Statement"].items() if document.is_mapping else [document]


def _statements(block: Block, resolver: Resolver) -> Iterator[Node]:
    bodies = block.body.get("statement")
    for index, body in enumerate(bodies if isinstance(bodies, list) else []):
        if isinstance(body, dict):
            yield _statement(body, block.spot.to("statement", index), resolver)
    repeated = _dynamic(block.body).get("statement")
    for index, body in enumerate(repeated if isinstance(repeated, list) else []):
        if isinstance(body, dict):
            yield from _repeated(body, block.spot.to("dynamic", "statement", index), resolver)


def _repeated(body: dict[str, Value], spot: Spot, resolver: Resolver) -> Iterator[Node]:
    """A statement for each element of what is gone through; an unknown one where that cannot be told.

    Source: developer.hashicorp.com/terraform/language/expressions/dynamic-blocks, read 2026-11-22.
    """
    contents, iterator = body.get("content"), body.get("iterator")
    name = iterator.text if isinstance(iterator, Expression) else "statement"
    collection = resolver.node(body.get("for_each"), spot.to("for_each").fix())
    content = contents[0] if isinstance(contents, list) and contents and isinstance(contents[0], dict) else None
    if content is None or not (collection.is_list or collection.is_mapping):
        yield Assembled("${dynamic}", spot.place)
        return
    pairs = collection.entries() if collection.is_mapping else ((str(i), n) for i, n in enumerate(collection.items()))
    for key, value in islice(pairs, _MOST_STATEMENTS):
        element = mapping({"key": Assembled(key, spot.place), "value": value}, spot.place)
        with resolver.binding({name: element}):
            yield _statement(content, spot.to("content", 0), resolver)


def _statement(body: dict[str, Value], spot: Spot, resolver: Resolver) -> Assembled:
    stated: dict[str, Node] = {"Effect": literal("Allow", spot.place)}
    for name, key in (("sid", "Sid"), ("effect", "Effect")):
        if name in body and body[name] is not None:
            stated[key] = resolver.node(body[name], spot.to(name))
    for name, key in _LISTS.items():
        if name in body and body[name] is not None:
            stated[key] = _unescaped(resolver.node(body[name], spot.to(name)))
    for name, key in (("principals", "Principal"), ("not_principals", "NotPrincipal")):
        if name in body:
            stated[key] = _principals(body[name], spot.to(name), resolver)
    dynamic = _dynamic(body)
    if "principals" in dynamic:
        stated["Principal"] = Assembled("${dynamic}", spot.to("dynamic", "principals").place)
    if "condition" in dynamic:
        stated["Condition"] = Assembled("${dynamic}", spot.to("dynamic", "condition").place)
    elif "condition" in body:
        stated["Condition"] = _conditions(body["condition"], spot.to("condition"), resolver)
    return mapping(stated, spot.place)


def _principals(bodies: Value, spot: Spot, resolver: Resolver) -> Node:
    kinds: dict[str, list[Node]] = {}
    for index, body in enumerate(bodies if isinstance(bodies, list) else []):
        if isinstance(body, dict):
            kind = resolver.text(body.get("type"), spot.to(index, "type"))
            named = resolver.node(body.get("identifiers"), spot.to(index, "identifiers"))
            kinds.setdefault(kind, []).extend(named.items())
    if "*" in kinds:
        return literal("*", kinds["*"][0].at if kinds["*"] else spot.place)
    return mapping({kind: sequence(named, spot.place) for kind, named in kinds.items()}, spot.place)


def _conditions(bodies: Value, spot: Spot, resolver: Resolver) -> Node:
    operators: dict[str, dict[str, Node]] = {}
    for index, body in enumerate(bodies if isinstance(bodies, list) else []):
        if isinstance(body, dict):
            operator = resolver.text(body.get("test"), spot.to(index, "test"))
            key = resolver.text(body.get("variable"), spot.to(index, "variable"))
            values = resolver.node(body.get("values"), spot.to(index, "values"))
            operators.setdefault(operator, {})[key] = _unescaped(values)
    return mapping({operator: mapping(keys, spot.place) for operator, keys in operators.items()}, spot.place)


def _dynamic(body: dict[str, Value]) -> dict[str, Value]:
    dynamic = body.get("dynamic")
    return dynamic if isinstance(dynamic, dict) else {}


def _unescaped(node: Node) -> Node:
    if node.is_list:
        return sequence([_unescaped(item) for item in node.items()], node.at)
    return Assembled(node.value.replace("&{", "${"), node.at) if isinstance(node.value, str) else node
