"""Lists of policy documents, or of statements, that functions, conditionals and locals put together: what they hold.

`concat`, `compact`, `flatten` and their like hold what their arguments hold. Of a conditional counts the branch that a
known condition takes; under an unknown one both do, as a block counts whose `count` nobody can tell: a branch that is
empty adds nothing. The documents of a `data` block with `for_each` are one for each of its keys. Source:
developer.hashicorp.com/terraform/language/functions (concat, compact, flatten, coalescelist) and
…/expressions/conditionals, from a survey, pages not re-read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.aws.assembled import Assembled, mapping, sequence
from nhilint.formats.terraform.conditionals import branches_of, expression, truth
from nhilint.formats.terraform.files import FileText
from nhilint.source.deferred import Deferred
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from nhilint.formats.node import Node
    from nhilint.formats.terraform.module import Spot
    from nhilint.formats.terraform.resolver import Resolver
    from nhilint.source.value import Value

_TOGETHER = frozenset({"concat", "compact", "flatten", "distinct", "toset", "tolist", "setunion", "sort"})
_LONGEST = 20_000
_NONE = ("", "null", '""', "[]", "{}")
_BLOCK = r"data\.aws_iam_policy_document\.([\w-]+)"
_INSTANCES = Deferred(
    rf"values\({_BLOCK}\)\[\*\]\.json"
    rf"|\[\s*for\s+(?:\w+\s*,\s*)?(\w+)\s+in\s+(?:values\()?{_BLOCK}\)?\s*:\s*\2\.json\s*\]"
    rf"|{_BLOCK}(?:\[\*\]|\.\*)\.json"
)
"""All documents of a block, by the forms in which they are asked for."""


def documents_within(value: Value, spot: Spot, resolver: Resolver) -> list[Node]:
    """The documents that a value holds, one or a list of them; an unknown one for what cannot be told.

    Statements of a document are read likewise.
    """
    if value is None or value == "":
        return []
    held = _held(value, spot, resolver)
    if held is not None:
        return _of_all(held, resolver)
    return _of_expression(value, spot, resolver) if isinstance(value, Expression) else [resolver.document(value, spot)]


def _held(value: Value, spot: Spot, resolver: Resolver) -> list[tuple[Value, Spot]] | None:
    """The values that a list is put together from; None for what is none."""
    together = isinstance(value, Expression) and value.function in _TOGETHER
    listed = value.arguments if isinstance(value, Expression) and together else value
    if isinstance(listed, list | tuple):
        return [(each, spot.to(index)) for index, each in enumerate(listed)]
    if not isinstance(value, Expression):
        return None
    local = resolver.module.locals.get(value.text.removeprefix("local.")) if value.text.startswith("local.") else None
    if local is not None and isinstance(local.value, list | Expression):
        return [(local.value, local.spot)]
    return _chosen(value, spot, resolver)


def one_of_branches(value: Expression, spot: Spot, resolver: Resolver) -> Node | None:
    """The document that a conditional gives; of both branches where nobody knows which, None for anything else."""
    chosen = _chosen(value, spot, resolver)
    found = _of_all(chosen, resolver) if chosen is not None else []
    if not any(isinstance(one, FileText) or (one.is_mapping and one["Statement"].exists) for one in found):
        return None
    if len(found) == 1:
        return found[0]
    statements = [each for one in found for each in (one["Statement"].items() if one.is_mapping else [one])]
    return mapping({"Statement": sequence(statements, spot.place)}, spot.place)


def lone_of_list(call: Expression, spot: Spot, resolver: Resolver) -> Node | None:
    """The document that versions before 0.15 took out of a list of at most one: `join("", data.….x.*.json)`."""
    of_join = call.function == "join" and call.arguments[:1] == ("",)
    if len(call.arguments) != 2 or not (of_join or call.function == "element"):
        return None
    at = 1 if of_join else 0
    found = documents_within(call.arguments[at], spot.to(at), resolver)
    return found[0] if len(found) == 1 else None


def _chosen(value: Expression, spot: Spot, resolver: Resolver) -> list[tuple[Value, Spot]] | None:
    """The branches of a conditional that may count; None for anything else."""
    is_one = value.function is None and "?" in value.text and not value.text.startswith(('"', "<<", "[", "{"))
    stated = branches_of(value.text) if is_one and len(value.text) <= _LONGEST else None
    if stated is None:
        return None
    condition, *both = stated
    held = truth(condition, spot, resolver)
    counting = both if held is None else [both[0 if held else 1]]
    return [(_read(branch), spot.fix()) for branch in counting if branch not in _NONE]


def _read(branch: str) -> Value:
    """The value of a branch; one that cannot be read stays an expression that nobody knows."""
    value = expression(branch)
    return Expression("branch") if value is None else value


def _of_all(values: list[tuple[Value, Spot]], resolver: Resolver) -> list[Node]:
    with resolver.deeper() as is_allowed:
        if not is_allowed:
            return [Assembled("${too much}", spot.place) for _, spot in values[:1]]
        return [each for value, spot in values for each in documents_within(value, spot, resolver)]


def _of_expression(value: Expression, spot: Spot, resolver: Resolver) -> list[Node]:
    found = _INSTANCES.fullmatch(value.text) if len(value.text) < 300 else None
    if found is not None:
        return resolver.data_documents(found[1] or found[3] or found[4])
    listed = value.text.startswith("[")
    document = resolver.node(value, spot) if listed else resolver.document(value, spot)
    if document.value == "":
        return []  # a variable that everybody leaves empty
    return list(document.items()) if document.is_list else [document]
