"""Policy documents of a module become nodes, however they are written, and outputs of the modules that it calls.

A block of `data "aws_iam_policy_document"` is taken apart in `documents`, a file with gaps in `templates`; here it is
found out which of them a value names. The text of other files is named, not opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.aws.assembled import Assembled, mapping, sequence
from nhilint.formats.aws.embedded import embedded
from nhilint.formats.terraform import documents
from nhilint.formats.terraform.conditionals import call_of
from nhilint.formats.terraform.files import FileText, path_named
from nhilint.formats.terraform.interpolation import heredoc, lone, masked, quoted
from nhilint.formats.terraform.module import NOWHERE
from nhilint.formats.terraform.put_together import documents_within, lone_of_list, one_of_branches
from nhilint.formats.terraform.referents import steps_of
from nhilint.formats.terraform.templates import filled_template, template_of
from nhilint.formats.terraform.values import DEEPEST, REFERENCE, Values
from nhilint.source.deferred import Deferred
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from nhilint.formats.node import Node
    from nhilint.formats.terraform.module import Block, Module, Spot
    from nhilint.source.value import Value

_MOST_OF_OUTPUT = 2_000
_PRINCIPAL = Deferred(r":iam::[^:]*:(?:role|user|group)/")


class Resolver(Values):
    """Resolves the values and the policy documents of one module."""

    def __init__(self, module: Module) -> None:
        super().__init__(module)
        self.used: set[str] = set()
        """Policy documents of `data` blocks that something referred to."""
        self.carried_calls: set[str] = set()
        """Calls of a module that makes a policy, which a principal carries."""
        self._documents: dict[tuple[str, str | None], Node] = {}

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
        either = one_of_branches(value, spot, self) if "?" in value.text else None
        return either if either is not None else self._document_of_expression(value, spot)

    def _document_of_expression(self, value: Expression, spot: Spot) -> Node:
        """The document that a call or a reference gives, in quotes or without."""
        whole = lone(quoted(value.text)) if value.text.startswith('"') else None
        called = value if value.function is not None else call_of(whole)
        if called is not None:
            return self._called_document(called, spot if called is value else spot.fix())
        whole = whole if whole is not None and REFERENCE.fullmatch(whole) else None
        return self._referred_document(value.text if whole is None else whole, spot if whole is None else spot.fix())

    def _node(self, value: Value, spot: Spot) -> Assembled:
        """The node of a value; statements that a condition adds to a document are held as if it came true."""
        stated = value.get("Statement") if isinstance(value, dict) else None
        if not isinstance(value, dict) or not isinstance(stated, Expression) or "?" not in stated.text:
            return super()._node(value, spot)
        rest = super()._node({key: each for key, each in value.items() if key != "Statement"}, spot)
        at = spot.to("Statement")
        return mapping(
            {**dict(rest.entries()), "Statement": sequence(documents_within(stated, at, self), at.place)}, spot.place
        )

    def _called_document(self, call: Expression, spot: Spot) -> Node:
        """The document that a function gives; the text of a file is named, not opened."""
        if call.function not in ("file", "templatefile") or not call.arguments:
            return lone_of_list(call, spot, self) or self.node(call, spot)
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

    def data_documents(self, label: str) -> list[Node]:
        """The documents of all instances of a `data` block; an unknown one where there is no such block."""
        block = self.module.data.get(("aws_iam_policy_document", label))
        with self.deeper() as is_allowed:
            if block is None or not is_allowed:
                return [self._unknown(label, NOWHERE)]
            self.used.add(label)
            return [self.data_document(block, key) for key in self.instance_keys(block)]

    def block_document(self, block: Block, key: str | None = None) -> Node:
        """The document in the `policy` of a resource, or of the instance with that key."""
        with self.instance(block, key):
            return self.document(block.body.get("policy"), block.spot.to("policy"))

    def _referred_document(self, text: str, spot: Spot) -> Node:
        steps = steps_of(text)
        if self._depth > DEEPEST or not REFERENCE.fullmatch(text):
            return self._unknown(text, spot)
        self._depth += 1
        try:
            return self._document_of(steps, text, spot)
        finally:
            self._depth -= 1

    def _document_of(self, steps: list[str], text: str, spot: Spot) -> Node:
        if "[" in text and steps[0] in ("local", "var"):
            return self.node(Expression(text), spot)
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
        if block is None or self._depth > DEEPEST:
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

    def _output(self, name: str, output: str, spot: Spot) -> Assembled | None:
        """What a module of the repository gives back; None for others, and where it cannot be told.

        A principal is left unknown: by its label alone it could be taken for another module's.
        """
        child = self.module.children.get(name)
        if child is None or output not in child.outputs or self._depth > DEEPEST:
            return None
        inner = Resolver(child)
        inner._depth, inner._left = self._depth, min(self._left, _MOST_OF_OUTPUT)
        found = inner.node(child.outputs[output], spot.fix())
        self._left -= _MOST_OF_OUTPUT - inner._left
        principal = isinstance(found.value, str) and _PRINCIPAL.search(found.value)
        return None if principal or not found.exists else found


def _cost(value: Value) -> int:
    """What reading a document takes off the bound on work: about a node for each twenty characters."""
    text = value.text if isinstance(value, Expression) else value
    return 1 + len(text) // 20 if isinstance(text, str) else 1
