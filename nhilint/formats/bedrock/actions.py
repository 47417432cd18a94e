"""What an agent of Bedrock may do: the functions and operations of its action groups.

Source: docs.aws.amazon.com/bedrock/latest/userguide/agents-api-schema.html and agents-userconfirmation.html, and the
CloudFormation page of AWS::Bedrock::Agent, read 2026-11-22. A function asks the person only where RequireConfirmation
is ENABLED (in an OpenAPI schema x-requireConfirmation); a group without a Lambda function hands control back to the
application, which then decides. What a function does is told by the verb it is named by, as an inference.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Literal

from nhilint.formats.bedrock.spelling import blocks, is_stated, part, told
from nhilint.formats.verbs import access_of, is_about_money
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.vocabulary.capability import Capability
from nhilint.model.vocabulary.tool import Tool
from nhilint.source.document import Syntax, read
from nhilint.source.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.category import Category
    from nhilint.model.place import Place
    from nhilint.source.value import Value

_MOST = 500
_LONGEST = 200_000
_METHODS = ("get", "put", "post", "delete", "patch")


def actions(group: Node, function: str | None) -> Iterator[Tool | Unknown]:
    """The tools of one action group. `function` names the Lambda function behind it, None where there is none."""
    signature = told(part(group, "ParentActionGroupSignature"))
    if isinstance(signature, Known):
        yield from _built_in(group, signature)
        return
    schema, api = part(group, "FunctionSchema"), part(group, "ApiSchema")
    functions = [*blocks(part(schema, "Functions")), *blocks(part(schema, "MemberFunctions", "Functions"))]
    for item in functions[:_MOST]:
        name = told(part(item, "Name"))
        confirmation = part(item, "RequireConfirmation")
        yield _action(group, name, item.at, _approval(confirmation, item.at, function), function)
    if is_stated(api):
        yield from _operations(group, api, function)


def _built_in(group: Node, signature: Known[str]) -> Iterator[Tool]:
    """The platform's own tools; asking the user for input is none."""
    if signature.value == "AMAZON.UserInput":
        return
    at = signature.at
    runs = Capability(
        at=at, category=Known("code_execution", at), access=Known("execute", at), source=Known("known", at)
    )
    yield Tool(
        at=at,
        name=Known(signature.value, at),
        kind=Known("builtin", at),
        transport=Known("builtin", at),
        enabled=_enabled(group),
        capabilities=(runs,),
    )


def _operations(group: Node, api: Node, function: str | None) -> Iterator[Tool | Unknown]:
    """The operations of an OpenAPI schema that stands in the template; one in a bucket is not at hand."""
    payload = part(api, "Payload")
    if not isinstance(payload.value, str) or "${" in payload.value:
        yield Unknown("a schema that stands elsewhere", payload.at if payload.exists else api.at)
        return
    paths = _paths(payload.value)
    if paths is None:
        yield Unknown("a schema that cannot be read", payload.at)
        return
    for path, methods in islice(paths.items(), _MOST):
        for method in _METHODS:
            operation = methods.get(method) if isinstance(methods, dict) else None
            if isinstance(operation, dict):
                name = str(operation.get("operationId") or f"{method} {path}")
                approval = _approval_of(operation.get("x-requireConfirmation"), payload.at, function)
                yield _action(group, Known(name, payload.at), payload.at, approval, function)


def _paths(text: str) -> dict[str, Value] | None:
    """The paths of a schema in a text; None for a text that is no schema, or longer than is read here."""
    syntax = Syntax.JSON if text.lstrip().startswith("{") else Syntax.YAML
    if len(text) > _LONGEST:
        return None
    try:
        schema = read("", text.encode("utf-8", "surrogatepass"), syntax).value
    except (Unreadable, UnicodeError):
        return None
    paths = schema.get("paths") if isinstance(schema, dict) else None
    return paths if isinstance(paths, dict) else {}


def _approval(node: Node, at: Place, function: str | None) -> Fact[Literal["auto", "prompt", "deny"]]:
    fact = told(node)
    if isinstance(fact, Unknown):
        return fact
    return _approval_of(fact.value if fact is not None else None, fact.at if fact is not None else at, function)


def _approval_of(stated: object, at: Place, function: str | None) -> Fact[Literal["auto", "prompt", "deny"]]:
    if stated == "ENABLED":
        return Known("prompt", at)
    if function is None:
        return Unknown("left to the application, which is handed control", at)
    return Known("auto", at)


def _action(
    group: Node, name: Fact[str], at: Place, approval: Fact[Literal["auto", "prompt", "deny"]], function: str | None
) -> Tool:
    spelt = name.value if isinstance(name, Known) else ""
    return Tool(
        at=at,
        name=name,
        kind=Known("action", at),
        command=Known(function, at) if function else None,
        approval=approval,
        enabled=_enabled(group),
        capabilities=tuple(_capabilities(spelt, at, approval)) or (Unknown("a function whose name does not tell", at),),
    )


def _enabled(group: Node) -> Fact[bool]:
    state = told(part(group, "ActionGroupState"))
    return Known(state.value != "DISABLED", state.at) if isinstance(state, Known) else state


def _capabilities(name: str, at: Place, approval: Fact[Literal["auto", "prompt", "deny"]]) -> Iterator[Capability]:
    """What the verb of a name says; who only reads may well read about payments."""
    access = access_of(name)
    if access is None:
        return
    category: Category = "payments" if access != "read" and is_about_money(name) else "other"
    asked = isinstance(approval, Known) and approval.value == "prompt"
    yield Capability(
        at=at,
        category=Known(category, at),
        access=Known(access, at),
        source=Known("inferred", at),
        gate=Known("prompt" if asked else "none", at) if isinstance(approval, Known) else approval,
        through=Known(name, at),
    )
