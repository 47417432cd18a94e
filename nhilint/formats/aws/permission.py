"""A permission on a function, given as single properties, in the terms of the policy language.

Source: docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html, partly re-read 2026-11-22: what Lambda
writes into the policy for each parameter of AddPermission. CloudFormation and Terraform take the same parameters.
"""

from __future__ import annotations

from posixpath import normpath
from typing import TYPE_CHECKING, Final

from nhilint.formats.aws.assembled import Assembled, literal, mapping, sequence
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nhilint.formats.node import Node
    from nhilint.model.place import Place

CONDITIONS: Final = {
    "SourceArn": ("ArnLike", "aws:SourceArn"),
    "SourceAccount": ("StringEquals", "aws:SourceAccount"),
    "PrincipalOrgID": ("StringEquals", "aws:PrincipalOrgID"),
    "OrganizationId": ("StringEquals", "aws:PrincipalOrgID"),
    "EventSourceToken": ("StringEquals", "lambda:EventSourceToken"),
    "FunctionUrlAuthType": ("StringEquals", "lambda:FunctionUrlAuthType"),
    "InvokedViaFunctionUrl": ("Bool", "lambda:InvokedViaFunctionUrl"),
}
"""The condition that each parameter stands for."""
CALL_BY_ADDRESS: Final = "lambda:InvokeFunctionUrl"
"""The action of calling a function by its own address."""
_EVERYBODY_CALLS: Final = {"Effect": "Allow", "Principal": "*", "Action": CALL_BY_ADDRESS, "Resource": "*"}

_PROOF_HEADER = Deferred(
    r"(?:^|[\s\"',\[])(?:x-(?:[a-z0-9]{1,30}-){0,4}(?:secret|token|signature|hmac|api-?key|auth)|authorization)(?:$|[\s\"',\]])"
)
"""Headers in which a caller proves who it is to the function itself."""
_HANDLER = Deferred(r"(?:\./)?[\w-]{1,80}(?:/[\w.-]{1,80}){0,9}\.[A-Za-z_]\w{0,80}")
_FOLDER = Deferred(r"[\w./ -]{0,300}")
_PROOF_VARIABLE = Deferred(
    r"(?:^|[^a-z0-9])(?:shared|webhook|signing|verification|hmac|jwt|hook|callback|auth)_(?:signing_)?"
    r"(?:secret|signature|token|key)(?:$|[^a-z0-9])|(?:^|[^a-z0-9])jwks(?:$|[^a-z0-9])|user_pool_id"
    r"|(?:^|[^a-z0-9])hmac(?:_(?:path|name|arn|parameter))?(?:$|[^a-z0-9_])"
)
"""Variables of a function by which it checks what its callers send."""


def checks_its_callers(headers: Iterable[str], variables: Iterable[str]) -> bool:
    """Whether a function asks its callers for a proof by itself: browsers may send it a header for one, or it is given
    what a proof is checked with. `headers` and `variables` are names, or texts that hold them."""
    return any(_PROOF_HEADER.search(text.lower()) for text in headers) or any(
        _PROOF_VARIABLE.search(text.lower()) for text in variables
    )


def start_of_code(handler: object, folder: object = "") -> str:
    """The function that a handler names, with its file and the folder that is packed, as far as those are written out:
    `src/hook/index.run` of `${path.module}/../src/hook` and `index.run`. Empty where it is not told."""
    if not isinstance(handler, str) or not isinstance(folder, str) or _HANDLER.fullmatch(handler) is None:
        return ""
    written = folder.rpartition("}")[2].strip('"')
    return normpath(f"/{written}/{handler}").lstrip("/") if _FOLDER.fullmatch(written) else handler


def names_in(value: object) -> list[str]:
    """The names in a mapping, or the texts of a list."""
    return [name for name in value if isinstance(name, str)] if isinstance(value, dict | list) else []


def value_within(value: object, *steps: str) -> object:
    """What stands some keys further down; None where a key is missing."""
    for step in steps:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def principal_of(stated: Node) -> Node:
    """A principal given as one text, by the kind that the policy language has for it."""
    text = str(stated.value)
    if not stated.is_text or text == "*":
        return stated
    kind = "Service" if text.endswith((".amazonaws.com", ".amazonaws.com.cn")) else "AWS"
    return mapping({kind: stated}, stated.at)


def condition_of(parameters: Mapping[str, Node], at: Place) -> Assembled:
    """The conditions that the stated parameters stand for."""
    by_operator: dict[str, dict[str, Node]] = {}
    for name, node in parameters.items():
        if node.exists:
            operator, key = CONDITIONS[name]
            by_operator.setdefault(operator, {})[key] = node
    return mapping({operator: mapping(pairs, at) for operator, pairs in by_operator.items()}, at)


def open_address(asks: Node) -> Node:
    """What a function's address gives when it asks nobody who they are; absent where it asks, or may ask.

    `asks` is the way in which it asks its callers: `NONE` or `AWS_IAM`.
    """
    return everybody_calls(asks.at) if asks.value == "NONE" else mapping({}, asks.at)["Statement"]


def everybody_calls(at: Place) -> Node:
    """The policy by which everybody may call a function by its address."""
    statement = {name: literal(said, at) for name, said in _EVERYBODY_CALLS.items()}
    return mapping({"Statement": sequence([mapping(statement, at)], at)}, at)
