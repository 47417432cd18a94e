"""Rules of roles that a chart takes from its values: the templates print a list, which `values.yaml` states.

`rules: {{ toYaml .Values.rbac.rules | nindent 2 }}`, alone or within `{{ with .Values.rbac.rules }}` as `toYaml .`, is
the list that the chart is installed with unless a user says else; each rule stands where the values state it. Read are
literal lists; a list that is printed behind others, or made from its parts, is not. Source:
https://helm.sh/docs/chart_template_guide/yaml_techniques/ and /functions_and_pipelines/ (toYaml), read 2026-11-23.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from nhilint.formats.kubernetes.rbac import rules_of
from nhilint.formats.templates import braces
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from nhilint.formats.kubernetes.parts import StatedRule
    from nhilint.formats.node import Node
    from nhilint.model.fact import Unknown

_ROUTE = Deferred(r"\$?\.Values\.([\w.-]{1,120})")
_DOT = "."
_MOST = 5_000
_DEEPEST = 8


def route_of(printed: str, conditions: Iterable[str], stated: Mapping[str, object]) -> str:
    """The route of the values that is printed; of `.` the innermost condition around it that states a list of rules."""
    asked = reversed(list(conditions)) if printed == _DOT else (printed,)
    routes = (found[1] for one in asked if (found := _ROUTE.fullmatch(one.strip())))
    return next((route for route in routes if route in stated), "")


def rule_lists(values: Node, text: str) -> dict[str, tuple[StatedRule | Unknown, ...]]:
    """Every literal list of rules of a file of values, by its route."""
    if "verbs" not in text:
        return {}
    values.templates = braces
    found = (one for one in islice(_lists(values, "", 0), _MOST) if one[1][0].is_mapping and one[1][0]["verbs"].exists)
    return {route: tuple(rules_of(node)) for route, node in found}


def _lists(node: Node, route: str, depth: int) -> Iterator[tuple[str, Node]]:
    for key, inner in node.entries():
        if inner.is_list:
            yield f"{route}{key}", inner
        elif inner.is_mapping and depth < _DEEPEST:
            yield from _lists(inner, f"{route}{key}.", depth + 1)
