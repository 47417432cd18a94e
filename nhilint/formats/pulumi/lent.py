"""What a Pulumi program in YAML has names for: variables, policy documents among them, and settings with a default.

`fn::invoke` of `aws:iam:getPolicyDocument` is Terraform's data source of that name: `statements` are its blocks
`statement`, `conditions` its blocks `condition`. Source:
pulumi.com/docs/iac/languages-sdks/yaml/yaml-language-reference and
pulumi.com/registry/packages/aws/api-docs/iam/getpolicydocument, from a survey, pages not re-read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nhilint.formats.terraform.module import Spot
from nhilint.model.place import Place
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.model.place import Pointer
    from nhilint.source.value import Value

_DOCUMENT = Deferred(r"^aws:iam(?:/\w+)?:getPolicyDocument$")
_NAME = Deferred(r"^[A-Za-z_][\w-]*$")
_CAPITAL = Deferred(r"(?<=[a-z0-9])[A-Z]")
_SMALL = Deferred(r"_([a-z])")
_BLOCKS = {"statements": "statement", "conditions": "condition"}
_LISTED = {block: listed for listed, block in _BLOCKS.items()}


class Variable(NamedTuple):
    """One variable: what its name stands for in Terraform's words, its value and where that is."""

    name: str
    value: Value
    pointer: Pointer
    is_document: bool = False

    @property
    def reference(self) -> str:
        """How Terraform refers to it."""
        return f"data.aws_iam_policy_document.{self.name}" if self.is_document else f"local.{self.name}"


class DocumentSpot(Spot, frozen=True):
    """A spot within the arguments of `getPolicyDocument`: steps are Terraform's names, places have Pulumi's."""

    def to(self, *steps: str | int) -> Spot:
        """The spot some steps further."""
        named = (_LISTED.get(step, _camel(step)) if isinstance(step, str) else step for step in steps)
        return DocumentSpot(Place(self.place.path, (*self.place.pointer, *named)))


def variables(root: Value) -> Iterator[Variable]:
    """The variables whose values the file states; other invokes say nothing that could be known."""
    held = root.get("variables") if isinstance(root, dict) else None
    for name, value in (held if isinstance(held, dict) else {}).items():
        if not _NAME.match(str(name)):
            continue
        at: Pointer = ("variables", name)
        key = str(next(iter(value))) if isinstance(value, dict) and len(value) == 1 else ""
        if not key.startswith("fn::") or key == "fn::toJSON":
            yield Variable(str(name), value, (*at, key) if key == "fn::toJSON" else at)
        else:
            yield from _invoked(str(name), key, value[key] if isinstance(value, dict) else None, at)


def _invoked(name: str, key: str, call: Value, at: Pointer) -> Iterator[Variable]:
    if _DOCUMENT.match(key.removeprefix("fn::")):
        yield Variable(name, call, (*at, key), is_document=True)
    elif key in ("fn::invoke", "fn::Invoke") and isinstance(call, dict):
        arguments = call.get("arguments")
        if _DOCUMENT.match(str(call.get("function"))):
            yield Variable(name, arguments, (*at, key, "arguments"), is_document=True)


def defaults(root: Value) -> Iterator[tuple[str, Value]]:
    """The settings with the default that the program gives them."""
    for part in ("config", "configuration"):
        held = root.get(part) if isinstance(root, dict) else None
        for name, stated in (held if isinstance(held, dict) else {}).items():
            default = stated.get("default") if isinstance(stated, dict) else None
            if isinstance(default, str | int | float | list):
                yield str(name), default


def policy_document_body(arguments: dict[str, Value]) -> dict[str, Value]:
    """The body of the data source that arguments of `getPolicyDocument` mean."""
    body = _renamed(arguments)
    listed = body.get("statement")
    statements = listed if isinstance(listed, list) else []
    body["statement"] = [_renamed(each) if isinstance(each, dict) else each for each in statements]
    return body


def _renamed(held: dict[str, Value]) -> dict[str, Value]:
    return {_BLOCKS.get(key, _snake(key)): value for key, value in held.items()}


def _snake(name: str) -> str:
    return _CAPITAL.sub(lambda hit: f"_{hit[0]}", name).lower()


def _camel(name: str) -> str:
    return _SMALL.sub(lambda hit: hit[1].upper(), name)
