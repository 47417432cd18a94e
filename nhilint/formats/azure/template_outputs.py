"""Outputs of an ARM template that give a secret, in the terms of those of a Bicep file.

What a `list…` function returns and a parameter of a secure type count, whole or joined into a text. An output of type
`securestring` or `secureobject` is not kept in clear, and what a compiler wrote is told where it was written from.
Outputs of nested templates, of other deployments and those that `if()` chooses are left out.
Source: learn.microsoft.com/azure/azure-resource-manager/bicep/linter-rule-outputs-should-not-contain-secrets, and of
secure outputs azure.github.io/PSRule.Rules.Azure/en/rules/Azure.Deployment.OutputSecretValue, read 2026-11-23.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.azure.shown_outputs import CALLED_SECRET, GIVES_NO_SECRET, LISTS, MOST, OPENS_LITTLE
from nhilint.formats.azure.stated import property_of
from nhilint.formats.azure.syntax import Parser
from nhilint.formats.azure.tokens import TooDeep, tokens
from nhilint.formats.azure.tree import Call, Member, Text
from nhilint.model.fact import Known
from nhilint.model.resource import Resource
from nhilint.model.vocabulary.credential import Credential, CredentialCopy
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.azure.tree import Expr
    from nhilint.formats.format import Claim
    from nhilint.formats.node import Node

_SECURE = frozenset({"securestring", "secureobject"})
_JOINING = frozenset({"concat", "format", "string", "base64", "createobject", "createarray", "join"})
_VARIABLE = Deferred(r"variables\(\s{0,9}'([^']{1,100})'")
_LONGEST = 4000
"""Characters of an expression, and of a variable in it."""
_DEEPEST = 5


def shown_in_template(template: Node, claim: Claim) -> Iterator[Resource]:
    """The outputs that give a secret, as one credential at the first of them."""
    outputs = [node for _, node in template["outputs"].entries()] if template["outputs"].is_mapping else []
    shown = [(node, given) for node in outputs[:MOST] if (given := _given_by(node, template)) is not None]
    if not shown:
        return
    first, given = shown[0]
    copies = tuple(CredentialCopy(at=node.at, name=Known(_name_of(node), node.at)) for node, _ in shown[1:])
    credential = Credential(
        at=first.at,
        name=Known(_name_of(first), first.at),
        reference=Known(given, first.at),
        shown_by_outputs=Known(value=True, at=first.at),
        copies=copies,
    )
    yield Resource("credential", _name_of(first), claim.format, credential)


def _name_of(output: Node) -> str:
    return str(output.at.pointer[-1])


def _given_by(output: Node, template: Node) -> str | None:
    """What an output gives that is secret; None for one that gives nothing, or is kept out of the history."""
    if not output.is_mapping or str(output["type"].value).lower() in _SECURE:
        return None
    stated = (*_texts(output["value"], 0), *_texts(output.at_path("copy", "input"), 0))
    return next((given for text in stated for given in _secrets_of(text, template)), None)


def _texts(node: Node, depth: int) -> Iterator[str]:
    """The expressions in a value."""
    if depth > _DEEPEST:
        return
    if node.is_text:
        text = str(node.value).strip()
        if text.startswith("[") and not text.startswith("[[") and text.endswith("]") and len(text) <= _LONGEST:
            yield text[1:-1]
        return
    inner = [value for _, value in node.entries()] if node.is_mapping else list(node.items()) if node.is_list else []
    for value in inner[:MOST]:
        yield from _texts(value, depth + 1)


def _secrets_of(source: str, template: Node) -> Iterator[str]:
    try:
        expression = Parser(source, tokens(source, doubled=True), doubled=True).expression()
    except TooDeep:
        return
    yield from _secrets(expression, source, template)


def _secrets(value: Expr, source: str, template: Node) -> Iterator[str]:
    """What in an expression is secret, in words of the file."""
    asked = value
    while isinstance(asked, Member):
        asked = asked.base
    if not isinstance(asked, Call):
        return
    called = asked.name.lower()
    if called in _JOINING and asked is value:
        for argument in asked.arguments:
            yield from _secrets(argument, source, template)
    elif called == "parameters" and _is_secret(_first_text(asked), template):
        yield f"the parameter {_first_text(asked)}"
    elif called in LISTS and not _is_harmless(value) and not _opens_little(source[asked.start : asked.end], template):
        owner = _kind_asked(asked)
        yield f"{asked.name}() of {owner}" if owner else f"{asked.name}()"


def _first_text(call: Call) -> str:
    first = call.arguments[0] if call.arguments else None
    return first.parts[0] if isinstance(first, Text) and first.parts and isinstance(first.parts[0], str) else ""


def _is_secret(name: str, template: Node) -> bool:
    kind = property_of(property_of(template["parameters"], name), "type")
    return str(kind.value).lower() in _SECURE and CALLED_SECRET.search(name) is not None


def _is_harmless(value: Expr) -> bool:
    """Whether a value is the part of an answer that is no secret."""
    return isinstance(value, Member) and isinstance(value.name, str) and value.name.lower() in GIVES_NO_SECRET


def _opens_little(call: str, template: Node) -> bool:
    """Whether the keys of a call, or of a variable that it names, are those of telemetry."""
    named = [property_of(template["variables"], name).value for name in _VARIABLE.findall(call)[:MOST]]
    said = " ".join((call, *(str(value)[:_LONGEST] for value in named))).lower()
    return any(kind in said for kind in OPENS_LITTLE)


def _kind_asked(call: Call) -> str:
    """Whose keys a call gives: the type that its `resourceId()` states, or the variable or parameter that it names."""
    first = call.arguments[0] if call.arguments else None
    while isinstance(first, Member):
        first = first.base
    if not isinstance(first, Call):
        return ""
    if first.name.lower() in ("variables", "parameters"):
        return _first_text(first)
    texts = (part.parts[0] for part in first.arguments if isinstance(part, Text) and part.parts)
    return next((text for text in texts if isinstance(text, str) and "/" in text), "")
