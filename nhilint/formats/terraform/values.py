"""Values of a module become nodes: references and the plain functions are replaced by what they give.

Source: developer.hashicorp.com/terraform/language/expressions/references and language/functions, partly re-read
2026-11-22. What only a run can tell becomes a text `${…}`, which the policy reader takes for unknown where it stands
alone, and for a part of unknown content inside a longer text. Nothing is executed, and no file is opened.
"""

from __future__ import annotations

from abc import abstractmethod
from contextlib import contextmanager
from typing import TYPE_CHECKING

from nhilint.formats.aws.assembled import Assembled, mapping, sequence
from nhilint.formats.aws.embedded import placed
from nhilint.formats.node import ABSENT
from nhilint.formats.terraform.comprehensions import comprehension
from nhilint.formats.terraform.conditionals import call_of, conditional, expression
from nhilint.formats.terraform.functions import as_text, part_of, result
from nhilint.formats.terraform.instances import Instances
from nhilint.formats.terraform.interpolation import filled, lone, quoted, written
from nhilint.formats.terraform.issuers import issuer_of_cluster, provider_attribute
from nhilint.formats.terraform.module import NOWHERE
from nhilint.formats.terraform.old_provider import means_streams
from nhilint.formats.terraform.passed_over import counting
from nhilint.formats.terraform.referents import attribute_of, data_attribute, steps_of
from nhilint.source.deferred import Deferred
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.formats.terraform.module import Block, Called, Module, Spot
    from nhilint.model.place import Place
    from nhilint.source.value import Value

DEEPEST = 24
"""How many values may stand within each other."""
_MOST_NODES = 300_000
_COST_OF_A_LIST = 50
"""Lists that hold each other multiply: some thousand of them are more than any module has."""
_INDEX = r"(?:[^\[\]]|\[[^\[\]]{0,100}\])"
REFERENCE = Deferred(rf"[A-Za-z_][\w-]*(?:\.[\w*-]+|\[{_INDEX}{{0,200}}\]){{1,12}}")
_STEP = Deferred(rf"\.?([A-Za-z_][\w-]*|\d+)|\[({_INDEX}{{1,200}})\]")
_ODD = Deferred(r"[^\w.\[\]-]+")
_FUNCTION_ALONE = Deferred(r"\$\{\w+\}")


