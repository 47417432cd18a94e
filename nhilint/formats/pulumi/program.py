"""A Pulumi program in YAML becomes the module that Terraform's reader understands, and what that declares.

Pulumi's AWS provider is made from Terraform's: `aws:iam:RolePolicyAttachment` is `aws_iam_role_policy_attachment`, and
`policyArn` is `policy_arn`. So types and properties are renamed, `${role.arn}` becomes a reference, `fn::toJSON` the
document inside; places stay those of the file. A variable stands for its value, or for the document that
`getPolicyDocument` writes; a setting for the default that the program gives it. Other invokes and components are
unknown; programs in other languages are code and not read. Source:
pulumi.com/docs/iac/languages-sdks/yaml/yaml-language-reference and pulumi.com/registry/packages/aws/api-docs/iam, read
2026-11-22.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from nhilint.formats.aws.role_chains import Member, with_role_chains
from nhilint.formats.pulumi.lent import DocumentSpot, defaults, policy_document_body, variables
from nhilint.formats.pulumi.settings import written_in_program
from nhilint.formats.terraform.attachments import PRINCIPALS, Attachments
from nhilint.formats.terraform.files import PolicyFiles
from nhilint.formats.terraform.module import Block, Lent, Module, Spot
from nhilint.formats.terraform.principals import arns_of, loose_policies, principals
from nhilint.formats.terraform.resolver import Resolver
from nhilint.model.place import Place
from nhilint.model.resource import Extraction, Resource
from nhilint.source.deferred import Deferred
from nhilint.source.value import Expression

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping

    from nhilint.formats.format import Claim
    from nhilint.model.vocabulary.identity import Identity
    from nhilint.source.document import Document
    from nhilint.source.value import Value

_TYPE = Deferred(r"^aws:iam(?:/\w+)?:(\w+)$")
_REFERENCE = Deferred(r"\$\{([A-Za-z_][\w-]*)(?:\.(\w+))?\}")
_CAPITAL = Deferred(r"(?<=[a-z0-9])[A-Z]")
_SMALL = Deferred(r"_([a-z])")
_TO_JSON = "fn::toJSON"
_DEEPEST = 40


class _PropertySpot(Spot, frozen=True):
    """A spot of a program: steps are Terraform's names, places have Pulumi's.

    `encoded` are the properties whose document stands below `fn::toJSON`.
    """

    encoded: frozenset[str] = frozenset()

    def to(self, *steps: str | int) -> Spot:
        """The spot some steps further."""
        pointer = self.place.pointer
        for step in steps:
            pointer = (*pointer, _property(step) if isinstance(step, str) else step)
        if steps and steps[0] in self.encoded:
            first = len(self.place.pointer) + 1
            pointer = (*pointer[:first], _TO_JSON, *pointer[first:])
        return _PropertySpot(Place(self.place.path, pointer))


def extract(document: Document, claim: Claim) -> Extraction:
    """The roles, users, groups and loose policies of a program."""
    root = document.value
    resources = root.get("resources") if isinstance(root, dict) else None
    module = _module(document.path, resources if isinstance(resources, dict) else {}, root)
    credentials = tuple(written_in_program(document, claim))
    if not module.resources:
        return Extraction(credentials, recognised=bool(credentials))
    resolver = Resolver(module)
    attachments, files = Attachments(resolver), PolicyFiles({}, set())
    declared = list(principals(resolver, attachments, files))
    chained = with_role_chains([Member(facts, _arns(module, facts)) for _, facts in declared])
    found = [(name, facts) for (name, _), facts in zip(declared, chained, strict=True)]
    found.extend(loose_policies(resolver, attachments, files))
    return Extraction((*(Resource("identity", name, claim.format, facts) for name, facts in found), *credentials))


def _module(path: str, resources: Mapping[str, Value], root: Value) -> Module:
    module = Module()
    kinds: dict[str, str] = {}
    for label, body in resources.items():
        typed = _TYPE.match(str(body.get("type"))) if isinstance(body, dict) else None
        if typed:
            kinds[label] = f"aws_iam_{_attribute(typed[1])}"
    if not kinds:
        return module
    roots = {label: f"{kind}.{label}" for label, kind in kinds.items()}
    named = list(variables(root))
    roots = {one.name: one.reference for one in named} | roots
    for one in named:
        spot = _PropertySpot(Place(path, one.pointer))
        value = _valued(_decoded(one.value), roots, 0)
        if one.is_document and isinstance(value, dict):
            body = policy_document_body(value)
            at = DocumentSpot(Place(path, one.pointer))
            module.data["aws_iam_policy_document", one.name] = Block("aws_iam_policy_document", one.name, body, at)
        else:
            module.locals[one.name] = Lent(value, spot)
    module.variables.update(defaults(root))
    for label, kind in kinds.items():
        body = resources[label]
        properties = body.get("properties") if isinstance(body, dict) else None
        stated = properties if isinstance(properties, dict) else {}
        encoded = frozenset(_attribute(name) for name, value in stated.items() if _is_encoded(value))
        spot = _PropertySpot(Place(path, ("resources", label, "properties")), encoded=encoded)
        inner = {_attribute(name): _valued(_decoded(value), roots, 0) for name, value in stated.items()}
        module.resources[kind, label] = Block(kind, label, inner, spot)
    return module


def _is_encoded(value: Value) -> bool:
    return isinstance(value, dict) and len(value) == 1 and _TO_JSON in value


def _decoded(value: Value) -> Value:
    return value[_TO_JSON] if isinstance(value, dict) and _is_encoded(value) else value


def _arns(module: Module, facts: Identity) -> tuple[str, ...]:
    label = str(facts.at.pointer[1])
    block = next((module.resources[kind, label] for kind in PRINCIPALS if (kind, label) in module.resources), None)
    return arns_of(block) if block is not None else ()


def _valued(value: Value, roots: Mapping[str, str], depth: int) -> Value:
    if depth > _DEEPEST:
        return None
    if isinstance(value, str):
        return _text(value, roots)
    if isinstance(value, list):
        return [_valued(item, roots, depth + 1) for item in value]
    if isinstance(value, dict):
        return {str(key): _valued(inner, roots, depth + 1) for key, inner in value.items()}
    return value


def _text(text: str, roots: Mapping[str, str]) -> Value:
    """A text with its references as Terraform writes them; a document in a text stays one."""
    whole = _REFERENCE.fullmatch(text)
    if whole:
        return Expression(_referred(whole, roots))
    if "${" not in text or text.lstrip().startswith("{"):
        return text
    said = _REFERENCE.sub(lambda hit: f"${{{_referred(hit, roots)}}}", text)
    return Expression(json.dumps(said, ensure_ascii=False))


def _referred(hit: re.Match[str], roots: Mapping[str, str]) -> str:
    root = roots.get(hit[1])
    if root is None:
        return f"var.{hit[1]}"
    if root.startswith("data."):
        return f"{root}.json"
    attribute = hit[2] or ("" if root.startswith("local.") else "id")
    return f"{root}.{_attribute(attribute)}" if attribute else root


def _attribute(name: str) -> str:
    """Terraform's name of a type or property: `RolePolicyAttachment` is `role_policy_attachment`."""
    return _CAPITAL.sub(lambda hit: f"_{hit[0]}", name).lower()


def _property(name: str) -> str:
    return _SMALL.sub(lambda hit: hit[1].upper(), name)
