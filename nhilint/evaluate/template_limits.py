"""What a message template may hold: places, conditions and a few filters, but nothing that loops, calls or multiplies.

Policy packs may come from anybody. The sandbox of Jinja2 keeps a template away from Python; it does not keep it from
running for hours or from filling the memory, and this does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

_NODES = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.CondExpr),
    *(nodes.Name, nodes.Const, nodes.List, nodes.Tuple, nodes.Getattr, nodes.Getitem, nodes.Filter, nodes.Test),
    *(nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Add, nodes.Sub, nodes.Concat),
)
_NAMES = ("subject", "item", "each")
_FILTERS = (
    "as_statement",
    "count",
    "default",
    "first",
    "join",
    "last",
    "length",
    "lower",
    "replace",
    "sort",
    "trim",
    "unique",
    "upper",
)


def faults(template: nodes.Template) -> Iterator[str]:
    """What a parsed template holds that it may not, as sentences."""
    for node in (template, *template.find_all(nodes.Node)):
        if not isinstance(node, _NODES):
            yield f"{type(node).__name__.lower()} is not for messages"
        elif isinstance(node, nodes.Name) and node.name not in _NAMES:
            yield f"unknown name {node.name!r}; known are {', '.join(_NAMES)}"
        elif isinstance(node, nodes.Filter):
            yield from _faults_of_filter(node)


def _faults_of_filter(node: nodes.Filter) -> Iterator[str]:
    if node.name not in _FILTERS:
        yield f"the filter {node.name!r} is not for messages; known are {', '.join(_FILTERS)}"
    texts = [argument.value if isinstance(argument, nodes.Const) else None for argument in node.args]
    if node.name == "replace" and not (len(texts) == 2 and _is_no_longer(texts[1], texts[0])):
        yield "replace() takes two texts in quotes, the second no longer than the first"


def _is_no_longer(new: object, old: object) -> bool:
    return isinstance(new, str) and isinstance(old, str) and 0 < len(old) >= len(new)
