"""A service of the Serverless Framework becomes the role of its functions, and what its own template declares.

Source: docs/providers/aws/guide/iam.md of the npm package serverless 3.33 (serverless.com/framework/docs), read
2026-11-22: `provider.iam.role` with `statements`, `managedPolicies` and `permissionsBoundary`, or the ARN of a role;
before version 2.24 `provider.iamRoleStatements` and `iamManagedPolicies`. `resources` holds a CloudFormation template.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.aws.assembled import literal, mapping
from nhilint.formats.aws.identity import Holding, identity
from nhilint.formats.cloudformation.declared import declared
from nhilint.formats.cloudformation.resolver import Resolver
from nhilint.formats.cloudformation.scope import Scope, section
from nhilint.formats.cloudformation.serverless_variables import Variables
from nhilint.formats.cloudformation.template import subjects
from nhilint.formats.cloudformation.written import written_in_service
from nhilint.model.place import Place
from nhilint.model.resource import Extraction, Resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.identity import Identity
    from nhilint.source.document import Document
    from nhilint.source.value import Value


def extract(document: Document, claim: Claim) -> Extraction:
    """The roles and resources of a service; a service of another cloud is not recognised."""
    service = document.value
    if not isinstance(service, dict) or section(service, "provider").get("name", "aws") != "aws":
        return Extraction(recognised=False)
    if not isinstance(service.get("provider"), dict):
        return Extraction(recognised=False)
    fill = Variables(service).filled
    template = section(service, "resources")
    resolver = Resolver(Scope(template), document.path, fill)
    found = [Resource("identity", name, claim.format, role) for name, role in _roles(service, resolver)]
    declarations = list(declared(document, template, ("resources",), fill))
    return Extraction((*found, *subjects(declarations, claim.format), *written_in_service(document, claim)))


def _roles(service: dict[str, Value], resolver: Resolver) -> Iterator[tuple[str, Identity]]:
    """The role that the framework makes for all functions, where the file says what it may do."""
    at = Place(resolver.path, ("provider",))
    provider = resolver.node(service["provider"], at.pointer)
    role = provider["iam"]["role"]
    if not role.is_mapping and role.exists:
        return
    statements = role["statements"] if role.exists else provider["iamRoleStatements"]
    managed = role["managedPolicies"] if role.exists else provider["iamManagedPolicies"]
    if provider["role"].exists or not (statements.exists or managed.exists):
        return
    name = role["name"]
    shown = str(name.value) if name.is_text and "${" not in str(name.value) else _service_name(service)
    yield (
        shown,
        identity(
            Holding(
                kind="role",
                name=shown,
                at=role.at if role.exists else at,
                documents=(mapping({"Statement": statements}, statements.at),) if statements.exists else (),
                trust=_trust(at),
                managed=tuple(managed.items()),
                boundary=role.first("permissionsBoundary", "permissionBoundary").text(),
            )
        ),
    )


def _trust(at: Place) -> Node:
    """The trust policy that the framework writes by itself."""
    principal: Value = {"Service": "lambda.amazonaws.com"}
    statement: Value = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal}
    return literal({"Statement": [statement]}, at)


def _service_name(service: dict[str, Value]) -> str:
    name = service.get("service")
    if isinstance(name, dict):
        name = name.get("name")
    return name if isinstance(name, str) and "${" not in name else "functions"
