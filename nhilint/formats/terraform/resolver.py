"""Values of a module become nodes: references and the plain functions are replaced by what they give.

Source: developer.hashicorp.com/terraform/language/expressions/references and language/functions, partly re-read
2026-11-22. What only a run can tell becomes a text `${…}`, which the policy reader takes for unknown where it stands
alone, and for a part of unknown content inside a longer text. Nothing is executed, and no file is opened.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from nhilint.formats.aws.assembled import Assembled, mapping, sequence
from nhilint.formats.aws.embedded import embedded, placed
from nhilint.formats.node import ABSENT, Node
from nhilint.formats.terraform import documents
from nhilint.formats.terraform.comprehensions import NO_ELEMENTS, comprehension, elements
from nhilint.formats.terraform.conditionals import call_of, conditional, conditions_of_being, expression
from nhilint.formats.terraform.files import FileText, path_named
from nhilint.formats.terraform.functions import as_text, part_of, result
from nhilint.formats.terraform.interpolation import filled, heredoc, lone, masked, quoted, written
from nhilint.formats.terraform.issuers import issuer_of_cluster, provider_attribute
from nhilint.formats.terraform.module import NOWHERE
from nhilint.formats.terraform.old_provider import is_below_version_3
from nhilint.formats.terraform.passed_over import counting
from nhilint.formats.terraform.referents import attribute_of, data_attribute, steps_of
from nhilint.formats.terraform.templates import filled_template, template_of
from nhilint.source.deferred import Deferred
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nhilint.formats.terraform.comprehensions import Elements
    from nhilint.formats.terraform.module import Block, Called, Module, Spot
    from nhilint.model.place import Place
    from nhilint.source.value import Value

_DEEPEST = 24
_MOST_NODES = 300_000
_MOST_OF_OUTPUT = 2_000
_MOST_INSTANCES = 40
_PRINCIPAL = Deferred(r":iam::[^:]*:(?:role|user|group)/")
_INDEX = r"(?:[^\[\]]|\[[^\[\]]{0,100}\])"
_PATH = Deferred(rf"[A-Za-z_][\w-]*(?:\.[\w*-]+|\[{_INDEX}{{0,200}}\]){{1,12}}")
_KEYED = Deferred(r"^(?:data\.)?\w+\.[\w-]+\[([^\[\]]{1,100})\]")
_STEP = Deferred(rf"\.?([A-Za-z_][\w-]*|\d+)|\[({_INDEX}{{1,200}})\]")
_ODD = Deferred(r"[^\w.\[\]-]+")


class Resolver:
    """Resolves the values of one module."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self.used: set[str] = set()
        """Policy documents of `data` blocks that something referred to."""
        self.carried_calls: set[str] = set()
        """Calls of a module that makes a policy, which a principal carries."""
        self._documents: dict[tuple[str, str | None], Node] = {}
        self._left = _MOST_NODES
        self._depth = 0
        self._bound: dict[str, Node] = {}
        """Names that stand for an element of what is gone through just now."""
        self._gone_through: dict[Place, Elements] = {}
        self.given_that: frozenset[str] = frozenset()
        """Conditions that hold because the block that is read just now would not be made otherwise."""

    @contextmanager
    def binding(self, names: Mapping[str, Node]) -> Iterator[None]:
        """Within it, the names stand for these values."""
        before = self._bound
        self._bound = before | dict(names)
        try:
            yield
        finally:
            self._bound = before

    @contextmanager
    def instance(self, block: Block | Called, key: str | None = None) -> Iterator[None]:
        """Within it, `each` stands for the element of that key, else for what the instances have in common."""
        before, given_that, self._bound = self._bound, self.given_that, {}
        self.given_that = conditions_of_being(block.body.get("count"))
        over = self._over(block)
        each = over.by_key.get(key, over.common) if key is not None else over.common
        self._bound = {name: node for name, node in before.items() if name != "each"}
        if each is not None:
            self._bound["each"] = each
        try:
            yield
        finally:
            self._bound, self.given_that = before, given_that

    def instance_keys(self, block: Block | Called) -> list[str | None]:
        """The keys of the instances of a block; one without a key where it is made once, or nobody can tell."""
        keys = self._over(block).by_key
        return list(keys) if 0 < len(keys) <= _MOST_INSTANCES else [None]

    def _over(self, block: Block | Called) -> Elements:
        """What the `for_each` of a block goes through, read once for all of its instances."""
        if "for_each" not in block.body:
            return NO_ELEMENTS
        at = block.spot.place
        if at not in self._gone_through:
            self._gone_through[at] = elements(self.node(block.body["for_each"], block.spot.to("for_each")))
        return self._gone_through[at]

    def stated(self, reference: str) -> Node | None:
        """The part of an element that a reference within its instance stands for, at the place that states it."""
        first, *steps = steps_of(reference)
        held = self._bound.get(first)
        for step in steps:
            held = held[step] if held is not None else None
        return held if held is not None and held.exists else None

    def key_of(self, reference: str) -> str | None:
        """The key of the one instance that a reference names; None where it names none, or nobody can tell which."""
        index = _KEYED.search(reference)
        value = expression(index[1]) if index else None
        told = self.text(value, NOWHERE) if value is not None else ""
        return told if told and "${" not in told else None

    def node(self, value: Value, spot: Spot) -> Assembled:
        """The node of a value."""
        self._left -= 1
        if self._left < 0 or self._depth > _DEEPEST:
            return self._unknown("too much", spot)
        self._depth += 1
        try:
            return self._node(value, spot)
        finally:
            self._depth -= 1

    def document(self, value: Value, spot: Spot) -> Node:
        """A policy document, however it is written: a mapping where it could be resolved, else a text."""
        self._left -= _cost(value)
        if self._left < 0:
            return self._unknown("too much", spot)
        if isinstance(value, str):
            read = embedded(value, spot.place, str)
            return read if read is not None else self._unknown("text", spot)
        if not isinstance(value, Expression):
            return self.node(value, spot)
        if value.text.startswith("<<"):
            return self._heredoc(value.text, spot) or self._unknown("heredoc", spot)
        whole = lone(quoted(value.text)) if value.text.startswith('"') else None
        called = value if value.function is not None else call_of(whole)
        if called is not None:
            return self._called_document(called, spot if called is value else spot.fix())
        whole = whole if whole is not None and _PATH.fullmatch(whole) else None
        return self._referred_document(value.text if whole is None else whole, spot if whole is None else spot.fix())

    def _called_document(self, call: Expression, spot: Spot) -> Node:
        """The document that a function gives; the text of a file is named, not opened."""
        if call.function not in ("file", "templatefile") or not call.arguments:
            return self.node(call, spot)
        path = path_named(self.text(call.arguments[0], spot.fix()), spot.place.path)
        template = self.module.templates.get(path or "") if call.function == "templatefile" else None
        if template is not None and path is not None and len(call.arguments) == 2:
            values = self.node(call.arguments[1], spot.fix())
            return filled_template(template, values, path, self)
        return FileText(path, spot.place) if path is not None else self._unknown("file", spot)

    def data_document(self, block: Block, key: str | None = None) -> Node:
        """The document of a `data "aws_iam_policy_document"` block; read once, and not within itself."""
        named = block.label, key
        if named not in self._documents:
            self._documents[named] = self._unknown(f"{block.label} within itself", block.spot)
            with self.instance(block, key):
                self._documents[named] = documents.policy_document(block, self)
        return self._documents[named]

    def block_document(self, block: Block, key: str | None = None) -> Node:
        """The document in the `policy` of a resource, or of the instance with that key."""
        with self.instance(block, key):
            return self.document(block.body.get("policy"), block.spot.to("policy"))

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
        if _PATH.fullmatch(value.text) or value.text in self._bound:
            return self._reference(value.text, spot)
        if value.text.startswith(("[", "{")):
            return comprehension(value.text, spot, self) or self._unknown(value.text, spot)
        return self._unknown(value.text, spot)

    def template(self, text: str, spot: Spot) -> Assembled:
        """What a template gives: the value of an expression that stands alone, else the text with what is known."""
        whole = lone(text)
        if whole in self._bound or (whole is not None and _PATH.fullmatch(whole)):
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
            told = told or data_attribute(self.module, steps[1], steps[2], steps[3])
        else:
            told = self._attribute(*steps) if len(steps) == 3 else issuer_of_cluster(steps)
            if steps[0] == "module" and len(steps) == 3:
                return self._output(steps[1], steps[2], spot) or self._unknown(text, spot)
        return Assembled(told, spot.place) if told is not None else self._unknown(text, spot)

    def _attribute(self, kind: str, label: str, attribute: str) -> str | None:
        """What an attribute of a resource gives."""
        if (kind, attribute) == ("aws_cloudwatch_log_group", "arn") and is_below_version_3(self.module):
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
            if held is None or self._depth > _DEEPEST:
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
        if found is None or ("[" in text and found.is_list):
            return self._unknown(text, spot)
        return found if found.exists else self._unknown(text, spot)

    def _output(self, name: str, output: str, spot: Spot) -> Assembled | None:
        """What a module of the repository gives back; None for others, and where it cannot be told.

        A principal is left unknown: by its label alone it could be taken for another module's.
        """
        child = self.module.children.get(name)
        if child is None or output not in child.outputs or self._depth > _DEEPEST:
            return None
        inner = Resolver(child)
        inner._depth, inner._left = self._depth, min(self._left, _MOST_OF_OUTPUT)
        found = inner.node(child.outputs[output], spot.fix())
        self._left -= _MOST_OF_OUTPUT - inner._left
        principal = isinstance(found.value, str) and _PRINCIPAL.search(found.value)
        return None if principal or not found.exists else found

    def _within(self, held: Node, steps: list[str], text: str, spot: Spot) -> Assembled:
        """A part of a value that is at hand."""
        for step in steps:
            held = held[step]
        return _as_stated(held, spot.place) if held.exists else self._unknown(text, spot)

    def _referred_document(self, text: str, spot: Spot) -> Node:
        steps = steps_of(text)
        if self._depth > _DEEPEST or not _PATH.fullmatch(text):
            return self._unknown(text, spot)
        self._depth += 1
        try:
            return self._document_of(steps, text, spot)
        finally:
            self._depth -= 1

    def _document_of(self, steps: list[str], text: str, spot: Spot) -> Node:
        if steps[0] == "local" and len(steps) == 2 and steps[1] in self.module.locals:
            local = self.module.locals[steps[1]]
            return self.document(local.value, local.spot)
        if steps[0] == "var" and len(steps) == 2 and steps[1] in self.module.arguments:
            return self.module.arguments[steps[1]]
        if steps[0] == "var" and len(steps) == 2 and self.module.variables.get(steps[1]):
            return self.document(self.module.variables[steps[1]], self.module.spot_of(steps[1], spot))
        if steps[0] == "data" and len(steps) == 4 and steps[1] == "aws_iam_policy_document":
            return self._policy_document(steps[2], text) or self._unknown(text, spot)
        return self._attribute_document(steps, text) or self.node(Expression(text), spot)

    def _attribute_document(self, steps: list[str], text: str) -> Node | None:
        """The document in an attribute of a resource, or the template that a data source renders."""
        if steps[:2] == ["data", "template_file"] and steps[3:] == ["rendered"]:
            template = self.module.data.get(("template_file", steps[2]))
            return self.document(template_of(template), template.spot.fix()) if template is not None else None
        block = self.module.resources.get((steps[0], steps[1])) if len(steps) == 3 and steps[2] == "policy" else None
        return self.block_document(block, self.key_of(text)) if block is not None else None

    def _policy_document(self, label: str, text: str) -> Node | None:
        block = self.module.data.get(("aws_iam_policy_document", label))
        if block is None or self._depth > _DEEPEST:
            return None
        self.used.add(label)
        self._depth += 1
        try:
            return self.data_document(block, self.key_of(text) if "for_each" in block.body else None)
        finally:
            self._depth -= 1

    def _heredoc(self, source: str, spot: Spot) -> Assembled | None:
        lines = heredoc(source)
        mask = masked(lines[0]) if lines else None
        if lines is None or mask is None:
            return None

        def fill(part: str) -> Node | str:
            whole = mask.lone(part)
            if whole is not None:
                return self.node(Expression(whole), spot.fix())
            return mask.restored(part, self._source)

        return embedded(mask.text, spot.place, fill, lines[1])

    def _source(self, source: str) -> str:
        """What an expression inside a template gives, as text."""
        known = _PATH.fullmatch(source) or source in self._bound
        return as_text(self._reference(source, NOWHERE)) if known else f"${{{_named(source)}}}"

    def _key(self, key: str, spot: Spot) -> str:
        """The key of an object: a name, or an expression kept as its source."""
        if key.startswith('"'):
            said = filled(quoted(key), self._source)
            return said if said is not None else key
        return self.text(Expression(key.strip("()").strip()), spot.fix()) if key.startswith("(") else key

    def _unknown(self, what: str, spot: Spot) -> Assembled:
        return Assembled(f"${{{_named(what)}}}", spot.place)


def _as_stated(held: Node, use: Place) -> Assembled:
    """A value at the place that states it, where that is another file's; else where it is used."""
    if isinstance(held, Assembled) and held.at.path and held.at.path != use.path:
        return held
    return placed(held, use)


def _named(source: str) -> str:
    return _ODD.sub(" ", source).strip()[:60] or "expression"


def _cost(value: Value) -> int:
    """What reading a document takes off the bound on work: about a node for each twenty characters."""
    text = value.text if isinstance(value, Expression) else value
    return 1 + len(text) // 20 if isinstance(text, str) else 1
