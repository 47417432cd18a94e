"""A `data "aws_iam_policy_document"` block becomes the policy document that it stands for.

Source: registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document, partly re-read
2026-11-22: `effect` is Allow unless said otherwise; `&{…}` stands for the policy language's own `${…}`; source
documents come first and overriding ones replace statements of the same sid. Statements of a `dynamic` block are one for
each element of what it goes through, where that is known. A singular `action`, which Terraform refuses, is read as what
is meant.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from nhilint.formats.aws.assembled import Assembled, literal, mapping, sequence
from nhilint.formats.terraform.conditionals import branches_of, expression
from nhilint.formats.terraform.module import bodies_of
from nhilint.formats.terraform.put_together import documents_within
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nhilint.formats.node import Node
    from nhilint.formats.terraform.module import Block, Spot
    from nhilint.formats.terraform.resolver import Resolver
    from nhilint.source.value import Value

    Reading = Callable[[list["Stated"], Spot, Resolver], Node]

_MOST_STATEMENTS = 500
"""Documents that take over others could multiply; AWS refuses a policy long before it has so many statements."""
_LISTS = {
    "action": "Action",
    "actions": "Action",
    "not_actions": "NotAction",
    "resources": "Resource",
    "not_resources": "NotResource",
}


_SECOND_FACTOR = ("Bool", "aws:MultiFactorAuthPresent", ["true"])


class Stated(NamedTuple):
    """A block that stands or is made; `bound` is the element that a `dynamic` one goes through."""

    body: dict[str, Value]
    spot: Spot
    bound: dict[str, Node]


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
        for document in documents_within(value, block.spot.to(name), resolver):
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
    """A statement for each element of what is gone through; an unknown one where that cannot be told."""
    made = _instances(body, "statement", spot, resolver)
    if made is None:
        yield Assembled("${dynamic}", spot.place)
        return
    for stated in made:
        with resolver.binding(stated.bound):
            yield _statement(stated.body, stated.spot, resolver)


def _instances(body: dict[str, Value], block: str, spot: Spot, resolver: Resolver) -> list[Stated] | None:
    """The blocks that a `dynamic` one makes, one for each element; None where that cannot be told.

    Source: developer.hashicorp.com/terraform/language/expressions/dynamic-blocks, read 2026-11-22.
    """
    contents, iterator = body.get("content"), body.get("iterator")
    name = iterator.text if isinstance(iterator, Expression) else block
    collection = resolver.node(body.get("for_each"), spot.to("for_each").fix())
    content = contents[0] if isinstance(contents, list) and contents and isinstance(contents[0], dict) else None
    if content is None or not (collection.is_list or collection.is_mapping):
        return None
    pairs = collection.entries() if collection.is_mapping else ((str(i), n) for i, n in enumerate(collection.items()))
    elements = (
        mapping({"key": Assembled(key, spot.place), "value": value}, spot.place)
        for key, value in islice(pairs, _MOST_STATEMENTS)
    )
    return [Stated(content, spot.to("content", 0), {name: element}) for element in elements]


def blocks_stated(body: dict[str, Value], block: str, spot: Spot, resolver: Resolver) -> list[Stated] | None:
    """The blocks of a name within another, written out or made by `dynamic` ones; None where that is not known."""
    bodies, repeated = body.get(block), _dynamic(body).get(block)
    written = enumerate(bodies if isinstance(bodies, list) else [])
    found = [Stated(each, spot.to(block, index), {}) for index, each in written if isinstance(each, dict)]
    for index, each in enumerate(repeated if isinstance(repeated, list) else []):
        made = _instances(each, block, spot.to("dynamic", block, index), resolver) if isinstance(each, dict) else None
        if made is None:
            return None
        found.extend(made)
    return found


def _statement(body: dict[str, Value], spot: Spot, resolver: Resolver) -> Assembled:
    stated: dict[str, Node] = {"Effect": literal("Allow", spot.place)}
    for name, key in (("sid", "Sid"), ("effect", "Effect"), *_LISTS.items()):
        given = resolver.node(body[name], spot.to(name)) if body.get(name) is not None else None
        if given is not None and given.exists and given.value is not None:  # null is nothing said
            stated[key] = _unescaped(given) if name in _LISTS else given
    for name, key in (("principals", "Principal"), ("not_principals", "NotPrincipal")):
        stated |= _told(name, key, _principals, body, spot, resolver)
    stated |= _told("condition", "Condition", _conditions, body, spot, resolver)
    return mapping(stated, spot.place)


def _told(
    name: str, key: str, read: Reading, body: dict[str, Value], spot: Spot, resolver: Resolver
) -> dict[str, Node]:
    """An element of a statement that blocks state; nothing where there are none."""
    blocks = blocks_stated(body, name, spot, resolver)
    if blocks is None and name == "condition":
        blocks = _of_people(body, spot, resolver)
    elif blocks is None and name == "principals":
        blocks = _with_somebody(body, spot, resolver)
    if blocks is None:
        return {key: Assembled("${dynamic}", spot.to("dynamic", name).place)}
    return {key: read(blocks, spot.to(name), resolver)} if blocks or name in body else {}


def _of_people(body: dict[str, Value], spot: Spot, resolver: Resolver) -> list[Stated] | None:
    """The conditions that are written out, where one asks named principals for a second factor: all must hold, so that
    people alone come in whatever a `dynamic` block adds."""
    told = blocks_stated({"condition": body.get("condition")}, "condition", spot, resolver)
    named = [each.get("identifiers") for each in bodies_of(body.get("principals"))]
    asked = [(one.body.get("test"), one.body.get("variable"), one.body.get("values")) for one in told or ()]
    return told if named and ["*"] not in named and _SECOND_FACTOR in asked else None


def _with_somebody(body: dict[str, Value], spot: Spot, resolver: Resolver) -> list[Stated] | None:
    """The principals that are written out, and somebody of its kind for a `dynamic` block whose elements are unknown;
    None where not even the kind is stated."""
    found = blocks_stated({"principals": body.get("principals")}, "principals", spot, resolver) or []
    for index, each in enumerate(bodies_of(_dynamic(body).get("principals"))):
        at = spot.to("dynamic", "principals", index)
        made, content = _instances(each, "principals", at, resolver), bodies_of(each.get("content"))
        kind = content[0].get("type") if content else None
        if made is None and not isinstance(kind, str):
            return None
        found.extend(made if made is not None else [_somebody(content[0], at, resolver)])
    return found


def _somebody(content: dict[str, Value], at: Spot, resolver: Resolver) -> Stated:
    """Whoever a block names, if it is made at all: only what a reference calls them is kept."""
    named = resolver.node(content.get("identifiers"), at.to("content", 0, "identifiers")).value
    who = named if isinstance(named, str) and "${" in named else "${dynamic}"
    return Stated({"type": content["type"], "identifiers": [who]}, at, {})


def _principals(blocks: list[Stated], spot: Spot, resolver: Resolver) -> Node:
    kinds: dict[str, list[Node]] = {}
    for body, at, bound in blocks:
        with resolver.binding(bound):
            kind = resolver.text(body.get("type"), at.to("type"))
            named = resolver.node(body.get("identifiers"), at.to("identifiers"))
        kinds.setdefault(kind, []).extend(named.items())
    if "*" in kinds:
        return literal("*", kinds["*"][0].at if kinds["*"] else spot.place)
    return mapping({kind: sequence(named, spot.place) for kind, named in kinds.items()}, spot.place)


def _conditions(blocks: list[Stated], spot: Spot, resolver: Resolver) -> Node:
    operators: dict[str, dict[str, Node]] = {}
    for body, at, bound in blocks:
        with resolver.binding(bound):
            operator = operator_of(body.get("test"), at.to("test"), resolver)
            key = resolver.text(body.get("variable"), at.to("variable"))
            values = resolver.node(body.get("values"), at.to("values"))
        operators.setdefault(operator, {})[key] = _unescaped(values)
    return mapping({operator: mapping(keys, spot.place) for operator, keys in operators.items()}, spot.place)


def operator_of(stated: Value, spot: Spot, resolver: Resolver) -> str:
    """How a condition compares: where either of two branches may be taken, the one that takes patterns, and so admits
    whatever the other does."""
    told = resolver.text(stated, spot)
    branches = branches_of(stated.text) if isinstance(stated, Expression) and "${" in told else None
    if branches is None:
        return told
    either = {resolver.text(expression(branch), spot.fix()) for branch in branches[1:]}
    wide = next((one for one in either if "Like" in one and "Not" not in one), "")
    return wide if either <= {wide, wide.replace("Like", "Equals")} else told


def _dynamic(body: dict[str, Value]) -> dict[str, Value]:
    dynamic = body.get("dynamic")
    return dynamic if isinstance(dynamic, dict) else {}


def _unescaped(node: Node) -> Node:
    if node.is_list:
        return sequence([_unescaped(item) for item in node.items()], node.at)
    return Assembled(node.value.replace("&{", "${"), node.at) if isinstance(node.value, str) else node