class Values(Instances):
    """Resolves the values of one module; what its policy documents and called modules give, its heirs say."""

    def __init__(self, module: Module) -> None:
        super().__init__(module)
        self._left = _MOST_NODES
        self._depth = 0

    @abstractmethod
    def _policy_document(self, label: str, text: str) -> Node | None:
        """The document of a `data "aws_iam_policy_document"` block, or of the instance that the reference names."""

    @abstractmethod
    def _output(self, name: str, output: str, spot: Spot) -> Assembled | None:
        """What a module that this one calls gives back."""

    def node(self, value: Value, spot: Spot) -> Assembled:
        """The node of a value."""
        self._left -= 1
        if self._left < 0 or self._depth > DEEPEST:
            return self._unknown("too much", spot)
        self._depth += 1
        try:
            return self._node(value, spot)
        finally:
            self._depth -= 1

    @contextmanager
    def deeper(self) -> Iterator[bool]:
        """Within it, one more value stands around what is read; false where they are too many, or too much was read."""
        self._left -= _COST_OF_A_LIST
        self._depth += 1
        try:
            yield self._left >= 0 and self._depth <= DEEPEST
        finally:
            self._depth -= 1

    def argument(self, block: Block | Called, name: str) -> Assembled:
        """What a block, or the call of a module, says under a name."""
        return self.node(block.body.get(name), block.spot.to(name))

    def text(self, value: Value, spot: Spot) -> str:
        """A value as text, with `${…}` for what cannot be told."""
        return as_text(self.node(value, spot))

    def _node(self, value: Value, spot: Spot) -> Assembled:
        if isinstance(value, Expression):
            return self._expression(value, spot)
        if isinstance(value, dict):
            inner: dict[str, Node] = {self._key(key, spot): self.node(value[key], spot.to(key)) for key in value}
            return mapping(inner, spot.place)
        if isinstance(value, list):
            return sequence([self.node(item, spot.to(index)) for index, item in enumerate(value)], spot.place)
        if value is None:
            return Assembled(ABSENT, spot.place)
        return Assembled(value, spot.place)

    def _expression(self, value: Expression, spot: Spot) -> Assembled:
        if value.function is not None:
            return self._call(value, value.function, spot)
        chosen = conditional(value.text, spot, self) if "?" in value.text else None
        if chosen is not None:
            return chosen
        if value.text.startswith(('"', "<<")):
            return self.template(written(value.text), spot)
        if REFERENCE.fullmatch(value.text) or value.text in self._bound:
            return self._reference(value.text, spot)
        if value.text.startswith(("[", "{")):
            return comprehension(value.text, spot, self) or self._unknown(value.text, spot)
        return self._unknown(value.text, spot)

    def template(self, text: str, spot: Spot) -> Assembled:
        """What a template gives: the value of an expression that stands alone, else the text with what is known."""
        whole = lone(text)
        if whole in self._bound or (whole is not None and REFERENCE.fullmatch(whole)):
            return self.node(Expression(whole), spot.fix())
        called = call_of(whole)
        if called is not None:
            return self.node(called, spot.fix())
        said = filled(text, self._source)
        return Assembled(said, spot.place) if said is not None else self._unknown("template", spot)

    def _call(self, value: Expression, function: str, spot: Spot) -> Assembled:
        arguments = counting(function, [*enumerate(value.arguments[:200])], self)
        parts = [self.node(argument, spot.to(index)) for index, argument in arguments]
        given = result(function, parts, spot.place)
        if given is not None:
            return given
        return self._unknown(function, spot)

    def _reference(self, text: str, spot: Spot) -> Assembled:
        steps = steps_of(text)
        indexed = self._indexed(text, spot) if "[" in text and steps[0] in {"var", "local", *self._bound} else None
        if indexed is not None:
            return indexed
        if steps[0] in self._bound and "[" not in text:
            return self._within(self._bound[steps[0]], steps[1:], text, spot)
        if steps[0] in ("var", "local") and len(steps) > 1:
            return self._lent(steps, text, spot)
        if steps[0] == "data" and len(steps) > 3:
            if steps[1] == "aws_iam_policy_document":
                found = self._policy_document(steps[2], text)
                return found if isinstance(found, Assembled) else self._unknown(text, spot)
            told = provider_attribute(self, self.module.data.get((steps[1], steps[2])), steps[3])
            streams = means_streams(self.module, steps[1], steps[3], looked_up=True)
            told = told or (None if streams else data_attribute(self.module, steps[1], steps[2], steps[3]))
        else:
            told = self._attribute(*steps) if len(steps) == 3 else issuer_of_cluster(steps)
            if steps[0] == "module" and len(steps) == 3:
                found = self._output(steps[1], steps[2], spot)
                return found if found is not None and not _is_function_alone(found) else self._unknown(text, spot)
        return Assembled(told, spot.place) if told is not None else self._unknown(text, spot)

    def _attribute(self, kind: str, label: str, attribute: str) -> str | None:
        """What an attribute of a resource gives."""
        if means_streams(self.module, kind, attribute, looked_up=False):
            return None
        told = provider_attribute(self, self.module.resources.get((kind, label)), attribute)
        return told or attribute_of(kind, label, attribute)

    def _indexed(self, text: str, spot: Spot) -> Assembled | None:
        """A part of a named value by keys or numbers in brackets; None where one of them cannot be told."""
        first, *rest = _STEP.findall(text)
        held: Node | None = self._bound.get(first[0])
        if held is None and rest and not rest[0][1]:
            held = self._lent([first[0], rest[0][0]], "", spot)
            rest = rest[1:]
        for name, bracketed in rest:
            if held is None or self._depth > DEEPEST:
                return None
            index = expression(bracketed) if bracketed else None
            wanted = name if not bracketed else self.node(index, NOWHERE).value if index is not None else None
            held = part_of(held, wanted)
        return held if isinstance(held, Assembled) and held.exists else None

    def _lent(self, steps: list[str], text: str, spot: Spot) -> Assembled:
        """What a variable's default or a local gives, or a part of it."""
        found: Assembled | None
        if steps[0] == "var" and steps[1] in self.module.arguments:
            found = _as_stated(self.module.arguments[steps[1]], spot.place)
        elif steps[0] == "var":
            default = self.module.variables.get(steps[1])
            told = default not in (None, "") or steps[1] in self.module.left_empty
            found = self.node(default, self.module.spot_of(steps[1], spot)) if told else None
        else:
            local = self.module.locals.get(steps[1])
            found = self.node(local.value, local.spot) if local is not None else None
        for step in steps[2:]:
            inner = found[step] if found is not None and found.is_mapping else None
            found = inner if isinstance(inner, Assembled) and inner.exists else None
        if found is None or ("[" in text and (found.is_list or found.is_mapping)):
            return self._unknown(text, spot)
        return found if found.exists else self._unknown(text, spot)

    def _within(self, held: Node, steps: list[str], text: str, spot: Spot) -> Assembled:
        """A part of a value that is at hand."""
        for step in steps:
            held = held[step]
        return _as_stated(held, spot.place) if held.exists else self._unknown(text, spot)

    def _source(self, source: str) -> str:
        """What an expression inside a template gives, as text."""
        known = REFERENCE.fullmatch(source) or source in self._bound
        return as_text(self._reference(source, NOWHERE)) if known else f"${{{_named(source)}}}"

    def _key(self, key: str, spot: Spot) -> str:
        """The key of an object: a name, or an expression kept as its source."""
        if key.startswith('"'):
            said = filled(quoted(key), self._source)
            return said if said is not None else key
        return self.text(Expression(key.strip("()").strip()), spot.fix()) if key.startswith("(") else key

    def _unknown(self, what: str, spot: Spot) -> Assembled:
        return Assembled(f"${{{_named(what)}}}", spot.place)


def _is_function_alone(found: Node) -> bool:
    """Whether nothing is known of a value but the function that gives it, which names it worse than its output does."""
    return isinstance(found.value, str) and _FUNCTION_ALONE.fullmatch(found.value) is not None


def _as_stated(held: Node, use: Place) -> Assembled:
    """A value at the place that states it, where that is another file's; else where it is used."""
    if isinstance(held, Assembled) and held.at.path and held.at.path != use.path:
        return held
    return placed(held, use)


def _named(source: str) -> str:
    return _ODD.sub(" ", source).strip()[:60] or "expression"
