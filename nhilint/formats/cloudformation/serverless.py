"""SAM functions and state machines become the roles that SAM makes for them.

Source: docs.aws.amazon.com/serverless-application-model/latest/developerguide, sam-resource-function.html and
serverless-policy-templates.html, partly re-read 2026-11-22; what each policy template grants: policy_templates.json of
github.com/aws/serverless-application-model (Apache-2.0), 2026-05-29. With `Role`, SAM makes none and `Policies` is
ignored.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from nhilint.formats.aws.assembled import literal
from nhilint.formats.aws.identity import Holding, identity
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.cloudformation.attachments import Attachments
    from nhilint.formats.cloudformation.declared import Declared
    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.identity import Identity
    from nhilint.source.value import Value

_DATA = Path(__file__).with_name("sam_policies.txt")
_SERVICES: Final = {
    "AWS::Serverless::Function": "lambda.amazonaws.com",
    "AWS::Serverless::StateMachine": "states.amazonaws.com",
}
_PARAMETER = Deferred(r"(?<!\$)\{(\w+)\}")


def serverless_roles(resources: Iterable[Declared], attachments: Attachments) -> Iterator[tuple[str, Identity]]:
    """The roles behind a template's functions and state machines, where it says what they may do."""
    for resource in resources:
        if resource.kind not in _SERVICES or resource["Role"].exists:
            continue
        attached = attachments.documents(resource.logical_id)
        if resource["Policies"].exists or attached:
            yield _role(resource, attachments, attached)


def _role(resource: Declared, attachments: Attachments, attached: list[Node]) -> tuple[str, Identity]:
    documents, others = attachments.managed(resource, "Policies")
    managed: list[Node] = []
    for entry in others:
        if entry.is_mapping:
            documents.extend(_granted(entry))
        else:
            managed.append(entry)
    stated = resource["AssumeRolePolicyDocument"]
    name = resource.name("FunctionName", "Name")
    return name, identity(
        Holding(
            kind="role",
            name=name,
            at=resource.at,
            documents=(*documents, *attached),
            trust=stated if stated.exists else _trust(resource),
            managed=tuple(managed),
            boundary=resource["PermissionsBoundary"].text(),
        )
    )


def _trust(resource: Declared) -> Node:
    """The trust policy that SAM writes by itself."""
    principal: Value = {"Service": _SERVICES[resource.kind]}
    statement: Value = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal}
    return literal({"Statement": [statement]}, resource.at)


def _granted(entry: Node) -> Iterator[Node]:
    """A document, or a policy template with its parameters; a template of an unknown name stays unknown."""
    if entry["Statement"].exists:
        yield entry
        return
    for name, parameters in entry.entries():
        statements = policy_template(name, {key: str(value.value) for key, value in parameters.entries()})
        yield literal({"Statement": statements} if statements else f"${{{name}}}", parameters.at)


def policy_template(name: str, parameters: dict[str, str]) -> list[Value]:
    """The statements that a policy template of SAM stands for; empty for an unknown name."""

    def fill(pattern: str) -> str:
        return _PARAMETER.sub(lambda match: parameters.get(match.group(1), f"${{{match.group(1)}}}"), pattern)

    statements: list[Value] = []
    for resources, actions in _templates().get(name, ()):
        named: list[Value] = [fill(pattern) for pattern in resources.split()]
        listed: list[Value] = [*actions.split()]
        statements.append({"Sid": name, "Effect": "Allow", "Action": listed, "Resource": named})
    return statements


@cache
def _templates() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for line in _DATA.read_text("ascii").splitlines():
        name, resources, actions = line.split("\t")
        found.setdefault(name, []).append((resources, actions))
    return found
