"""The syntax tree of an HCL text becomes a tree, of values or of places alike.

One walk serves both: a `Build` says what a node becomes, the walk knows blocks, labels, attributes and expressions
(HCL native syntax specification, github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md). A block `resource "a" "b" {…}`
is an entry `resource` → `a` → `b` → list of bodies, a block without labels is a list of bodies at once. Nothing is
evaluated: what is no literal stays an expression.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from nhilint.source.hcl_text import heredoc_text, number, quoted_text
from nhilint.source.limits import Limits, too_deep, too_many_nodes
from nhilint.source.place import Offsets, Style

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Node as Syntax

    from nhilint.source.value import Value

Node = TypeVar("Node")

_TEMPLATE_PARTS = frozenset(
    ("heredoc_identifier", "heredoc_start", "quoted_template_end", "quoted_template_start", "template_literal")
)
"""What a template without interpolation is made of."""
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
_MOST_ODDITIES = 100


class Build(NamedTuple, Generic[Node]):
    """What the nodes of a walk become; offsets count bytes."""

    scalar: Callable[[Value, Offsets, Style], Node]
    expression: Callable[[Offsets, str | None, list[Node]], Node]
    mapping: Callable[[dict[str, Node], Offsets], Node]
    sequence: Callable[[list[Node], Offsets], Node]
    keyed: Callable[[Node, Offsets], Node]


class Oddity(NamedTuple):
    """Something to remark on, at a byte offset."""

    message: str
    offset: int
    kind: str


class _Group(Generic[Node]):
    """The blocks of one type or label within a body, before they are put in order."""

    __slots__ = ("bodies", "key", "labels")

    def __init__(self, key: Offsets) -> None:
        self.key = key
        self.bodies: list[Node] = []
        self.labels: dict[str, _Group[Node]] = {}


class Walk(Generic[Node]):
    """One pass over the syntax tree of a sound text."""

    def __init__(self, data: bytes, build: Build[Node], limits: Limits) -> None:
        self.oddities: list[Oddity] = []
        self._data = data
        self._build = build
        self._limits = limits
        self._nodes = 0
        self._handlers: dict[str, Callable[[Syntax, int], Node]] = {
            "literal_value": self._literal,
            "template_expr": self._template,
            "collection_value": self._collection,
            "function_call": self._call,
            "operation": self._signed,
        }

    def file(self, root: Syntax) -> Node:
        """The whole file, as one body."""
        whole = (0, len(self._data))
        content = [child for child in root.named_children if child.type != "comment"]
        if content and content[0].type == "object":
            return self._object(content[0], 1)
        entries = self._body(content[0].named_children, 1) if content else {}
        return self._build.mapping(entries, whole)

    def _enter(self, depth: int, nodes: int) -> None:
        if depth > self._limits.depth:
            raise too_deep(self._limits)
        self._nodes += nodes
        if self._nodes >= self._limits.nodes:
            raise too_many_nodes(self._limits)

    def _body(self, children: list[Syntax], depth: int) -> dict[str, Node]:
        """Attributes in order, then block types in order of their first block."""
        self._enter(depth, sum(child.type != "comment" for child in children))
        entries: dict[str, Node] = {}
        groups: dict[str, _Group[Node]] = {}
        for child in children:
            kind = child.type
            if kind == "attribute":
                key, value = child.named_children[0], child.named_children[-1]
                self._put(entries, self._source(key), key, self._expression(value, depth + 1))
            elif kind == "block":
                self._block(child, groups, depth)
        for name, group in groups.items():
            if name in entries:
                self._remark("a block and an attribute have the same name; the block counts", group.key[0])
            entries[name] = self._group(group)
        return entries

    def _block(self, node: Syntax, groups: dict[str, _Group[Node]], depth: int) -> None:
        """File a block's body under its type and labels."""
        start, end, group, body = node.start_byte, node.start_byte, None, None
        within = groups
        for child in node.named_children:
            kind = child.type
            if kind in {"identifier", "string_lit"}:
                name = self._source(child) if kind == "identifier" else self._quoted(child)
                group = within.setdefault(name, _Group((child.start_byte, child.end_byte)))
                within, end, depth = group.labels, child.end_byte, depth + 1
            elif kind == "body":
                body = child
        if group is None:
            return
        entries = self._body(body.named_children if body else [], depth + 1)
        mapping = self._build.mapping(entries, (start, node.end_byte))
        group.bodies.append(self._build.keyed(mapping, (start, end)))

    def _group(self, group: _Group[Node]) -> Node:
        """A list of bodies; or a mapping of labels, with bodies that have no further label under ''."""
        inner = {label: self._group(below) for label, below in group.labels.items()}
        node = self._build.sequence(group.bodies, group.key)
        if inner:
            if group.bodies:
                self._remark("blocks of one type have different numbers of labels", group.key[0], "mixed-labels")
                inner.setdefault("", node)
            node = self._build.mapping(inner, group.key)
        return self._build.keyed(node, group.key)

    def _expression(self, node: Syntax, depth: int) -> Node:
        """A literal, a collection, a call, or source text; parentheses around it do not count."""
        parts = _parts(node)
        while len(parts) == 3 and parts[0].type == "(":
            depth += 1
            self._enter(depth, 0)
            node, parts = parts[1], _parts(parts[1])
        handle = self._handlers.get(parts[0].type) if len(parts) == 1 else None
        return self._as_source(node) if handle is None else handle(parts[0], depth)

    def _literal(self, node: Syntax, _depth: int) -> Node:
        literal = node.named_children[0]
        source = self._source(literal)
        offsets = (literal.start_byte, literal.end_byte)
        if literal.type == "string_lit":
            return self._build.scalar(quoted_text(source), offsets, Style.TEMPLATE)
        value = _WORDS[source] if source in _WORDS else number(source)
        is_known = source in _WORDS or value is not None
        return self._build.scalar(value, offsets, Style.RAW) if is_known else self._as_source(literal)

    def _template(self, node: Syntax, _depth: int) -> Node:
        """A heredoc or a quoted string; one that interpolates stays source."""
        template = node.named_children[0]
        offsets = (template.start_byte, template.end_byte)
        if not all(part.type in _TEMPLATE_PARTS for part in template.named_children):
            return self._as_source(template)
        source = self._source(template)
        if template.type == "heredoc_template":
            return self._build.scalar(heredoc_text(source), offsets, Style.HEREDOC)
        return self._build.scalar(quoted_text(source), offsets, Style.TEMPLATE)

    def _signed(self, node: Syntax, _depth: int) -> Node:
        """A negative number is an operation in HCL's grammar; any other operation is kept as source."""
        source = self._source(node)
        digits = source[1:].strip()
        value = number(digits) if source[:1] == "-" and digits[:1].isdigit() else None
        if value is None:
            return self._as_source(node)
        return self._build.scalar(-value, (node.start_byte, node.end_byte), Style.RAW)

    def _collection(self, node: Syntax, depth: int) -> Node:
        inner = node.named_children[0]
        return self._tuple(inner, depth) if inner.type == "tuple" else self._object(inner, depth)

    def _tuple(self, node: Syntax, depth: int) -> Node:
        return self._build.sequence(self._expressions(node, depth), (node.start_byte, node.end_byte))

    def _expressions(self, node: Syntax, depth: int) -> list[Node]:
        """The items of a tuple or the arguments of a call."""
        inner = [item for item in node.named_children if item.type == "expression"]
        self._enter(depth, len(inner))
        return [self._expression(item, depth + 1) for item in inner]

    def _object(self, node: Syntax, depth: int) -> Node:
        entries: dict[str, Node] = {}
        elements = [element for element in node.named_children if element.type == "object_elem"]
        self._enter(depth, len(elements))
        for element in elements:
            sides = [side for side in element.named_children if side.type == "expression"]
            self._put(entries, self._object_key(sides[0]), sides[0], self._expression(sides[-1], depth + 1))
        return self._build.mapping(entries, (node.start_byte, node.end_byte))

    def _object_key(self, node: Syntax) -> str:
        """A string key is its text; a name, a number, and a key that is computed, is its source."""
        source = self._source(node)
        is_text = source[:1] == '"' and "${" not in source and "%{" not in source
        return quoted_text(source) if is_text else source

    def _call(self, node: Syntax, depth: int) -> Node:
        name, *rest = node.named_children
        self._enter(depth, 0)
        lists = (self._expressions(part, depth) for part in rest if part.type == "function_arguments")
        arguments = [argument for found in lists for argument in found]
        return self._build.expression((node.start_byte, node.end_byte), self._source(name), arguments)

    def _as_source(self, node: Syntax) -> Node:
        return self._build.expression((node.start_byte, node.end_byte), None, [])

    def _put(self, entries: dict[str, Node], name: str, key: Syntax, value: Node) -> None:
        if name in entries:
            self._remark("the name is given twice; the last one counts", key.start_byte)
        entries[name] = self._build.keyed(value, (key.start_byte, key.end_byte))

    def _source(self, node: Syntax) -> str:
        return self._data[node.start_byte : node.end_byte].decode()

    def _quoted(self, node: Syntax) -> str:
        return quoted_text(self._source(node))

    def _remark(self, message: str, offset: int, kind: str = "duplicate-key") -> None:
        if len(self.oddities) < _MOST_ODDITIES:
            self.oddities.append(Oddity(message, offset, kind))


def _parts(node: Syntax) -> list[Syntax]:
    """What an expression consists of."""
    return [child for child in node.children if child.type != "comment"]
